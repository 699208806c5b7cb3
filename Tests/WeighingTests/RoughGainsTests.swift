import ScaleModels
import Testing

@testable import Weighing

struct RoughGainsTests {
  private static let cells = [
    SIMD2(-0.27, -0.19), SIMD2(0.27, -0.19), SIMD2(0.27, 0.19), SIMD2(-0.27, 0.19),
  ]

  /// What cells with such relative errors say of a load on a rigid plate, by gains of 1.
  private static func counts(_ mass: Double, at place: SIMD2<Double>, _ errors: [Double])
    -> [Double]
  {
    zip(cells, errors).map { cell, error in
      let (x, y) = (place.x / cell.x, place.y / cell.y)
      return mass * 0.25 * (1 + x) * (1 + y) / (1 + error)
    }
  }

  /// Data sheets leave 3 % a cell: half of that for a load in the middle of four.
  @Test func sheetsAreAsSureAsTheyAre() {
    let gains = RoughGains([1, 1, 1, 1], cells: 4)
    #expect(abs(gains.sigma([2.5, 2.5, 2.5, 2.5]) - 0.15) < 1e-12)
    #expect(abs(gains.sigma([10, 0, 0, 0]) - 0.3) < 1e-12)
    #expect(RoughGains(nil, cells: 4).sigma([1, 1, 1, 1]) == .infinity)
  }

  /// Known loads on the corners tell each cell: 5 % is then far beyond chance.
  @Test func knownLoadsTellTheGains() {
    let errors = [0.03, -0.02, 0.04, -0.035]
    for known in [[1.0, 1, 1, 1], nil] {
      var gains = RoughGains(known, cells: 4)
      for cell in Self.cells {
        let counts = Self.counts(10, at: 0.74 * cell, errors)
        let forces = zip(gains.values, counts).map { $0 * $1 }
        gains.learn(mass: 10, at: 0.74 * cell, forces, cells: Self.cells)
      }
      let counts = Self.counts(15, at: SIMD2(0.02, -0.01), errors)
      let forces = zip(gains.values, counts).map { $0 * $1 }
      #expect(abs(forces.reduce(0, +) - 15) < 3 * gains.sigma(forces) + 0.01)
      #expect(gains.sigma(forces) < 0.05 * 15 / 6)
      gains.forget()
      #expect(gains.sigma([3.75, 3.75, 3.75, 3.75]) > 0.2)
    }
  }

  @Test func aCalibrationIsAsSureAsItsCovariance() throws {
    var covariance = Array(repeating: 0.0, count: 100)
    covariance[0] = 1e-16
    let model = try ScaleModel(
      cells: [-1.0, 1].map { ScaleCell(x: $0, y: 0, kilogramsPerCount: 1e-5) },
      zero: ScaleZero(counts: [0, 0], sigmas: [1, 1], temperature: 21),
      referenceTemperature: 21, gravity: 9.807, forceScatter: 0, covariance: covariance)
    let sigma = RoughGains(model).sigma([10, 0])
    // A thousandth by the covariance and a thousandth by age.
    #expect(abs(sigma - 10 * 0.001 * 2.0.squareRoot()) < 1e-9)
  }
}
