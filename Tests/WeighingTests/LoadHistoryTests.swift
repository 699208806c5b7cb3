import Testing

@testable import Weighing

struct LoadHistoryTests {
  /// One cell, one count a gram, ten seconds each.
  private static func means(_ kilograms: [Double]) -> [StepMean] {
    kilograms.enumerated().map { number, load in
      let start = 10 * Double(number)
      let step = RecordedProcedure.Step(
        number: number, kind: load == 0 ? .empty : .linearityUp, start: start, end: start + 10)
      return StepMean(
        step: step, time: start + 8, start: start + 4, end: start + 10, temperature: 21, tilt: nil,
        counts: [500 + 1000 * load], variances: [1], rejected: 0)
    }
  }

  private func play(_ kilograms: [Double]) -> [Double] {
    let means = Self.means(kilograms)
    let history = LoadHistory(means, gain: 0.001)
    return means.map { history.features($0)[0][0] }
  }

  /// Nothing on the way up; all of it once a load went down by the width; undone by as much up.
  @Test func playIsTakenUpOnTheWayDown() {
    #expect(play([0, 1, 5, 10]) == [0, 0, 0, 0])
    #expect(play([0, 10, 9, 7, 0, 1, 2, 5]) == [0, 0, 1, 2.5, 2.5, 1.5, 0.5, 0])
  }

  @Test func aStepOfAnotherSessionRemembersNothing() {
    let history = LoadHistory(Self.means([0, 5, 0]), gain: 0.001)
    let other = Self.means([0, 0, 0, 0, 0, 0])[5]
    #expect(history.features(other) == [[0]])
  }
}
