import Testing

@testable import Devices

struct DropCounterTests {
  private func count(_ pictures: [(Int, Double)], rate: Double? = 10) -> DropCounter {
    var counter = DropCounter(rate: rate)
    for (sequence, time) in pictures { counter.add(sequence: sequence, time: time) }
    return counter
  }

  @Test func aWholeStreamHasNoDrops() {
    let counter = count((0..<100).map { ($0, 5 + 0.1 * Double($0)) })
    #expect(counter.pictures == 100 && counter.bySequence == 0 && counter.byTime == 0)
  }

  @Test func missingNumbersAndMissingTimeAreCountedApart() {
    let driver = count([(0, 0), (1, 0.1), (4, 0.4)])
    #expect(driver.bySequence == 2 && driver.byTime == 2)
    // The camera dropped two and the driver never knew.
    let camera = count([(0, 0), (1, 0.1), (2, 0.4)])
    #expect(camera.bySequence == 0 && camera.byTime == 2)
  }

  @Test func jitterIsNoDrop() {
    #expect(count([(0, 0), (1, 0.14), (2, 0.19), (3, 0.33)]).byTime == 0)
  }

  @Test func aStreamThatBeginsAgainIsNoDrop() {
    let counter = count([(50, 0), (51, 0.1), (0, 30), (1, 30.1)])
    #expect(counter.bySequence == 0 && counter.byTime == 0 && counter.pictures == 4)
  }

  @Test func withoutARateOnlyNumbersCount() {
    let counter = count([(0, 0), (2, 9)], rate: nil)
    #expect(counter.bySequence == 1 && counter.byTime == 0)
  }

  @Test func timesThatRunBackwardsOrFarAheadCrashNothing() {
    #expect(count([(0, 5), (1, 1), (2, 1e300), (3, .infinity), (4, .nan)]).pictures == 5)
  }
}
