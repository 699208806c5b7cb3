// Refuses a CPU older than the code is compiled for, before any such code runs.
#pragma once

/// Returns 1 when this CPU has the instructions the project is compiled for, else 0.
int cartcal_cpu_is_supported(void);

/// The processors that this process may run on (sched_getaffinity); 1 where that cannot be told.
int cartcal_processors(void);

/// Has the allocator keep what is freed instead of giving it back to the system (mallopt).
void cartcal_keep_freed_memory(void);
