/// A clock of threads that do something at times of their own: it stands still while any of them is
/// busy, and goes on to what is due next once all of them wait. So nothing is ever late, however slow
/// the machine is, and nothing is waited for, however fast.
package final class VirtualTime: @unchecked Sendable {
  private let monitor = Monitor()
  private var seconds: Double
  /// How many threads there are, and what those that wait wait for.
  private var threads: Int
  private var due: [Double] = []

  /// Real seconds after which who waits looks up, as when another thread never came.
  private static let patience = 0.25

  /// - Parameter threads: each is given its own `Turn`; time goes on once all of them have waited.
  package init(threads: Int, start: Double = 0) {
    self.threads = threads
    seconds = start
  }

  package var now: Double { monitor.withLock { seconds } }

  /// One thread's part in it, which ends with it.
  package final class Turn: Sendable {
    private let time: VirtualTime

    package init(_ time: VirtualTime) { self.time = time }
    deinit { time.leave() }

    package var now: Double { time.now }

    /// Waits until so many seconds have passed; returns earlier when, in real time, that takes long,
    /// so that who waits can look whether to stop.
    package func wait(_ seconds: Double) { time.wait(seconds) }
  }

  private func wait(_ wanted: Double) {
    guard wanted > 0 else { return }
    monitor.withLock {
      let until = seconds + wanted
      due.append(until)
      goOn()
      let end = Monitor.Deadline(in: Self.patience)
      while seconds < until {
        guard monitor.wait(until: end) else { break }
      }
      if let place = due.firstIndex(of: until) { due.remove(at: place) }
    }
  }

  private func leave() {
    monitor.withLock {
      threads -= 1
      goOn()
    }
  }

  private func goOn() {
    guard due.count >= threads, let next = due.min(), next > seconds else { return }
    seconds = next
    monitor.wakeAll()
  }
}
