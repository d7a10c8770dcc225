#define _GNU_SOURCE
#include "CLaunch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

// Where there are none, an option of the socket and a call after the other do the same.
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif
#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

/// Room for the descriptors of one request.
union ancillary {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(LAUNCH_STREAMS * sizeof(int))];
};

static int send_rest(int channel, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t count = send(channel, bytes, size, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    bytes += count;
    size -= (size_t)count;
  }
  return 0;
}

int launch_send(int channel, const struct launch_request *request, const char *texts,
                const int *streams) {
  struct iovec parts[2] = {
      {.iov_base = (void *)request, .iov_len = sizeof *request},
      {.iov_base = (void *)texts, .iov_len = request->size},
  };
  union ancillary ancillary;
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  if (streams) {
    memset(&ancillary, 0, sizeof ancillary);
    message.msg_control = ancillary.bytes;
    message.msg_controllen = sizeof ancillary.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(LAUNCH_STREAMS * sizeof(int));
    memcpy(CMSG_DATA(header), streams, LAUNCH_STREAMS * sizeof(int));
  }
  ssize_t count;
  do {
    count = sendmsg(channel, &message, MSG_NOSIGNAL);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return -1;
  size_t sent = (size_t)count;
  if (sent < sizeof *request) {
    if (send_rest(channel, (const char *)request + sent, sizeof *request - sent) < 0) return -1;
    sent = sizeof *request;
  }
  size_t text = sent - sizeof *request;
  return send_rest(channel, texts + text, request->size - text);
}

/// The descriptors that came with a message, which no launched program inherits.
static void take(struct msghdr *message, int *streams) {
  for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header;
       header = CMSG_NXTHDR(message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    if (count > LAUNCH_STREAMS) count = LAUNCH_STREAMS;
    memcpy(streams, CMSG_DATA(header), count * sizeof(int));
    for (size_t index = 0; index < count; index++) fcntl(streams[index], F_SETFD, FD_CLOEXEC);
  }
}

int launch_receive(int channel, void *part, size_t size, int *streams) {
  char *bytes = part;
  for (int stream = 0; streams && stream < LAUNCH_STREAMS; stream++) streams[stream] = -1;
  while (size > 0) {
    union ancillary ancillary;
    struct iovec rest = {.iov_base = bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &rest, .msg_iovlen = 1};
    if (streams) {
      message.msg_control = ancillary.bytes;
      message.msg_controllen = sizeof ancillary.bytes;
    }
    ssize_t count = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) return 0;
    if (streams) take(&message, streams);
    bytes += count;
    size -= (size_t)count;
  }
  return 1;
}

int launch_open(const char *path, pid_t *process) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) return -1;
  for (int end = 0; end < 2; end++) fcntl(ends[end], F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
  const int on = 1;
  setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  // No stream of this process is held open by one that may outlive it.
  for (int stream = 0; stream < LAUNCH_STREAMS; stream++)
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  // What else this process was given open is passed on, under its own number.
#ifdef __APPLE__
  posix_spawn_file_actions_addinherit_np(&actions, ends[1]);
#else
  posix_spawn_file_actions_adddup2(&actions, ends[1], ends[1]);
#endif
  char number[12], version[12];
  snprintf(number, sizeof number, "%d", ends[1]);
  snprintf(version, sizeof version, "%d", LAUNCH_VERSION);
  // Out of reach of Ctrl-C, and with no signal blocked.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  char *arguments[] = {"perf-launch", number, version, NULL};
  // It needs no variables, and every byte of it is below the peak memory of what it starts.
  char *variables[] = {NULL};
  int error = posix_spawn(process, path, &actions, &attributes, arguments, variables);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(ends[1]);
  if (error == 0) return ends[0];
  close(ends[0]);
  errno = error;
  return -1;
}
