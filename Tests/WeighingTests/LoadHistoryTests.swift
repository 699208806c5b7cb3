import Glibc
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

  /// A feature in every step.
  private func feature(_ place: Int, _ kilograms: [Double]) -> [Double] {
    let means = Self.means(kilograms)
    let history = LoadHistory(means, gain: 0.001)
    return means.map { history.features($0)[0][place] }
  }

  /// Nothing on the way up; all of it once a load went down by the width; undone by as much up.
  @Test func playIsTakenUpOnTheWayDown() {
    for (place, width) in LoadHistory.playWidths.enumerated() {
      #expect(feature(place, [0, 1, 5, 10]) == [0, 0, 0, 0])
      let found = feature(place, [0, 10, 9, 7, 0, 1, 2, 5])
      let wanted = [0, 0, 1, 3, 10, 9, 8, 5].map { min($0, width) }
      // On the way up again it is undone from its full width, not from the way that was gone.
      #expect(Array(found[..<5]) == Array(wanted[..<5]))
      #expect(Array(found[5...]) == [1, 2, 5].map { max(width - $0, 0) })
    }
  }

  /// What has crept in is left when the load goes, and goes away at its own pace; the creep of the
  /// load that lies there is not counted.
  @Test func creepOfEarlierLoadsGoesAway() {
    for place in LoadHistory.creepTimes.indices {
      let crept = feature(LoadHistory.playWidths.count + place, [0, 10, 0, 0])
      func wanted(_ seconds: Double) -> Double {
        zip(LoadHistory.creepTimes, LoadHistory.shares).reduce(0) { sum, creep in
          let atRemoval = 10 * (1 - exp(-10 / creep.0))
          return sum + creep.1[place] * atRemoval * exp(-seconds / creep.0)
        }
      }
      #expect(crept[1] == 0)
      #expect(abs(crept[2] - wanted(8)) < 1e-12)
      #expect(abs(crept[3] - wanted(18)) < 1e-12)
    }
  }

  /// Shares of a creep whose time lies anywhere between the first and the last: their second moments,
  /// by integration over hats in the logarithm of time.
  @Test func sharesAreThoseOfOneTimeAnywhere() {
    let steps = 20_000
    var moments = Array(repeating: Array(repeating: 0.0, count: 3), count: 3)
    for step in 0..<steps {
      let place = 2 * (Double(step) + 0.5) / Double(steps)
      let hats = (0..<3).map { max(0, 1 - abs(place - Double($0))) }
      for (a, one) in hats.enumerated() {
        for (b, two) in hats.enumerated() { moments[a][b] += one * two / Double(steps) }
      }
    }
    for a in 0..<3 {
      for b in 0..<3 {
        let product = (0..<3).reduce(0) {
          $0 + LoadHistory.shares[a][$1] * LoadHistory.shares[b][$1]
        }
        #expect(abs(product - moments[a][b]) < 1e-5)
      }
    }
  }

  @Test func aStepOfAnotherSessionRemembersNothing() {
    let history = LoadHistory(Self.means([0, 5, 0]), gain: 0.001)
    let other = Self.means([0, 0, 0, 0, 0, 0])[5]
    #expect(history.features(other) == [LoadHistory.parts.map { _ in 0 }])
  }
}
