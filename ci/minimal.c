/* The least that any program does which looks into a repository by libgit2: what ci/bench compares
   with. */
#include <git2.h>

int main(int count, char **arguments) {
  git_repository *repository;
  git_libgit2_init();
  return git_repository_open_ext(&repository, count > 1 ? arguments[1] : ".", 0, NULL) != 0;
}
