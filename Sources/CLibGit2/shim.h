#include <git2.h>

/* Swift cannot call a variadic function. */
static inline int perf_git_set_options(void) {
  int error = git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  return error < 0 ? error : git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}
