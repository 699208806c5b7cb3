import ScaleModels
import Testing

struct ScaleModelTests {
  static func square(covariance scale: Double = 0) throws -> ScaleModel {
    let corners: [(Double, Double)] = [(-0.25, -0.2), (0.25, -0.2), (0.25, 0.2), (-0.25, 0.2)]
    let cells = corners.enumerated().map { index, corner in
      ScaleCell(
        x: corner.0, y: corner.1, kilogramsPerCount: 1e-5 * (1 + 0.01 * Double(index)),
        quadraticPerKilogram: 1e-5, spanPerKelvin: 2e-5, zeroCountsPerKelvin: 10)
    }
    var covariance = Array(repeating: 0.0, count: 400)
    let sigmas = [1e-10, 1e-3, 1e-3, 1e-6, 1e-6]
    for index in 0..<20 { covariance[index * 21] = scale * sigmas[index % 5] * sigmas[index % 5] }
    return try ScaleModel(
      cells: cells,
      zero: ScaleZero(counts: [1000, 2000, 3000, 4000], sigmas: [1, 1, 1, 1], temperature: 20),
      referenceTemperature: 20, gravity: 9.80665, forceScatter: 1e-5, covariance: covariance)
  }

  @Test func massAndPlaceOfKnownForces() throws {
    let model = try Self.square()
    // Signals of 100 000 counts on the two cells at x = 0.25 only.
    let reading = try model.reading(counts: [1000, 102_000, 103_000, 4000], temperature: 20)
    let forces = [1.01, 1.02].map { $0 * (1 + 1e-5 * $0) }
    #expect(abs(reading.mass - forces[0] - forces[1]) < 1e-12)
    #expect(abs(reading.x - 0.25) < 1e-12)
    #expect(abs(reading.y - 0.2 * (forces[1] - forces[0]) / (forces[0] + forces[1])) < 1e-12)
    #expect(reading.massSigma > 0 && reading.massSigma < 1e-4)
  }

  @Test func gravityAndTiltChangeMassButNotPlace() throws {
    let model = try Self.square()
    let counts = [51_000.0, 102_000, 103_000, 4000]
    let here = try model.reading(counts: counts, temperature: 20)
    let there = try model.reading(counts: counts, temperature: 20, gravity: 9.80665 * 1.0003)
    #expect(abs(there.mass * 1.0003 - here.mass) < 1e-12)
    #expect(there.x == here.x)
    let leaning = try model.reading(counts: counts, temperature: 20, tilt: SIMD2(0.05, 0))
    #expect(abs(leaning.mass / here.mass - 1.001_251_3) < 1e-6)
  }

  @Test func temperatureMovesZeroAndSpan() throws {
    let model = try Self.square()
    let cool = try model.reading(counts: [51_000, 2000, 3000, 4000], temperature: 20)
    let warm = try model.reading(counts: [51_100, 2100, 3100, 4100], temperature: 30)
    #expect(abs(warm.mass / cool.mass - 1.0002) < 1e-9)
  }

  @Test func derivativesAgreeWithDifferences() throws {
    let model = try Self.square()
    let counts = [51_000.0, 32_000, 103_000, 14_000]
    func read(_ model: ScaleModel, _ counts: [Double]) throws -> [Double] {
      let reading = try model.reading(counts: counts, temperature: 26)
      return [reading.mass, reading.x, reading.y]
    }
    let linear = try model.linearized(
      counts: counts, temperature: 26, zero: model.zero, gravity: 9.80665)
    let steps = [1e-9, 1e-4, 1e-4, 1e-4, 1e-5]
    let paths: [WritableKeyPath<ScaleCell, Double>] = [
      \.kilogramsPerCount, \.x, \.y, \.quadraticPerKilogram, \.spanPerKelvin,
    ]
    for cell in 0..<4 {
      for (parameter, path) in paths.enumerated() {
        func moved(_ sign: Double) throws -> [Double] {
          var cells = model.cells
          cells[cell][keyPath: path] += sign * steps[parameter]
          return try read(
            ScaleModel(
              cells: cells, zero: model.zero, referenceTemperature: 20, gravity: 9.80665,
              forceScatter: 0, covariance: model.covariance), counts)
        }
        let (up, down) = (try moved(1), try moved(-1))
        for row in 0..<3 {
          let difference = (up[row] - down[row]) / (2 * steps[parameter])
          let derivative = linear.byParameters[row * 20 + cell * 5 + parameter]
          #expect(abs(difference - derivative) <= 1e-5 * max(abs(difference), 1e-3))
        }
      }
      var (more, less) = (counts, counts)
      more[cell] += 10
      less[cell] -= 10
      let (up, down) = (try read(model, more), try read(model, less))
      for row in 0..<3 {
        let difference = (up[row] - down[row]) / 20
        #expect(abs(difference - linear.bySignals[row * 4 + cell]) < 1e-10)
      }
    }
  }

  @Test func parametersWidenTheReading() throws {
    let counts = [51_000.0, 32_000, 103_000, 14_000]
    let sure = try Self.square().reading(counts: counts, temperature: 20)
    let unsure = try Self.square(covariance: 1).reading(counts: counts, temperature: 20)
    #expect(unsure.massSigma > sure.massSigma)
    #expect(unsure.radialSigma > 4e-4)
  }

  @Test func refusesWhatDoesNotFit() throws {
    let model = try Self.square()
    #expect(throws: ScaleModelError.wrongSize) {
      try model.reading(counts: [1, 2, 3], temperature: 20)
    }
    #expect(throws: ScaleModelError.notFinite) {
      try model.reading(counts: [1, 2, 3, .nan], temperature: 20)
    }
    #expect(throws: ScaleModelError.notFinite) {
      try model.reading(counts: [1, 2, 3, 4], temperature: 20, tilt: SIMD2(1, 0))
    }
    #expect(throws: ScaleModelError.wrongSize) {
      try ScaleModel(
        cells: [], zero: ScaleZero(counts: [], sigmas: [], temperature: 20),
        referenceTemperature: 20, gravity: 9.8, forceScatter: 0, covariance: [])
    }
  }
}
