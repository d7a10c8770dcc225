#define _GNU_SOURCE
#include "CLaunch.h"

#include <errno.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
  uint32_t type;
  uint64_t config;
} events[LAUNCH_EVENTS] = {
    [LAUNCH_INSTRUCTIONS] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    [LAUNCH_CYCLES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    [LAUNCH_CACHE_MISSES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
    [LAUNCH_BRANCH_MISSES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},
    [LAUNCH_PAGE_FAULTS] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS},
};

int launch_count(enum launch_event event) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = events[event].type;
  attributes.config = events[event].config;
  // This process never executes another program: only those that it starts count, and their children.
  attributes.disabled = 1;
  attributes.enable_on_exec = 1;
  attributes.inherit = 1;
  // What everybody may count, and what varies least.
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

int64_t launch_counted(int counter) {
  struct {
    uint64_t value, enabled, running;
  } result;
  ssize_t size = read(counter, &result, sizeof result);
  close(counter);
  if (size != sizeof result || result.running == 0) return -1;
  // Where there are more events than counters, they take turns; perf scales in the same way.
  if (result.running < result.enabled)
    return (int64_t)((double)result.value * (double)result.enabled / (double)result.running);
  return (int64_t)result.value;
}

#else

int launch_count(enum launch_event event) {
  (void)event;
  errno = ENOSYS;
  return -1;
}

int64_t launch_counted(int counter) {
  (void)counter;
  return -1;
}

#endif
