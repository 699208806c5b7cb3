import CPUCheck
import Synchronization

/// How many threads may work at once. Results never depend on it.
package struct ThreadCount: Equatable, Sendable {
  package let value: Int

  /// `requested` threads, at least one; nil takes one for each processor that this
  /// process may run on.
  package init(_ requested: Int? = nil) {
    value = max(1, requested ?? Int(cartcal_processors()))
  }
}

/// Calls `body` for every index of `0..<count`, on several threads, and returns the results in
/// order.
///
/// Work is handed out one index at a time, so uneven items balance; since each result depends on
/// its index alone, the outcome is the same for any number of threads. Sum over the returned array
/// to keep a fixed order.
package func parallelMap<Result: Sendable>(
  _ count: Int, threads: ThreadCount, _ body: @Sendable (Int) -> Result
) -> [Result] {
  guard count > 1, threads.value > 1 else { return (0..<max(0, count)).map(body) }
  let next = Atomic<Int>(0)
  let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
  runTogether(min(threads.value, count)) {
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let result = body(index)
      results.withLock { $0[index] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
