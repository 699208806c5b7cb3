#include <malloc.h>
#include "CPUCheck.h"

void cartcal_keep_freed_memory(void) {
  // Blocks up to 32 MB, the most glibc allows, come from the heap, and the heap keeps 256 MB.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}
