// Compiled without special flags, so that it runs on any CPU of the architecture. It runs as a
// constructor, before main: an old CPU gets a sentence instead of an illegal instruction.
#include "CPUCheck.h"
#include <stdio.h>
#include <stdlib.h>

int cartcal_cpu_is_supported(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2");
#else
  return 1;  // arm64: the base instruction set is enough.
#endif
}

__attribute__((constructor(101))) static void refuse_old_cpu(void) {
  if (cartcal_cpu_is_supported()) return;
  fputs(
      "cartcal: this computer's CPU is too old: it lacks AVX2, FMA or BMI2 (x86-64-v3, in PCs "
      "since 2013 to 2015).\nUse a newer computer; in a virtual machine, let it see the host's "
      "CPU (in QEMU: -cpu host).\n",
      stderr);
  _Exit(5);
}
