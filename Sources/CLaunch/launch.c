#define _GNU_SOURCE
#include "CLaunch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
static const int64_t rss_unit = 1;
static const short closing = POSIX_SPAWN_CLOEXEC_DEFAULT;
static const clockid_t steady = CLOCK_UPTIME_RAW;
#else
static const int64_t rss_unit = 1024;
static const short closing = 0;
static const clockid_t steady = CLOCK_MONOTONIC;
#endif

int64_t launch_now(void) {
  struct timespec time;
  clock_gettime(steady, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/// The texts as the array that a program is given; returns what follows them.
static const char *list(const char *text, uint32_t count, const char **array) {
  for (uint32_t index = 0; index < count; index++) {
    array[index] = text;
    text += strlen(text) + 1;
  }
  array[count] = NULL;
  return text;
}

/// No signal blocked or ignored that a program expects.
static void prepare(posix_spawnattr_t *attributes, int own_group) {
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  sigaddset(&usual, SIGCHLD);
  sigaddset(&usual, SIGXFSZ);
  posix_spawnattr_init(attributes);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &usual);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | closing;
  posix_spawnattr_setflags(attributes, own_group ? flags | POSIX_SPAWN_SETPGROUP : flags);
}

/// The path to execute; where a relative one is reported as missing although it was started
/// (rust-lang/rust#80537), an absolute one, which the caller frees.
static char *located(const char *directory, const char *path) {
#ifdef __APPLE__
  if (path[0] != '/') {
    char *whole = NULL;
    return asprintf(&whole, "%s/%s", directory, path) < 0 ? NULL : whole;
  }
#else
  (void)directory;
#endif
  return strdup(path);
}

/// Where the program finds its streams and its folder.
static int place(posix_spawn_file_actions_t *actions, const char *directory, const int *streams) {
  posix_spawn_file_actions_init(actions);
  for (int stream = 0; stream < LAUNCH_STREAMS; stream++)
    posix_spawn_file_actions_adddup2(actions, streams[stream], stream);
  return posix_spawn_file_actions_addchdir_np(actions, directory);
}

static int64_t nanoseconds(struct timeval time) {
  return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

static void stop_counting(struct launch_member *member, struct launch_report *report) {
  for (int event = 0; event < LAUNCH_EVENTS; event++) {
    if (member->counters[event] == 0) continue;
    int64_t count = launch_counted(member->counters[event]);
    if (report) report->counts[event] = count;
    member->counters[event] = 0;
  }
}

/// Opens the counters that are asked for; 0 or the error.
static int start_counting(uint32_t events, struct launch_member *member) {
  for (int event = 0; event < LAUNCH_EVENTS; event++) {
    if (!(events & 1u << event)) continue;
    int counter = launch_count(event);
    if (counter < 0) return errno;
    member->counters[event] = counter;
  }
  return 0;
}

static int outcome(int error, const char *directory) {
  switch (error) {
  case 0: return LAUNCH_STARTED;
  case EAGAIN:
  case ENOMEM:
  case EMFILE:
  case ENFILE: return LAUNCH_PROVIDE;
  default: return access(directory, X_OK) == 0 ? LAUNCH_EXECUTE : LAUNCH_ENTER_DIRECTORY;
  }
}

int launch_start(const struct launch_request *request, const char *texts,
                 const int streams[LAUNCH_STREAMS], int own_group, struct launch_member *member,
                 int32_t *error) {
  size_t count = (size_t)request->arguments + request->variables + 2;
  for (int stream = 0; stream < LAUNCH_STREAMS; stream++) {
    if (streams[stream] >= 0) continue;
    *error = EMFILE;
    return LAUNCH_PROVIDE;
  }
  const char **arrays = malloc(count * sizeof *arrays);
  const char *directory = texts;
  const char *name = directory + strlen(directory) + 1;
  char *path = located(directory, name);
  if (!arrays || !path) {
    free(arrays);
    free(path);
    *error = ENOMEM;
    return LAUNCH_PROVIDE;
  }
  const char **variables = arrays + request->arguments + 1;
  const char *rest = list(name + strlen(name) + 1, request->arguments, arrays);
  list(rest, request->variables, variables);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  memset(member, 0, sizeof *member);
  member->ticket = request->ticket;
  prepare(&attributes, own_group);
  int step = LAUNCH_COUNT;
  *error = start_counting(request->events, member);
  if (*error == 0) {
    step = LAUNCH_ENTER_DIRECTORY;
    *error = place(&actions, directory, streams);
    if (*error == 0) {
      member->start = launch_now();
      *error = posix_spawn(&member->process, path, &actions, &attributes, (char *const *)arrays,
                           (char *const *)variables);
      step = outcome(*error, directory);
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  if (step != LAUNCH_STARTED) stop_counting(member, NULL);
  posix_spawnattr_destroy(&attributes);
  free(arrays);
  free(path);
  return step;
}

pid_t launch_wait(pid_t process, int options, struct launch_report *report) {
  int status = 0;
  struct rusage usage;
  memset(&usage, 0, sizeof usage);
  pid_t answer = wait4(process, &status, options, &usage);
  report->status = status;
  report->user_time = nanoseconds(usage.ru_utime);
  report->system_time = nanoseconds(usage.ru_stime);
  report->max_rss = (int64_t)usage.ru_maxrss * rss_unit;
  report->page_faults = (int64_t)usage.ru_minflt + usage.ru_majflt;
  report->context_switches = (int64_t)usage.ru_nvcsw + usage.ru_nivcsw;
  return answer;
}

void launch_finish(struct launch_member *member, int64_t end, struct launch_report *report) {
  report->ticket = member->ticket;
  report->stopped = member->stopped;
  report->wall_time = end - member->start;
  stop_counting(member, report);
}

void launch_run(const struct launch_request *request, const char *texts,
                const int streams[LAUNCH_STREAMS], struct launch_report *report) {
  struct launch_member member;
  memset(report, 0, sizeof *report);
  // An "ignore" inherited from a careless parent would make the kernel discard exit statuses.
  signal(SIGCHLD, SIG_DFL);
  report->step = launch_start(request, texts, streams, 0, &member, &report->error);
  if (report->step != LAUNCH_STARTED) return;
  while (launch_wait(member.process, 0, report) < 0) {
    if (errno == EINTR) continue;
    report->step = LAUNCH_WAIT;
    report->error = errno;
    return;
  }
  launch_finish(&member, launch_now(), report);
}
