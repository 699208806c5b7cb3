import Testing

@testable import Weighing

struct ZeroTrackTests {
  /// Zeros that follow temperature by 20 counts/K and wander; noise of one count.
  static func observations(
    seed: UInt64, kelvin: Double, walk: Double, coefficient: Double = 20
  ) -> [ZeroObservation] {
    var random = SeededNormal(seed: seed)
    var wander = [0.0, 0, 0, 0]
    return (0..<20).map { index in
      let temperature = 20 + kelvin * Double(index) / 19
      let counts = wander.indices.map { cell in
        if index > 0 { wander[cell] += random.next((walk * 50).squareRoot()) }
        return 1000.0 * Double(cell) + coefficient * (temperature - 20) + wander[cell]
          + random.next(1)
      }
      return ZeroObservation(
        time: 50 * Double(index), temperature: temperature, counts: counts, variance: 1)
    }
  }

  @Test func temperatureCoefficientsAreAsSureAsTheySay() throws {
    var (square, count) = (0.0, 0.0)
    for seed in 0..<40 {
      let track = try ZeroTrack(
        Self.observations(seed: UInt64(seed), kelvin: 30, walk: 0.01), referenceTemperature: 20,
        temperatureScatter: 50)
      let found = try track.temperatureCoefficients()
      for (value, sigma) in zip(found.values, found.sigmas) {
        square += (value - 20) * (value - 20) / (sigma * sigma)
        count += 1
      }
    }
    #expect((0.6...1.6).contains(square / count), "\(square / count)")
  }

  @Test func oneTemperatureTellsNothing() throws {
    let track = try ZeroTrack(
      Self.observations(seed: 1, kelvin: 0, walk: 0), referenceTemperature: 20,
      temperatureScatter: 50)
    #expect(try track.temperatureCoefficients().sigmas.allSatisfy { abs($0 - 50) < 1e-6 })
    // Ten kelvin away the zero may be 500 counts off.
    #expect(try track.prediction(time: 1000, temperature: 30).variances[0] > 240_000)
    #expect(try track.prediction(time: 1000, temperature: 20).variances[0] < 30)
  }

  @Test func errorsOfPredictionsAreCorrelated() throws {
    let track = try ZeroTrack(
      Self.observations(seed: 2, kelvin: 5, walk: 0.1), referenceTemperature: 20,
      temperatureScatter: 50)
    let near = try track.prediction(time: 500, temperature: 22.5, before: 450)
    let next = try track.prediction(time: 510, temperature: 22.5, before: 450)
    let far = try track.prediction(time: 1200, temperature: 25)
    // A prediction's covariance with itself is its variance.
    #expect(abs(track.covariance(near, near)[0] - near.variances[0]) < 1e-3)
    #expect(track.covariance(near, next)[0] > 0.5 * track.covariance(near, near)[0])
    #expect(abs(track.covariance(near, far)[0]) < track.covariance(near, near)[0])
    #expect(throws: (any Error).self) { try track.prediction(time: 0, temperature: 20, before: 0) }
  }

  /// Where zeros hold still, walk and scatter come out as next to nothing of the samples' noise.
  @Test func whatIsNotThereIsNotFound() throws {
    var (scatter, walk) = (0.0, 0.0)
    for seed in 0..<20 {
      let track = try ZeroTrack(
        Self.observations(seed: UInt64(100 + seed), kelvin: 5, walk: 0), referenceTemperature: 20,
        temperatureScatter: 50)
      scatter += track.scatter / 20
      walk += track.walk * 1000 / 20
    }
    #expect(scatter < 0.6, "\(scatter)")
    #expect(walk < 0.6, "\(walk)")
  }

  /// Zeros that remember loads: the part is found, as surely as said.
  @Test func memoryIsToldFromDrift() throws {
    var square = 0.0
    for seed in 0..<20 {
      var random = SeededNormal(seed: UInt64(200 + seed))
      let part = random.next(1e-4)
      let observations = (0..<30).map { index in
        let left = index < 10 ? 0 : 5 * 0.9.power(index - 10)
        let counts = [1000 + 1e5 * part * left + random.next(1)]
        return ZeroObservation(
          time: 10 * Double(index), temperature: 20 + 0.05 * Double(index), counts: counts,
          variance: 1, features: [[left]])
      }
      let track = try ZeroTrack(
        observations, referenceTemperature: 20, temperatureScatter: 15, featureScatter: [10])
      // The zero without any memory of loads.
      let plain = try track.prediction(time: 150, temperature: 20, features: [[0]])
      #expect(plain.variances[0] < 4)
      square += (plain.counts[0] - 1000) * (plain.counts[0] - 1000) / plain.variances[0]
    }
    #expect((3...50).contains(square), "\(square) of 20")
  }
}

extension Double {
  fileprivate func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * self }
  }
}
