import Sessions
import Testing

@testable import Capture

struct CameraLedgerTests {
  @Test func jitterIsThatOfTheIntervals() {
    var ledger = CameraLedger(rate: 10)
    // Intervals of 0.09 and 0.11 by turns: mean 0.1, deviation 0.01 but for the sample's n - 1.
    var time = 0.0
    for index in 0..<101 {
      ledger.add(picture(time, sequence: index))
      time += index % 2 == 0 ? 0.09 : 0.11
    }
    let end = ledger.end
    #expect(abs((end.interval ?? 0) - 0.1) < 1e-9)
    #expect(abs((end.jitter ?? 0) - 0.01 * (100.0 / 99).squareRoot()) < 1e-9)
    #expect(end.dropsBySequence == 0 && end.dropsByTime == 0)
  }

  /// Dropped pictures count once, and make no interval.
  @Test func dropsAreCountedAndLeftOutOfTheJitter() {
    var ledger = CameraLedger(rate: 10)
    for index in [0, 1, 2, 5, 6] { ledger.add(picture(Double(index) * 0.1, sequence: index)) }
    #expect(ledger.end.dropsBySequence == 2 && ledger.end.dropsByTime == 2)
    #expect((ledger.end.jitter ?? 1) < 1e-9)
  }

  /// A gap is no drop, whether the stream begins anew or goes on.
  @Test(arguments: [0, 1])
  func aGapIsNoDrop(_ streamAfter: Int) {
    var ledger = CameraLedger(rate: 10)
    for index in 0..<3 { ledger.add(picture(Double(index) * 0.1, sequence: index)) }
    ledger.beginGap(.silent, now: 1)
    #expect(ledger.isAway)
    ledger.beginGap(.unplugged, now: 2)
    ledger.add(picture(9, sequence: 50, stream: streamAfter))
    ledger.add(picture(9.1, sequence: 51, stream: streamAfter))
    #expect(!ledger.isAway)
    #expect(ledger.gaps == [.init(cause: .unplugged, from: 0.2, to: 9)])
    #expect(ledger.end.dropsBySequence == 0 && ledger.end.dropsByTime == 0)
  }

  /// A camera that freezes within a picture sends the rest of it when it thaws, with the time at which
  /// the picture began.
  @Test func aPictureBegunBeforeTheSilenceDoesNotEndIt() {
    var ledger = CameraLedger(rate: 10)
    for index in 0..<3 { ledger.add(picture(Double(index) * 0.1, sequence: index)) }
    ledger.beginGap(.silent, now: 1.3)
    ledger.add(picture(0.3, sequence: 3))
    ledger.add(picture(4.5, sequence: 4))
    ledger.add(picture(4.6, sequence: 5))
    #expect(ledger.gaps == [.init(cause: .silent, from: 0.3, to: 4.5)])
    #expect(ledger.end.dropsBySequence == 0 && ledger.end.dropsByTime == 0)
    #expect(abs((ledger.end.interval ?? 0) - 0.1) < 1e-9)
  }

  @Test func withoutValuesNothingIsSaid() {
    let end = CameraLedger(rate: nil).end
    #expect(end.interval == nil && end.jitter == nil && end.offset == nil && end.gaps == [])
  }
}
