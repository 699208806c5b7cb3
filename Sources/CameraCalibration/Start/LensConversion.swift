import Geometry
import Glibc
import LensModels
import LinearAlgebra

/// Parameters of a model that draw about the same picture as a lens, over the angles that were seen;
/// a start for adjusting that model. Tangential coefficients begin at zero. A rational lens may be
/// converted to itself: it then begins anew.
///
/// The radial profile is fitted linearly at equally spaced radii of the picture up to
/// `radius` (pixels from the principal point). Perspective models are fitted up to 80 degrees only:
/// beyond it they are the wrong models.
func converted(_ lens: Lens, to kind: LensKind, radius: Double) -> [Double] {
  let p = lens.parameters
  guard kind != .kannalaBrandt4 || lens.kind != kind else { return p }
  let core = Array(p.prefix(4))
  let focal = 0.5 * (p[0] + p[1])
  var samples: [RadialSample] = []
  for step in 1...24 {
    let r = radius * Double(step) / 24
    guard let direction = lens.unproject(Vector2(p[2] + r * p[0] / focal, p[3])),
      kind == .kannalaBrandt4 || direction.z > 0.17
    else { break }
    samples.append(
      RadialSample(
        tangent: direction.x / direction.z, angle: atan2(direction.x, direction.z),
        distorted: r / focal))
  }
  guard samples.count >= 4 else {
    return core + Array(repeating: 0, count: kind.parameterCount - 4)
  }
  if kind == .kannalaBrandt4 { return core + kannalaBrandtCoefficients(samples) }
  if kind == .pinhole {
    // The focal length that fits best, weighting radii evenly.
    let scale =
      samples.reduce(0) { $0 + $1.tangent * $1.distorted }
      / samples.reduce(0) { $0 + $1.tangent * $1.tangent }
    return [p[0] * scale, p[1] * scale, p[2], p[3]]
  }
  if kind == .opencv8 {
    let d = RationalDenominator.target
    // Beyond 70 degrees two terms are too few for a start.
    let terms = (samples.last?.tangent ?? 0) > 2.5 ? 3 : 2
    let fit = numerator(samples, terms) { 1 + $0 * (d[0] + $0 * (d[1] + $0 * d[2])) }
    return core + [fit[0], fit[1], 0, 0, terms > 2 ? fit[2] : 0] + d
  }
  let fit = numerator(samples, 2) { _ in 1 }
  return core + [fit[0], fit[1], 0, 0] + (kind == .opencv5 ? [0] : [])
}

/// What a lens makes of one direction: the tangent of its angle to the axis, the angle, and where it
/// is drawn, in focal lengths from the principal point.
private struct RadialSample {
  var tangent: Double
  var angle: Double
  var distorted: Double
}

/// k1 to k4 with d = a (1 + k1 a^2 + ... + k4 a^8), by least squares.
private func kannalaBrandtCoefficients(_ samples: [RadialSample]) -> [Double] {
  var matrix = Matrix(rows: samples.count, columns: 4)
  for (row, sample) in samples.enumerated() {
    let square = sample.angle * sample.angle
    var power = sample.angle
    for column in 0..<4 {
      power *= square
      matrix[row, column] = power
    }
  }
  do {
    return try LeastSquares(matrix, samples.map { $0.distorted - $0.angle }).solution
  } catch {
    return [0, 0, 0, 0]
  }
}

/// k1, k2 and so on with t (1 + k1 s + k2 s^2 + ...) = d D(s), s = t^2, by least squares.
private func numerator(
  _ samples: [RadialSample], _ terms: Int, _ denominator: (Double) -> Double
) -> [Double] {
  var matrix = Matrix(rows: samples.count, columns: terms)
  var right = Array(repeating: 0.0, count: samples.count)
  for (row, sample) in samples.enumerated() {
    let s = sample.tangent * sample.tangent
    let d = denominator(s)
    // Divided by the denominator, so that all radii count alike.
    var power = sample.tangent * s / d
    for column in 0..<terms {
      matrix[row, column] = power
      power *= s
    }
    right[row] = sample.distorted - sample.tangent / d
  }
  do {
    return try LeastSquares(matrix, right).solution
  } catch {
    return Array(repeating: 0, count: terms)
  }
}
