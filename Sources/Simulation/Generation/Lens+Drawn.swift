import Geometry
import Glibc
package import LensModels

extension Lens {
  /// A plausible lens of a model with random centre and coefficients. `focal` is in picture widths.
  ///
  /// Coefficients bend the radius at the picture's corner alike, whatever the focal length. The
  /// model covers the whole picture; a fisheye's may end 100 degrees off its axis instead.
  package static func drawn(
    _ kind: LensKind, focal: Double, width: Int = 1280, height: Int = 800,
    _ numbers: inout SeededNumbers
  ) throws(LensError) -> Lens {
    var strength = 1.0
    while true {
      let lens = try any(kind, focal, width, height, strength, &numbers)
      if lens.coversPicture || lens.seesBehind || strength < 1e-3 { return lens }
      strength *= 0.7
    }
  }

  private static func any(
    _ kind: LensKind, _ focal: Double, _ width: Int, _ height: Int, _ strength: Double,
    _ numbers: inout SeededNumbers
  ) throws(LensError) -> Lens {
    let f = focal * Double(width)
    let core = [
      f, f * numbers.uniform(0.995, 1.005), Double(width) * numbers.uniform(0.48, 0.52),
      Double(height) * numbers.uniform(0.47, 0.53),
    ]
    let reach = min(1.2, 0.59 / focal)
    let s = reach * reach
    let tangential = [numbers.uniform(-5e-4, 5e-4), numbers.uniform(-5e-4, 5e-4)]
    let k1 = numbers.uniform(-0.2, -0.02) / s * min(1, s)
    var coefficients: [Double] =
      switch kind {
      case .pinhole: []
      case .opencv4: [k1, 0.06 / s / s * min(1, s * s)] + tangential
      case .opencv5: [k1, 0.08 / s / s * min(1, s * s)] + tangential + [0.01 * min(1, s)]
      case .opencv8:
        [0.6, 0.06] + tangential
          + [0.001, numbers.uniform(0.75, 1), numbers.uniform(0.12, 0.18), 0.006]
      case .kannalaBrandt4:
        [
          numbers.uniform(-0.05, 0.06), numbers.uniform(-0.01, 0.01),
          numbers.uniform(-0.003, 0.003), 0,
        ]
      }
    for index in coefficients.indices { coefficients[index] *= strength }
    return try Lens(kind: kind, width: width, height: height, parameters: core + coefficients)
  }

  /// True when directions up to 100 degrees off the axis are seen.
  var seesBehind: Bool { project(Vector3(sin(1.745), 0, cos(1.745))) != nil }

  /// True when something is seen at each of the picture's corners and in the middle of its sides.
  var coversPicture: Bool {
    for x in [0, 0.5, 1] {
      for y in [0, 0.5, 1]
      where unproject(Vector2(x * Double(width - 1), y * Double(height - 1))) == nil {
        return false
      }
    }
    return true
  }
}
