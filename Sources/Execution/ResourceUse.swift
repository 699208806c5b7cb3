import CPUCheck
import Glibc

/// Clocks and counters of this process, as the kernel keeps them.
package enum ResourceUse {
  /// CPU time of all threads so far, seconds (`clock_gettime`, CLOCK_PROCESS_CPUTIME_ID).
  package static var processCPUSeconds: Double { read(CLOCK_PROCESS_CPUTIME_ID) }

  /// CPU time of the calling thread so far, seconds (CLOCK_THREAD_CPUTIME_ID).
  package static var threadCPUSeconds: Double { read(CLOCK_THREAD_CPUTIME_ID) }

  /// A clock that never runs backwards, seconds (CLOCK_MONOTONIC).
  package static var wallSeconds: Double { read(CLOCK_MONOTONIC) }

  /// The largest resident memory so far, bytes (`getrusage`, ru_maxrss).
  package static var peakResidentBytes: Int {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    return usage.ru_maxrss * 1024
  }

  /// Keeps memory that is let go of for the next use instead of giving it back to the system
  /// (`mallopt`): for work that takes and lets go of large blocks many times a second.
  package static func keepFreedMemory() { cartcal_keep_freed_memory() }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    guard clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
