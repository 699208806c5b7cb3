import Testing

@testable import campaigns

/// Some of the draws of `campaigns starts`, which runs 1000 of each series.
struct StartsSeriesTests {
  @Test func randomRigsEndRightOrNamed() throws {
    let series = StartsSeries(lenses: .given)
    let outcomes = try (0..<24).map { try series.outcome(seed: 1 + UInt64($0)) }
    let verdict = series.judge(outcomes)
    #expect(verdict.holds, "\(verdict.lines)")
    #expect(outcomes.count { !$0.isOutside && $0.naming.isEmpty } >= 12)
    // Errors twice as large would not pass.
    var wrong = outcomes
    for index in wrong.indices {
      wrong[index].squaredDistance = wrong[index].squaredDistance.map { 4 * $0 }
      wrong[index].probability = wrong[index].squaredDistance.map {
        ChiSquare(freedom: max(1, wrong[index].freedom)).cumulative($0)
      }
    }
    #expect(!series.judge(wrong).holds)
  }

  @Test func chosenLensesSeeWhatTheTrueOnesSee() throws {
    let series = StartsSeries(lenses: .chosen)
    // The last two are right only where few views that extrapolate do not rule the choice.
    for seed in [1, 2, 3, 4, 185, 329] as [UInt64] {
      let outcome = try series.outcome(seed: seed)
      #expect(outcome.wrongCameras.isEmpty || !outcome.naming.isEmpty, "seed \(seed)")
    }
  }

  @Test func drawsDependOnTheSeedAlone() throws {
    let series = StartsSeries(lenses: .given)
    let first = try series.outcome(seed: 3)
    let second = try series.outcome(seed: 3)
    #expect(first.squaredDistance == second.squaredDistance && first.style == second.style)
    #expect(try series.outcome(seed: 4).style != first.style)
  }
}
