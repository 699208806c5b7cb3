import Glibc
import Synchronization

private let oneAtATime = Mutex<Void>(())

/// Runs `body` while no file may grow beyond `bytes`, which stands in for a full disk. The limit
/// holds for the whole process: keep it far above what other tests write.
package func withFileSizeLimit<Result: Sendable, Failure: Error>(
  _ bytes: Int, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try oneAtATime.withLock { _ throws(Failure) in
    signal(SIGXFSZ, SIG_IGN)
    let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    var old = rlimit()
    guard getrlimit(resource, &old) == 0 else { return try body() }
    var bounded = rlimit(rlim_cur: rlim_t(bytes), rlim_max: old.rlim_max)
    setrlimit(resource, &bounded)
    defer { setrlimit(resource, &old) }
    return try body()
  }
}
