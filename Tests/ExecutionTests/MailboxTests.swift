import Synchronization
import Testing

@testable import Execution

struct MailboxTests {
  @Test func messagesComeInOrder() {
    let mailbox = Mailbox<Int>(capacity: 1000)
    for number in 0..<200 { mailbox.put(number) }
    #expect((0..<200).map { _ in mailbox.take(within: 1) } == Array(0..<200))
    #expect(mailbox.take(within: 0.01) == nil)
  }

  /// Several threads put far more than it holds: all of it comes out, each thread's in order.
  @Test func whoPutsMoreThanItHoldsWaits() {
    let mailbox = Mailbox<(Int, Int)>(capacity: 10)
    let threads = (0..<3).compactMap { thread in
      BackgroundThread { for number in 0..<500 { mailbox.put((thread, number), weight: 4) } }
    }
    #expect(threads.count == 3)
    var last = [-1, -1, -1]
    for _ in 0..<1500 {
      guard let (thread, number) = mailbox.take(within: 10) else { break }
      #expect(number == last[thread] + 1)
      last[thread] = number
    }
    for thread in threads { thread.join() }
    #expect(last == [499, 499, 499])
  }

  @Test func aMessageHeavierThanItHoldsPassesAlone() {
    let mailbox = Mailbox<Int>(capacity: 10)
    #expect(mailbox.put(1, weight: 100))
    #expect(mailbox.take(within: 1) == 1)
  }

  @Test func closingLetsGoOfWhoWaits() {
    let mailbox = Mailbox<Int>(capacity: 1)
    let isRefused = Atomic<Bool>(false)
    mailbox.put(1)
    let thread = BackgroundThread {
      if !mailbox.put(2) { isRefused.store(true, ordering: .relaxed) }
    }
    mailbox.close()
    thread?.join()
    let refused = isRefused.load(ordering: .relaxed)
    #expect(refused)
    #expect(mailbox.take(within: 1) == 1 && mailbox.take(within: 1) == nil)
  }
}
