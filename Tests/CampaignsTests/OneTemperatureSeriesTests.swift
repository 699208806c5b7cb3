import Testing

@testable import campaigns

/// Some of the draws of `campaigns weighing-one-temperature`, which runs 200.
struct OneTemperatureSeriesTests {
  @Test func awayFromItsTemperatureAScaleSaysHowWrongItIs() throws {
    let series = OneTemperatureSeries()
    let outcomes = try (1...16).map { try series.outcome(seed: $0) }
    let verdict = series.judge(outcomes)
    #expect(verdict.holds, "\(verdict.lines)")
    // Who took the calibration's own uncertainty along would be found out.
    var narrow = outcomes
    for index in narrow.indices { narrow[index].massSigma = narrow[index].massSigmaCalibrated }
    #expect(!series.judge(narrow).holds)
  }
}
