#include "CLaunch.h"

#include <string.h>

#ifdef __linux__
#include <sys/auxv.h>
#endif
#ifdef __x86_64__
#include <cpuid.h>
#endif

const char *launch_own_path(void) {
#ifdef __linux__
  return (const char *)getauxval(AT_EXECFN);
#else
  return NULL;
#endif
}

void launch_processor(char name[LAUNCH_PROCESSOR]) {
  memset(name, 0, LAUNCH_PROCESSOR);
#ifdef __x86_64__
  // Three leaves of four registers spell it.
  const unsigned first = 0x80000002, last = 0x80000004;
  unsigned words[4], highest = __get_cpuid_max(0x80000000, NULL);
  for (unsigned leaf = first; leaf <= last && last <= highest; leaf++) {
    __cpuid(leaf, words[0], words[1], words[2], words[3]);
    memcpy(name + (leaf - first) * sizeof words, words, sizeof words);
  }
#endif
}
