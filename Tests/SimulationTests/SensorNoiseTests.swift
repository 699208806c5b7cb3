import Testing

@testable import Simulation

struct SensorNoiseTests {
  @Test func noiseHasTheVarianceStated() {
    for (response, level) in [
      (SensorResponse(read: 2, shot: 0.1), 120.0), (SensorResponse(read: 0.6, shot: 0.01), 30.4),
      (SensorResponse(read: 1.2, shot: 0.06, gamma: 2.2), 60),
    ] {
      var numbers = SeededNumbers(3)
      let light = Array(repeating: Float(level), count: 200_000)
      let values = Sensor(response).expose(light, &numbers).map { Double($0) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(mean - response.value(level)) < 0.03)
      #expect(abs(variance / response.variance(level) - 1) < 0.02)
    }
  }

  @Test func lightBeyondTheRangeIsClippedAndSaysNothing() {
    let response = SensorResponse(read: 1, shot: 0.05)
    var numbers = SeededNumbers(1)
    let values = Sensor(response).expose([-50, 0, 400, .infinity], &numbers)
    #expect(values[0] < 8 && values[2] > 240 && values[3] > 240)
    #expect(response.variance(300) == .infinity && response.variance(-1) == .infinity)
    var again = SeededNumbers(1)
    #expect(Sensor(response).expose([-50, 0, 400, .infinity], &again) == values)
  }
}
