/// A queue between threads that holds so much and no more: who puts more waits until something was
/// taken.
package final class Mailbox<Message: Sendable>: @unchecked Sendable {
  private let monitor = Monitor()
  private let capacity: Int
  private var messages: [(message: Message, weight: Int)] = []
  /// The first message that was not taken.
  private var first = 0
  private var weight = 0
  private var isClosed = false

  /// `capacity` is the weight it holds; a message heavier than that is taken when it is empty.
  package init(capacity: Int) { self.capacity = capacity }

  /// Puts a message in; false, and the message is lost, once it is closed.
  @discardableResult
  package func put(_ message: Message, weight added: Int = 1) -> Bool {
    monitor.withLock {
      while !isClosed, weight > 0, weight + added > capacity { monitor.wait() }
      guard !isClosed else { return false }
      messages.append((message, added))
      weight += added
      monitor.wakeAll()
      return true
    }
  }

  /// The message that was put in first; nil when none came within `seconds`, and when it is closed
  /// and empty.
  package func take(within seconds: Double) -> Message? {
    monitor.withLock {
      if first == messages.count, seconds <= 0 { return nil }
      let end = Monitor.Deadline(in: seconds)
      while first == messages.count {
        guard !isClosed, monitor.wait(until: end) else { return nil }
      }
      let (message, taken) = messages[first]
      first += 1
      // Taken messages are let go of together: moving the rest down for each would cost the square.
      if first == messages.count || first >= 64 {
        messages.removeFirst(first)
        first = 0
      }
      weight -= taken
      monitor.wakeAll()
      return message
    }
  }

  /// Wakes all who wait; what is in it can still be taken, nothing more is put in.
  package func close() {
    monitor.withLock {
      isClosed = true
      monitor.wakeAll()
    }
  }
}
