import Glibc

/// A queue between threads that holds so much and no more: who puts more waits until something was
/// taken.
///
/// `Mutex` has no way to wait for a change, so this is a POSIX mutex with its condition
/// (`pthread_cond_timedwait` on CLOCK_MONOTONIC). All state is touched under the mutex only, which
/// is what makes it safe to share.
package final class Mailbox<Message: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private let capacity: Int
  private var messages: [(message: Message, weight: Int)] = []
  /// The first message that was not taken.
  private var first = 0
  private var weight = 0
  private var isClosed = false

  /// `capacity` is the weight it holds; a message heavier than that is taken when it is empty.
  package init(capacity: Int) {
    self.capacity = capacity
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

  /// Puts a message in; false, and the message is lost, once it is closed.
  @discardableResult
  package func put(_ message: Message, weight added: Int = 1) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isClosed, weight > 0, weight + added > capacity { pthread_cond_wait(condition, mutex) }
    guard !isClosed else { return false }
    messages.append((message, added))
    weight += added
    pthread_cond_broadcast(condition)
    return true
  }

  /// The message that was put in first; nil when none came within `seconds`, and when it is closed
  /// and empty.
  package func take(within seconds: Double) -> Message? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if first == messages.count, seconds <= 0 { return nil }
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = end.tv_nsec + Int(max(0, min(seconds, 3600)) * 1e9)
    end.tv_sec += nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000
    while first == messages.count {
      guard !isClosed, pthread_cond_timedwait(condition, mutex, &end) == 0 else { return nil }
    }
    let (message, taken) = messages[first]
    first += 1
    // Taken messages are let go of together: moving the rest down for each would cost the square.
    if first == messages.count || first >= 64 {
      messages.removeFirst(first)
      first = 0
    }
    weight -= taken
    pthread_cond_broadcast(condition)
    return message
  }

  /// Wakes all who wait; what is in it can still be taken, nothing more is put in.
  package func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}
