import CameraCalibration
import Geometry
import Glibc
import LensModels
import LinearAlgebra
import Simulation

/// A lens of model `opencv8` whose denominator is drawn from what calibration expects of it.
///
/// Corners alone do not determine numerator and denominator of the profile, so that the covariance
/// of such a lens holds for lenses as likely as expected (`RationalDenominator`), and for those
/// only. The numerator is chosen so that the profile lies between a pinhole's and an equidistant
/// lens's. `focal` is in picture widths.
func rationalLens(focal: Double, _ numbers: inout SeededNumbers) throws -> Lens {
  let (width, height) = (1280, 800)
  while true {
    let denominator = zip(RationalDenominator.target, RationalDenominator.sigma).map {
      $0 + $1 * numbers.normal()
    }
    let wide = numbers.uniform(0.2, 0.8)
    // The squared tangent of the angle at the picture's corner.
    let corner = 0.59 * 0.59 / focal / focal
    var matrix = Matrix(rows: 3, columns: 3)
    var right: [Double] = []
    var smallest = 1.0
    for row in 0..<3 {
      let s = corner * Double(row + 1) / 3
      let tangent = s.squareRoot()
      let value = 1 + s * (denominator[0] + s * (denominator[1] + s * denominator[2]))
      smallest = min(smallest, value)
      (matrix[row, 0], matrix[row, 1], matrix[row, 2]) = (s, s * s, s * s * s)
      right.append((1 + wide * (atan(tangent) / tangent - 1)) * value - 1)
    }
    // A denominator near zero makes no lens.
    guard smallest > 0.3 else { continue }
    let numerator = try LeastSquares(matrix, right).solution
    let f = focal * Double(width)
    let core = [
      f, f * numbers.uniform(0.995, 1.005), Double(width) * numbers.uniform(0.48, 0.52),
      Double(height) * numbers.uniform(0.47, 0.53),
    ]
    let tangential = [numbers.uniform(-5e-4, 5e-4), numbers.uniform(-5e-4, 5e-4)]
    let lens = try Lens(
      kind: .opencv8, width: width, height: height,
      parameters: core + numerator.prefix(2) + tangential + [numerator[2]] + denominator)
    if lens.unproject(Vector2(0, 0)) != nil,
      lens.unproject(Vector2(Double(width - 1), Double(height - 1))) != nil
    {
      return lens
    }
  }
}
