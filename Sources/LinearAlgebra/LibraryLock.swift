import Synchronization

/// Lets one thread at a time into BLAS and LAPACK.
///
/// OpenBLAS's serial build keeps one pool of work space and hands it out without locking: two
/// threads that call it at a time get each other's numbers now and then. Calls here are short, so
/// waiting costs little.
enum LibraryLock {
  private static let mutex = Mutex<Void>(())

  static func hold<Result>(_ work: () -> sending Result) -> sending Result {
    mutex.withLock { _ in work() }
  }
}
