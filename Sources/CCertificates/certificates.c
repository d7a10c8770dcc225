#include "CCertificates.h"

// When libgit2 starts, its use of mbed TLS reads and parses all certificates of the system, which takes
// longer than most programs here do as a whole. These programs open no connection by libgit2: `git` and
// `curl` do that. The linker prefers these functions to those of the library, so that no certificate is
// read. A connection by libgit2 would then trust nobody, and fail. A libgit2 with another TLS library, or
// on a system that binds each symbol to its library, calls neither.

/// Reads no file into a chain of certificates, and succeeds.
int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return 0;
}

/// Reads no folder into a chain of certificates, and succeeds.
int mbedtls_x509_crt_parse_path(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return 0;
}
