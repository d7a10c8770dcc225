#define _GNU_SOURCE
#include "CLaunch.h"

#ifdef __linux__

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void launch_inherit(void) { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

/// Kills the children that there are now; how many.
static int kill_children(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
  FILE *list = fopen(path, "re");
  if (!list) return 0;
  int process, killed = 0;
  while (fscanf(list, "%d", &process) == 1)
    // Whoever began a session of its own wants to outlive this, as a server does.
    if (getsid(process) == getsid(0) && kill(process, SIGKILL) == 0) killed++;
  fclose(list);
  return killed;
}

/// Waits until so many have ended, or a second: what cannot die is not waited for.
static void wait_for(int killed) {
  for (int attempt = 0; attempt < 200 && killed > 0;) {
    pid_t ended = waitpid(-1, NULL, WNOHANG);
    if (ended < 0) return;
    if (ended > 0) {
      killed--;
    } else {
      attempt++;
      usleep(5000);
    }
  }
}

int launch_sweep(void) {
  pid_t ended;
  while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {}
  if (ended < 0) return 0;
  int all = 0;
  // What they leave in turn are children of this process then.
  for (int pass = 0; pass < 1000; pass++) {
    int killed = kill_children();
    if (killed == 0) break;
    all += killed;
    wait_for(killed);
  }
  return all;
}

#else

void launch_inherit(void) {}

int launch_sweep(void) { return 0; }

#endif
