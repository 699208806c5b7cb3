import Testing

@testable import Weighing

struct UncertaintyBudgetWeighingTests {
  typealias Row = UncertaintyBudget.Row

  @Test func sizesOfInfluences() throws {
    let root = 12.0.squareRoot()
    #expect(abs(Row.roundingAtLoad(interval: 0.005).standardUncertainty - 0.005 / root) < 1e-12)
    #expect(abs(Row.roundingAtZero(interval: 0.005).standardUncertainty - 0.005 / root) < 1e-12)
    #expect(
      abs(
        Row.roundingAtZero(interval: 0.005, setsZeroToQuarter: true).standardUncertainty
          - 0.0025 / root) < 1e-12)
    let eccentric = try #require(Row.eccentricity(difference: 0.004, testLoad: 10, reading: 5))
    #expect(abs(eccentric.standardUncertainty - 0.001 / 3.0.squareRoot()) < 1e-12)
    #expect(Row.eccentricity(difference: 1, testLoad: 0, reading: 5) == nil)
    #expect(Row.repeatability(standardDeviation: 1, count: 1) == nil)
    // M1 20 kg and 10 kg: 1.5 g together, not the root of the squares.
    #expect(
      abs(Row.massTolerances([0.001, 0.0005]).standardUncertainty - 0.0015 / 3.0.squareRoot())
        < 1e-12)
    #expect(Row.massCertificates([(0.002, 2), (0.001, 2)]).standardUncertainty == 0.0015)
    #expect(
      abs(
        Row.buoyancyAfterAdjustment(massTolerance: 0.012).standardUncertainty * 3.0.squareRoot()
          - 0.003) < 1e-12)
  }

  @Test func airAtSeaLevel() {
    let density = AirDensity.density(pressure: 1013.25, humidity: 50, temperature: 20)
    #expect(abs(density - 1.1993) < 0.00005)
  }
}
