import Execution
import Testing

struct ParallelMapTests {
  @Test(arguments: [0, 1, 2, 7, 100])
  func resultsStandInOrderForAnyNumberOfThreads(count: Int) {
    let expected = (0..<count).map { $0 * $0 }
    for threads in [1, 2, 3, 16] {
      #expect(parallelMap(count, threads: ThreadCount(threads)) { $0 * $0 } == expected)
    }
  }

  /// More threads than a machine likes to give: those there are do the work.
  @Test func workIsDoneByWhateverThreadsThereAre() {
    let results = parallelMap(20_000, threads: ThreadCount(1_000)) { $0 + 1 }
    #expect(results == Array(1...20_000))
  }

  @Test func resultsMayBeOptional() {
    let results = parallelMap(5, threads: ThreadCount(2)) { $0.isMultiple(of: 2) ? $0 : nil }
    #expect(results == [0, nil, 2, nil, 4])
  }

  @Test func thereIsAlwaysAThread() {
    #expect(ThreadCount(0).value == 1)
    #expect(ThreadCount(-3).value == 1)
    #expect(ThreadCount().value >= 1)
  }
}
