import Glibc

@testable import Weighing

/// Normal numbers from a seed (Marsaglia's polar method over splitmix64).
struct SeededNormal {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  mutating func next(_ sigma: Double) -> Double {
    while true {
      let (u, v) = (2 * uniform() - 1, 2 * uniform() - 1)
      let square = u * u + v * v
      guard square > 0, square < 1 else { continue }
      return sigma * u * (-2 * log(square) / square).squareRoot()
    }
  }
}

/// A scale of four cells with settled loads only: gains, curvatures, spans, positions and masses
/// drawn from the sizes that the fit takes for granted.
struct SettledScale {
  static let drawing: [SIMD2<Double>] = [
    SIMD2(-0.27, -0.19), SIMD2(0.27, -0.19), SIMD2(0.27, 0.19), SIMD2(-0.27, 0.19),
  ]
  /// How much a plate bends away from the rigid sharing of loads.
  let flex: Double
  var random: SeededNormal
  let gains: [Double]
  let curves: [Double]
  let spans: [Double]
  let positions: [SIMD2<Double>]

  init(seed: UInt64, flex: Double) {
    var random = SeededNormal(seed: seed)
    self.flex = flex
    gains = (0..<4).map { _ in 1e-5 * (1 + random.next(0.03)) }
    curves = (0..<4).map { _ in random.next(1e-5) }
    spans = (0..<4).map { _ in random.next(1.5e-5) }
    positions = Self.drawing.map { $0 + SIMD2(random.next(0.002), random.next(0.002)) }
    self.random = random
  }

  /// The signals of a mass at a place, kelvin above the reference; noise in counts.
  mutating func signals(
    mass: Double, at place: SIMD2<Double>, kelvin: Double, noise: Double
  ) -> [Double] {
    forces(mass: mass, at: place).indices.map { cell in
      let force = forces(mass: mass, at: place)[cell]
      let linear = force / (1 + spans[cell] * kelvin)
      // The inverse of a s (1 + q a s), to far below a count.
      let signal = linear * (1 - curves[cell] * linear * (1 - 2 * curves[cell] * linear))
      return signal / gains[cell] + random.next(noise)
    }
  }

  /// Forces that sum to the mass and its moments exactly about the cells' true positions; `flex`
  /// adds of the one combination that these leave free.
  private func forces(mass: Double, at place: SIMD2<Double>) -> [Double] {
    // A rigid plate on equal springs: forces are linear in position about the cells' centroid.
    let centre = positions.reduce(SIMD2(0, 0), +) / 4
    let arms = positions.map { $0 - centre }
    let (xx, xy, yy) = arms.reduce((0.0, 0.0, 0.0)) {
      ($0.0 + $1.x * $1.x, $0.1 + $1.x * $1.y, $0.2 + $1.y * $1.y)
    }
    let d = place - centre
    let determinant = xx * yy - xy * xy
    let slope = SIMD2(yy * d.x - xy * d.y, xx * d.y - xy * d.x) / determinant
    let free = freeCombination
    let bend = flex * d.x * d.y / (0.27 * 0.19)
    return arms.indices.map { cell in
      mass * (0.25 + slope.x * arms[cell].x + slope.y * arms[cell].y + bend * free[cell])
    }
  }

  /// Four numbers of sum zero and moments zero about any point, 0.25 in size.
  private var freeCombination: [Double] {
    func area(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
      (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }
    let p = positions
    let numbers = [
      area(p[1], p[2], p[3]), -area(p[0], p[2], p[3]), area(p[0], p[1], p[3]),
      -area(p[0], p[1], p[2]),
    ]
    let size = numbers.reduce(0) { $0 + abs($1) }
    return numbers.map { $0 / size }
  }
}
