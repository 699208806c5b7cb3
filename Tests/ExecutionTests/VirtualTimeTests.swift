import Synchronization
import Testing

@testable import Execution

struct VirtualTimeTests {
  /// What several threads do, in the order in which they do it, with the time: as if each had slept,
  /// and the same however long its work takes.
  @Test func everythingHappensInTheOrderOfItsTime() throws {
    for _ in 0..<20 {
      let time = VirtualTime(threads: 3, start: 100)
      let done = Mutex<[(thread: Int, time: Double)]>([])
      let threads = [0.3, 0.5, 0.7].enumerated().compactMap { thread, period in
        BackgroundThread {
          let turn = VirtualTime.Turn(time)
          for number in 1...20 {
            let due = 100 + period * Double(number)
            while turn.now < due - 1e-9 { turn.wait(due - turn.now) }
            done.withLock { $0.append((thread, turn.now)) }
            if thread == 1 { for _ in 0..<1000 { _ = turn.now } }
          }
        }
      }
      try #require(threads.count == 3)
      for thread in threads { thread.join() }
      let all = done.withLock { $0 }
      #expect(all.count == 60)
      #expect(all.map(\.time) == all.map(\.time).sorted())
      for (thread, period) in [0.3, 0.5, 0.7].enumerated() {
        let own = all.filter { $0.thread == thread }.map(\.time)
        #expect(zip(own, 1...20).allSatisfy { abs($0 - 100 - period * Double($1)) < 1e-6 })
      }
    }
  }

  /// Nobody who waits for a thread that never came waits without looking up, and time stands still.
  @Test func whoeverWaitsAloneLooksUp() {
    let time = VirtualTime(threads: 2)
    let turn = VirtualTime.Turn(time)
    turn.wait(5)
    #expect(time.now == 0)
  }

  @Test func aThreadThatEndsHoldsNobodyUp() {
    let time = VirtualTime(threads: 2)
    do { _ = VirtualTime.Turn(time) }
    let turn = VirtualTime.Turn(time)
    turn.wait(5)
    #expect(time.now == 5)
  }
}
