#include <git2.h>

/* Swift cannot call a variadic function. */
static inline int perf_git_set_options(void) {
  int error = git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  if (error == 0) error = git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
  /* Without fan-out a tree of notes has many entries, and is asked for every one of them. */
  if (error == 0)
    error = git_libgit2_opts(
        GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, (size_t)64 << 20);
  /* What these say is of no concern to who reads commits and writes notes: that objects are fetched as
     they are needed, that a work tree has settings of its own (as sparse ones have), that nothing may be
     deleted, and how work trees are linked. */
  static const char *known[] = {
      "partialclone", "worktreeconfig", "preciousobjects", "relativeworktrees"};
  if (error == 0)
    error = git_libgit2_opts(
        GIT_OPT_SET_EXTENSIONS, known, sizeof known / sizeof *known);
  return error;
}
