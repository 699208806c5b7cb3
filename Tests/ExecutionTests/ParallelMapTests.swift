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
