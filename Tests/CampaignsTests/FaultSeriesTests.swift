import Testing

@testable import campaigns

/// A handful of draws; `campaigns faults` runs 10 000.
struct FaultSeriesTests {
  @Test func whatWasDamagedOrMixedIsRefused() throws {
    let series = try FaultSeries()
    let outcomes = try (0..<400).map { try series.outcome(seed: $0) }
    for outcome in outcomes { #expect(outcome.isSafe, "\(outcome)") }
    // All kinds are among them, and nearly all of them are seen at all.
    #expect(Set(outcomes.map(\.fault)).count == DamagedBundle.Fault.allCases.count)
    #expect(outcomes.count { $0.refusal != nil } > 380)
    #expect(series.judge(outcomes).holds)
    // The verdict is of the worst.
    var bad = outcomes
    bad[7].isSafe = false
    #expect(!series.judge(bad).holds)
  }
}
