import Glibc

/// A thread that does one thing beside the others until that is done.
package final class BackgroundThread {
  private let thread: pthread_t

  /// Starts it; nil when the system gives none.
  package init?(_ body: @escaping @Sendable () -> Void) {
    guard let thread = startThread(body) else { return nil }
    self.thread = thread
  }

  /// Waits until it is done. Called once, by whoever started it.
  package func join() { _ = pthread_join(thread, nil) }
}
