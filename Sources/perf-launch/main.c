/// Starts programs for perf-record and perf-gate, and says what became of them.
///
/// It is small, so that a launch costs little and the peak memory of a program is its own. When
/// whoever asked goes away, killed even, it ends what still runs and removes the folders that were
/// only for the time being.
#define _GNU_SOURCE
#include "CLaunch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int channel;

static struct launch_member members[LAUNCH_MEMBERS];
static int count;

static char **folders;
static int folder_count;

static volatile sig_atomic_t is_asked_to_stop;

static void wake(int signal) { (void)signal; }
static void stop(int signal) {
  (void)signal;
  is_asked_to_stop = 1;
}

static void tell(const struct launch_report *report) {
  // Whoever does not listen any more is noticed when nothing is heard of him.
  send(channel, report, sizeof *report, 0);
}

/// Sends a signal to a program and its group, which it may have left.
static void strike(pid_t process, int signal) {
  int missed = kill(-process, signal) < 0;
  if (missed || signal == SIGKILL) kill(process, signal);
}

/// What has changed with the programs that run.
static void look(void) {
  struct launch_report report;
  pid_t process;
  while (memset(&report, 0, sizeof report),
         (process = launch_wait(-1, WNOHANG | WUNTRACED, &report)) > 0) {
    int64_t end = launch_now();
    int place = 0;
    while (place < count && members[place].process != process) place++;
    // Somebody else's, left by a parent that ended.
    if (place == count) continue;
    if (WIFSTOPPED(report.status)) {
      // Nobody is there to continue it.
      members[place].stopped = 1;
      strike(process, SIGKILL);
      continue;
    }
    report.left_others = kill(-process, SIGKILL) == 0;
    launch_finish(&members[place], end, &report);
    members[place] = members[--count];
    // What it has left in other groups; while others run, it may be theirs.
    if (count == 0 && launch_sweep() > 0) report.left_others = 1;
    tell(&report);
  }
}

static void start(const struct launch_request *request, const char *texts, const int *streams) {
  struct launch_report report;
  memset(&report, 0, sizeof report);
  report.ticket = request->ticket;
  report.step = LAUNCH_PROVIDE;
  report.error = EAGAIN;
  if (count < LAUNCH_MEMBERS)
    report.step = launch_start(request, texts, streams, 1, &members[count], &report.error);
  if (report.step == LAUNCH_STARTED) count++;
  else tell(&report);
}

static void forward(const struct launch_request *request) {
  for (int place = 0; place < count; place++)
    if (members[place].ticket == request->ticket) strike(members[place].process, request->signal);
}

static void adopt(const char *folder) {
  char **more = realloc(folders, (size_t)(folder_count + 1) * sizeof *folders);
  if (!more) return;
  folders = more;
  folders[folder_count] = strdup(folder);
  if (folders[folder_count]) folder_count++;
}

static void release(const char *folder) {
  for (int place = 0; place < folder_count; place++) {
    if (strcmp(folders[place], folder) != 0) continue;
    free(folders[place]);
    folders[place] = folders[--folder_count];
    return;
  }
}

/// Of the texts of a request, in bytes.
static const size_t usual_room = 1 << 15;

/// What this process once needed is no floor below what comes.
static void forget_peak(void) {
#ifdef __linux__
  int file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  // 5 resets the peak of resident memory; where that is not known, the floor is higher.
  if (write(file, "5", 1) < 0) errno = 0;
  close(file);
#endif
}

/// Does what the next request says; 0 where there is none any more.
static int serve(void) {
  static char *texts;
  static size_t room;
  struct launch_request request;
  int streams[LAUNCH_STREAMS];
  if (launch_receive(channel, &request, sizeof request, streams) <= 0) return 0;
  if (request.size > room) {
    char *more = realloc(texts, request.size);
    if (!more) return 0;
    texts = more;
    room = request.size;
  }
  if (launch_receive(channel, texts, request.size, NULL) <= 0) return 0;
  switch (request.kind) {
  case LAUNCH_START: start(&request, texts, streams); break;
  case LAUNCH_SIGNAL: forward(&request); break;
  case LAUNCH_ADOPT: adopt(texts); break;
  case LAUNCH_RELEASE: release(texts); break;
  default: return 0;
  }
  for (int stream = 0; stream < LAUNCH_STREAMS; stream++)
    if (streams[stream] >= 0) close(streams[stream]);
  if (room > usual_room) {
    free(texts);
    texts = NULL;
    room = 0;
    forget_peak();
  }
  return 1;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
  (void)status;
  (void)kind;
  (void)walk;
  // Where one cannot be removed, the rest goes all the same.
  remove(path);
  return 0;
}

/// Leaves nothing behind.
static void clear(void) {
  for (int place = 0; place < count; place++) strike(members[place].process, SIGKILL);
  for (int place = 0; place < count; place++)
    while (waitpid(members[place].process, NULL, 0) < 0 && errno == EINTR) {}
  launch_sweep();
  for (int place = 0; place < folder_count; place++)
    nftw(folders[place], remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void handle(int signal, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(signal, &action, NULL);
}

/// Waits until something is to be read, or one of the signals comes that are blocked otherwise.
static int wait_for_request(const sigset_t *signals) {
#ifdef __linux__
  struct pollfd request = {.fd = channel, .events = POLLIN};
  return ppoll(&request, 1, NULL, signals);
#else
  fd_set readable;
  FD_ZERO(&readable);
  FD_SET(channel, &readable);
  return pselect(channel + 1, &readable, NULL, NULL, NULL, signals);
#endif
}

int main(int argc, char **argv) {
  int kind;
  socklen_t size = sizeof kind;
  channel = argc == 3 && atoi(argv[2]) == LAUNCH_VERSION ? atoi(argv[1]) : -1;
  if (getsockopt(channel, SOL_SOCKET, SO_TYPE, &kind, &size) < 0) {
    fputs("error: perf-launch is started by perf-record and perf-gate, not by hand\n"
          "hint: perf-record --help\n", stderr);
    return 2;
  }
  fcntl(channel, F_SETFD, FD_CLOEXEC);
  launch_inherit();
  const int signals[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  sigset_t blocked, waiting;
  sigemptyset(&blocked);
  for (size_t index = 0; index < sizeof signals / sizeof *signals; index++) {
    handle(signals[index], signals[index] == SIGCHLD ? wake : stop);
    sigaddset(&blocked, signals[index]);
  }
  handle(SIGPIPE, SIG_IGN);
  // They come while it waits, and only then.
  sigprocmask(SIG_BLOCK, &blocked, &waiting);
  while (!is_asked_to_stop) {
    int ready = wait_for_request(&waiting);
    look();
    if (ready > 0 && !serve()) break;
  }
  clear();
  return 0;
}
