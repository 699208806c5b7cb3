package import Geometry
import Glibc

/// Random numbers that depend on the seed alone: the same ones on every run and machine.
///
/// Seeds that follow each other give streams that have nothing to do with each other, so that the
/// draws of a campaign may be numbered.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA (2014): SplitMix64.
package struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(_ seed: UInt64) {
    // Mixed first: seeds that differ by the step below would give one stream, shifted.
    state = Self.mixed(seed)
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }

  /// A generator of its own, so that what one part of a scene draws does not shift the rest.
  package mutating func split() -> SeededNumbers { SeededNumbers(next()) }

  /// In 0..<1.
  package mutating func uniform() -> Double { Double(next() >> 11) / Double(1 << 53) }

  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Between positive bounds, as likely in each ratio.
  package mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    low * exp(uniform() * log(high / low))
  }

  /// Of mean 0 and standard deviation 1 (G. Box, M. Muller, 1958).
  package mutating func normal() -> Double {
    let radius = (-2 * log(max(uniform(), 1e-300))).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// In 0..<count.
  package mutating func index(_ count: Int) -> Int {
    precondition(count > 0)
    return min(count - 1, Int(uniform() * Double(count)))
  }

  /// True with the given probability.
  package mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// A direction, as likely everywhere on the sphere.
  package mutating func direction() -> Vector3 {
    while true {
      let v = Vector3(normal(), normal(), normal())
      if v.length > 1e-9 { return v.normalized }
    }
  }

  /// A turn about a random axis by 0 to `angle` radians.
  package mutating func rotation(upTo angle: Double) -> Rotation {
    Rotation(rotationVector: direction() * uniform(0, angle))
  }
}
