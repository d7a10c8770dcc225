/// Launching a program, in the same way for a process that waits for it and for perf-launch.
///
/// In C, because the size of the launching process is a floor below the peak memory that the kernel
/// accounts to the launched one, and what it takes to copy it is part of every launch.
#ifndef CLAUNCH_H
#define CLAUNCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
  /// How many programs perf-launch runs at once.
  LAUNCH_MEMBERS = 256,
  /// Standard input, output and error.
  LAUNCH_STREAMS = 3,
  /// Of what is said over the channel; both ends have to be of one.
  LAUNCH_VERSION = 1,
  /// Bytes of a processor's name, with its null byte.
  LAUNCH_PROCESSOR = 49,
};

/// What is asked of perf-launch; all but LAUNCH_START is answered by nothing.
enum launch_kind {
  /// Start a program in a process group of its own.
  LAUNCH_START = 1,
  /// Send a signal to the group of the program with this ticket, if it has not ended.
  LAUNCH_SIGNAL,
  /// Remove a folder if the other end of the channel closes before LAUNCH_RELEASE.
  LAUNCH_ADOPT,
  LAUNCH_RELEASE,
};

/// Events that the kernel can count, as bits of a set.
enum launch_event {
  LAUNCH_INSTRUCTIONS,
  LAUNCH_CYCLES,
  LAUNCH_CACHE_MISSES,
  LAUNCH_BRANCH_MISSES,
  /// Counted by the kernel, not the processor: there wherever any event may be counted.
  LAUNCH_PAGE_FAULTS,
  LAUNCH_EVENTS,
};

struct launch_request {
  uint32_t kind;
  /// Chosen by who asks; the report has it.
  uint32_t ticket;
  /// Of the texts, in bytes. They are null-terminated, one after the other: for LAUNCH_START the
  /// directory, the path to execute, the arguments (the name of the program first), the
  /// environment; for a folder its path.
  uint32_t size;
  uint32_t arguments;
  uint32_t variables;
  /// A set of launch_event that is counted; not for programs that run side by side.
  uint32_t events;
  int32_t signal;
};

/// Why a program did not start.
enum launch_step {
  LAUNCH_STARTED,
  /// The system does not provide for one more process.
  LAUNCH_PROVIDE,
  LAUNCH_COUNT,
  LAUNCH_ENTER_DIRECTORY,
  LAUNCH_EXECUTE,
  LAUNCH_WAIT,
};

/// What became of a program.
struct launch_report {
  uint32_t ticket;
  /// A launch_step; with any but the first, `error` is a number of errno and the rest is nothing.
  int32_t step;
  int32_t error;
  /// As wait4 gives it.
  int32_t status;
  /// Whether it stopped itself, and was ended.
  int32_t stopped;
  /// Whether it left processes of its group running, which were ended.
  int32_t left_others;
  /// From before the launch until its end was known, in nanoseconds.
  int64_t wall_time;
  /// Of the program and the children that it waited for: nanoseconds, bytes, and counts.
  int64_t user_time;
  int64_t system_time;
  int64_t max_rss;
  int64_t page_faults;
  int64_t context_switches;
  /// Of those that were asked for, by launch_event; -1 where the processor had no time to count.
  int64_t counts[LAUNCH_EVENTS];
};

/// A program that was started.
struct launch_member {
  pid_t process;
  uint32_t ticket;
  int32_t stopped;
  int64_t start;
  /// Descriptors of what is counted, 0 for none.
  int counters[LAUNCH_EVENTS];
};

/// Starts a program, in its own process group where `own_group` is not 0.
///
/// Returns LAUNCH_STARTED, or the step that failed and in `error` why.
int launch_start(const struct launch_request *request, const char *texts,
                 const int streams[LAUNCH_STREAMS], int own_group, struct launch_member *member,
                 int32_t *error);

/// Waits for one process, or with -1 for any, as wait4 does with these options.
///
/// Returns what wait4 returns. `status` is always filled in; the figures of the report are, where a
/// process has ended.
pid_t launch_wait(pid_t process, int options, struct launch_report *report);

/// Completes the report of a program that has ended, at that time.
void launch_finish(struct launch_member *member, int64_t end, struct launch_report *report);

/// Starts a program in this process's group and waits for its end.
void launch_run(const struct launch_request *request, const char *texts,
                const int streams[LAUNCH_STREAMS], struct launch_report *report);

/// Opens a new, empty file in a folder that has no name any more, so that nothing is left behind even by
/// a crash; a descriptor, or -1 with errno.
int launch_file(const char *folder);

/// The path by which this process was started, as the kernel was given it, where /proc is missing; null
/// where the kernel does not say. The text belongs to the process.
const char *launch_own_path(void);

/// The name of the processor's model by its own word, as /proc/cpuinfo has it: at most 48 bytes and a null
/// byte, and none but that where it has no such word.
void launch_processor(char name[LAUNCH_PROCESSOR]);

/// From now on this process inherits what its children leave running when they end; nothing where
/// the system has nothing of the kind.
void launch_inherit(void);

/// Ends all children of this process that are in its session, and what they leave; how many. For a
/// process that has no others.
int launch_sweep(void);

/// Nanoseconds by a clock that only goes forward, and not while the machine sleeps.
int64_t launch_now(void);

/// Starts perf-launch with one end of a channel, whose number and version are its arguments; returns
/// the other end, or -1 with errno.
int launch_open(const char *path, pid_t *process);

/// Sends a request with its texts and, where `streams` is not null, the descriptors; 0 or -1.
int launch_send(int channel, const struct launch_request *request, const char *texts,
                const int *streams);

/// Receives all of a message's part of fixed size, and the descriptors that came with it.
///
/// Returns 1, 0 at the end of the channel, or -1 with errno. `streams` may be null; descriptors that
/// did not come are -1.
int launch_receive(int channel, void *part, size_t size, int *streams);

/// Begins to count what programs do that this thread starts from now on, once they execute.
///
/// Returns a descriptor, or -1 with errno.
int launch_count(enum launch_event event);

/// What a descriptor of launch_count has counted, -1 for nothing; it is closed.
int64_t launch_counted(int counter);

#endif
