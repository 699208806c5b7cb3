import Simulation
import Testing

@testable import campaigns

struct ChiSquareTests {
  /// NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4: upper critical values.
  @Test(arguments: [
    (1, 3.841, 0.95), (2, 5.991, 0.95), (6, 12.592, 0.95), (10, 29.588, 0.999),
    (50, 29.707, 0.01), (100, 149.449, 0.999),
  ])
  func cumulativeIsThePublishedTable(_ freedom: Int, _ value: Double, _ probability: Double) {
    #expect(abs(ChiSquare(freedom: freedom).cumulative(value) - probability) < 2e-5)
  }

  @Test(arguments: [100, 1000, 5000])
  func boundsHold999OfThousand(_ freedom: Int) {
    let distribution = ChiSquare(freedom: freedom)
    let bounds = distribution.bounds
    #expect(abs(distribution.cumulative(bounds.lowerBound) - 5e-4) < 5e-5)
    #expect(abs(distribution.cumulative(bounds.upperBound) - (1 - 5e-4)) < 5e-5)
  }

  @Test func kolmogorovTellsAWrongScale() {
    var numbers = SeededNumbers(5)
    let values = (0..<500).map { _ in
      (0..<6).reduce(0.0) { sum, _ in
        let normal = numbers.normal()
        return sum + normal * normal
      }
    }
    let distribution = ChiSquare(freedom: 6)
    #expect(distribution.kolmogorovDistance(values) < 1.95)
    #expect(distribution.kolmogorovDistance(values.map { 1.3 * $0 }) > 1.95)
  }
}
