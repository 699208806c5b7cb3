import Glibc

/// How a sensor makes grey values out of light.
///
/// Light is counted in grey values before the tone curve: 255 saturates. Variance of the noise:
/// read^2 + shot x light (EMVA 1288, the linear model, in grey values instead of electrons).
package struct SensorResponse: Equatable, Sendable {
  /// Standard deviation in the dark, grey values.
  package var read: Double
  /// Variance added by each grey value of light.
  package var shot: Double
  /// The tone curve: value = 255 (light / 255)^(1 / gamma).
  package var gamma: Double

  package init(read: Double, shot: Double, gamma: Double = 1) {
    self.read = read
    self.shot = shot
    self.gamma = gamma
  }

  /// The value without noise and rounding.
  func value(_ light: Double) -> Double {
    let clamped = max(0, min(255, light))
    return gamma == 1 ? clamped : 255 * pow(clamped / 255, 1 / gamma)
  }

  /// The variance of the value, rounding included; infinite where the sensor is saturated.
  func variance(_ light: Double) -> Double {
    guard light > 0, light < 254 else { return .infinity }
    let slope = gamma == 1 ? 1 : pow(light / 255, 1 / gamma - 1) / gamma
    return (read * read + shot * light) * slope * slope + 1.0 / 12
  }
}

/// Exposes a field of light: noise, tone curve, 8 bits.
struct Sensor: Sendable {
  private let response: SensorResponse
  /// Values for light in steps of 1/256 grey value.
  private let tones: [UInt8]
  /// Standard deviations for light in steps of one grey value.
  private let deviations: [Float]
  /// Quantiles of the normal distribution, at the middles of equal parts of probability.
  private let quantiles: [Float]

  init(_ response: SensorResponse) {
    self.response = response
    tones = (0..<65536).map { UInt8(response.value((Double($0) + 0.5) / 256).rounded()) }
    deviations = (0...256).map {
      Float((response.read * response.read + response.shot * Double($0)).squareRoot())
    }
    quantiles = Self.normalQuantiles(16)
  }

  /// Grey values of `light`. Noise is taken from 2^16 quantiles: none lies beyond 4.3 deviations.
  func expose(_ light: [Float], _ numbers: inout SeededNumbers) -> [UInt8] {
    let count = light.count
    var source = numbers.split()
    return [UInt8](unsafeUninitializedCapacity: count) { values, written in
      light.withUnsafeBufferPointer { light in
        tones.withUnsafeBufferPointer { tones in
          deviations.withUnsafeBufferPointer { deviations in
            quantiles.withUnsafeBufferPointer { quantiles in
              var bits: UInt64 = 0
              for index in 0..<count {
                if index & 3 == 0 { bits = source.next() }
                let signal = max(0, min(255.99, light[index]))
                let noise = quantiles[Int(bits & 0xFFFF)] * deviations[Int(signal)]
                bits >>= 16
                let noisy = max(0, min(255.99, signal + noise))
                values[index] = tones[Int(noisy * 256)]
              }
            }
          }
        }
      }
      written = count
    }
  }

  /// Quantiles at (i + 1/2) / 2^bits, by bisection on the tail in ascending order.
  private static func normalQuantiles(_ bits: Int) -> [Float] {
    let count = 1 << bits
    var result = Array(repeating: Float(0), count: count)
    var x = -5.0
    // The distribution is symmetric: one half is found, the other mirrored. Newton's method from
    // the quantile before, which lies close by.
    for index in 0..<(count / 2) {
      let wanted = (Double(index) + 0.5) / Double(count)
      for _ in 0..<60 {
        let density = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
        let step = (normalTail(-x) - wanted) / density
        x -= max(-0.5, min(0.5, step))
        if abs(step) < 1e-9 { break }
      }
      result[index] = Float(x)
      result[count - 1 - index] = Float(-x)
    }
    return result
  }
}
