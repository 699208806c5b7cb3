import Testing

@testable import Weighing

struct AccuracyClassTests {
  /// OIML R 76-1, Table 6: bounds are inclusive, one microgram more is the next step.
  @Test(arguments: [
    (AccuracyClass.special, ExactMass.milligrams(1), Int64(50_000), Int64(200_000)),
    (.high, .milligrams(10), 5000, 20_000), (.medium, .grams(5), 500, 2000),
    (.ordinary, .grams(10), 50, 200),
  ])
  func stepsOfPermissibleError(
    accuracyClass: AccuracyClass, e: ExactMass, first: Int64, second: Int64
  ) {
    let more = ExactMass(micrograms: 1)
    func halves(_ load: ExactMass) -> Int64 {
      accuracyClass.halfIntervals(load: load, interval: e)
    }
    #expect(halves(.zero) == 1)
    #expect(halves(first * e) == 1)
    #expect(halves(first * e + more) == 2)
    #expect(halves(second * e) == 2)
    #expect(halves(second * e + more) == 3)
    #expect(halves(.zero - second * e) == 2)
  }

  /// OIML R 76-1, Table 3.
  @Test func boundsOfClasses() {
    #expect(AccuracyClass.special.bounds(interval: .milligrams(1))?.intervals.lowerBound == 50_000)
    #expect(AccuracyClass.special.bounds(interval: ExactMass(micrograms: 500)) == nil)
    #expect(AccuracyClass.high.bounds(interval: .milligrams(50))?.intervals == 100...100_000)
    #expect(AccuracyClass.high.bounds(interval: .milligrams(100))?.intervals == 5000...100_000)
    #expect(AccuracyClass.high.bounds(interval: .milligrams(100))?.minimumInIntervals == 50)
    #expect(AccuracyClass.medium.bounds(interval: .grams(2))?.intervals == 100...10_000)
    #expect(AccuracyClass.medium.bounds(interval: .grams(5))?.intervals == 500...10_000)
    #expect(AccuracyClass.medium.bounds(interval: .milligrams(50)) == nil)
    #expect(AccuracyClass.ordinary.bounds(interval: .grams(5))?.intervals == 100...1000)
    #expect(AccuracyClass.ordinary.bounds(interval: .grams(5))?.minimumInIntervals == 10)
    #expect(AccuracyClass.ordinary.bounds(interval: .grams(2)) == nil)
  }
}
