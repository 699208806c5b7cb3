import LensModels
import LinearAlgebra

/// A direction of a lens's parameters that matters, and that the data leave weak.
struct WeakLensDirection {
  /// What changes along it.
  enum Part: CaseIterable {
    /// Both focal lengths alike.
    case focalLength
    /// One focal length against the other.
    case aspect
    case principalPoint
    case distortion
  }

  /// What a step of one standard deviation does, root mean square over the use points when the
  /// camera's place follows, pixels.
  var pixels: Double
  /// One standard deviation of the focal length along this direction alone, part of it.
  var focalLength: Double
  /// The parts that move pixels most along it, the strongest first; those below a third of it are
  /// left out.
  var parts: [Part]

  /// The directions of a lens's uncertainty, the weakest first: the eigenvectors of the covariance
  /// of its parameters, when lengths are measured by what a step does to the use points.
  static func all(
    _ lens: Lens, covariance: Matrix, _ points: UsePoints
  ) -> [WeakLensDirection] {
    let count = lens.parameters.count
    do {
      let factor = try covariance.squareRootFactor()
      let effect = try SingularValues(points.byLensFollowed * factor)
      return effect.values.enumerated().map { index, value in
        let step = factor * (0..<count).map { effect.vTransposed[index, $0] }
        return WeakLensDirection(
          pixels: value / Double(points.count).squareRoot(),
          focalLength: abs(commonFocalLength(step, lens)), parts: parts(of: step, lens, points))
      }
    } catch {
      return []
    }
  }

  private static func commonFocalLength(_ step: [Double], _ lens: Lens) -> Double {
    0.5 * (step[0] / lens.parameters[0] + step[1] / lens.parameters[1])
  }

  private static func parts(of step: [Double], _ lens: Lens, _ points: UsePoints) -> [Part] {
    let common = commonFocalLength(step, lens)
    var strengths: [(part: Part, pixels: Double)] = []
    for part in Part.allCases {
      var own = Array(repeating: 0.0, count: step.count)
      switch part {
      case .focalLength:
        (own[0], own[1]) = (common * lens.parameters[0], common * lens.parameters[1])
      case .aspect:
        own[0] = step[0] - common * lens.parameters[0]
        own[1] = step[1] - common * lens.parameters[1]
      case .principalPoint: (own[2], own[3]) = (step[2], step[3])
      case .distortion:
        for index in 4..<max(4, step.count) { own[index] = step[index] }
      }
      let moved = points.byLens * own
      strengths.append((part, moved.reduce(0) { $0 + $1 * $1 }.squareRoot()))
    }
    strengths.sort { $0.pixels > $1.pixels }
    let largest = strengths[0].pixels
    return strengths.filter { 3 * $0.pixels > largest }.map(\.part)
  }
}

extension Matrix {
  /// F with F Fᵀ equal to this symmetric matrix, negative rounding taken as zero.
  func squareRootFactor() throws(LinearAlgebraError) -> Matrix {
    // Parameters differ in size by many powers of ten: a unit diagonal first.
    let scale = (0..<rows).map { self[$0, $0] > 0 ? self[$0, $0].squareRoot() : 0 }
    var unit = self
    for column in 0..<columns {
      for row in 0..<rows {
        let size = scale[row] * scale[column]
        unit[row, column] = size > 0 ? self[row, column] / size : 0
      }
    }
    let eigen = try SymmetricEigen(unit)
    var factor = eigen.vectors
    for column in 0..<columns {
      let size = max(0, eigen.values[column]).squareRoot()
      for row in 0..<rows { factor[row, column] *= size * scale[row] }
    }
    return factor
  }
}
