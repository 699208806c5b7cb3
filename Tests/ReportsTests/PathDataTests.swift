import Geometry
import Testing

@testable import Reports

struct PathDataTests {
  @Test(arguments: [
    (0.0, "0"), (12.34, "12.3"), (-0.04, "0"), (-0.06, "-0.1"), (7.96, "8"), (1e300, "100000"),
    (-.infinity, "0"), (.nan, "0"),
  ])
  func coordinatesHaveOneDecimal(_ value: Double, _ text: String) {
    #expect(PathData.coordinate(value) == text)
  }

  @Test(arguments: [(0.5, 0.5, 1), (0.49, 0.2, 1), (99, 50, 0), (0.003, 0.002, 3), (1, 1, 0)])
  func barsHaveRoundLengths(_ value: Double, _ length: Double, _ decimals: Int) throws {
    let round = try #require(RoundLength.below(value))
    #expect(abs(round.length - length) < 1e-9 * length)
    #expect(round.decimals == decimals)
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e-9])
  func noBarForNoLength(_ value: Double) { #expect(RoundLength.below(value) == nil) }
}
