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
      for value in found.values {
        square += (value - 20) * (value - 20) / (found.sigma * found.sigma)
        count += 1
      }
    }
    #expect((0.6...1.6).contains(square / count), "\(square / count)")
  }

  @Test func oneTemperatureTellsNothing() throws {
    let track = try ZeroTrack(
      Self.observations(seed: 1, kelvin: 0, walk: 0), referenceTemperature: 20,
      temperatureScatter: 50)
    #expect(abs(try track.temperatureCoefficients().sigma - 50) < 1e-6)
    // Ten kelvin away the zero may be 500 counts off.
    #expect(try track.prediction(time: 1000, temperature: 30).variance > 240_000)
    #expect(try track.prediction(time: 1000, temperature: 20).variance < 30)
  }

  @Test func errorsOfPredictionsAreCorrelated() throws {
    let track = try ZeroTrack(
      Self.observations(seed: 2, kelvin: 5, walk: 0.1), referenceTemperature: 20,
      temperatureScatter: 50)
    let near = try track.prediction(time: 500, temperature: 22.5, before: 450)
    let next = try track.prediction(time: 510, temperature: 22.5, before: 450)
    let far = try track.prediction(time: 1200, temperature: 25)
    // A prediction's covariance with itself is its variance less the white part.
    #expect(abs(track.covariance(near, near) + track.scatter - near.variance) < 1e-3)
    #expect(track.covariance(near, next) > 0.5 * track.covariance(near, near))
    #expect(abs(track.covariance(near, far)) < track.covariance(near, near))
    #expect(throws: (any Error).self) { try track.prediction(time: 0, temperature: 20, before: 0) }
  }
}
