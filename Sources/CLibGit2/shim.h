#include <git2.h>

/* Swift cannot call a variadic function. */
static inline int perf_git_enable_fsync(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
}
