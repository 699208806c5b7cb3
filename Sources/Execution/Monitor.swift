import Glibc

/// A lock that threads can wait in until something changed.
///
/// `Mutex` has no way to wait for a change, so this is a POSIX mutex with its condition
/// (`pthread_cond_timedwait` on CLOCK_MONOTONIC). What it guards is touched in `withLock` only, which
/// is what makes that safe to share.
final class Monitor: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func withLock<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// In `withLock`: waits until somebody changed something, or for no reason.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// In `withLock`: the same, but not longer than until `end`; false when that has come.
  func wait(until end: Deadline) -> Bool {
    var time = end.time
    return pthread_cond_timedwait(condition, mutex, &time) == 0
  }

  /// In `withLock`: wakes all who wait.
  func wakeAll() { pthread_cond_broadcast(condition) }

  /// A time on CLOCK_MONOTONIC.
  struct Deadline {
    fileprivate let time: timespec

    /// At most an hour from now.
    init(in seconds: Double) {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      let nanoseconds = time.tv_nsec + Int(max(0, min(seconds, 3600)) * 1e9)
      time.tv_sec += nanoseconds / 1_000_000_000
      time.tv_nsec = nanoseconds % 1_000_000_000
      self.time = time
    }
  }
}
