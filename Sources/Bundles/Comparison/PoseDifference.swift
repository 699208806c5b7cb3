import Geometry
import Glibc

/// How far a camera is from where it was.
///
/// What the lenses of both differ by as a rotation is given back first: of two lenses, one may have
/// its optical axis further right and the camera be turned further left, and both see the same.
public struct PoseDifference: Encodable, Equatable, Sendable {
  /// The length of the move, metres, and the angle of the turn, radians.
  public var shifted: Double
  public var turned: Double
  /// One standard deviation of both along the worst axis, as both uncertainties let expect; nil where
  /// they are not known.
  public var shiftedSigma: Double?
  public var turnedSigma: Double?
  /// Turn and move together, in standard deviations of a normal distribution; nil where they are not
  /// known.
  public var deviations: Double?

  enum CodingKeys: String, CodingKey {
    case deviations
    case shifted = "shifted_m"
    case turned = "turned_rad"
    case shiftedSigma = "shifted_sigma_m"
    case turnedSigma = "turned_sigma_rad"
  }

  /// True for a camera that moved by more than chance and than matters.
  var hasMoved: Bool {
    deviations ?? .infinity > DifferenceThreshold.deviations
      && (turned > DifferenceThreshold.turn || shifted > DifferenceThreshold.shift)
  }

  init(_ a: KnownPose, _ b: KnownPose) {
    let turn = (b.pose.rotation * a.pose.rotation.inverse).rotationVector
    let move = b.pose.translation - a.pose.translation
    shifted = move.length
    turned = turn.length
    guard let first = a.covariance, let second = b.covariance else { return }
    let both = SymmetricSix(zip(first, second).map { $0 + $1 })
    turnedSigma = both.largestDeviation(0..<3)
    shiftedSigma = both.largestDeviation(3..<6)
    deviations = both.squaredDistance([turn.x, turn.y, turn.z, move.x, move.y, move.z]).map {
      // The cube root of chi-square is nearly normal (E. B. Wilson, M. M. Hilferty, PNAS 17 (1931)).
      let spread = 2.0 / (9 * 6)
      return (cbrt($0 / 6) - (1 - spread)) / spread.squareRoot()
    }
  }
}

/// A pose with its covariance: of w and v as in `PoseSigma`, 6 x 6, rows one after the other.
struct KnownPose {
  var pose: RigidTransform
  var covariance: [Double]?

  /// The same seen from another camera whose pose is known by itself: what both share is not taken
  /// into account, so that the uncertainty is too large rather than too small.
  func seen(from home: KnownPose) -> KnownPose {
    let toHome = home.pose.inverse
    var result = KnownPose(pose: toHome * pose)
    guard let own = covariance, let other = home.covariance else { return result }
    // w turns by R_hᵀ, and R_hᵀ (v - v_h + (t - t_h) x w_h) is the move.
    let turn = toHome.rotation.matrix
    let lever = turn * Matrix3.skew(pose.translation - home.pose.translation)
    var carriedOwn = [Double](repeating: 0, count: 36)
    var carriedOther = carriedOwn
    for row in 0..<3 {
      for column in 0..<3 {
        carriedOwn[6 * row + column] = turn[row, column]
        carriedOwn[6 * (row + 3) + column + 3] = turn[row, column]
        carriedOther[6 * row + column] = -turn[row, column]
        carriedOther[6 * (row + 3) + column + 3] = -turn[row, column]
        carriedOther[6 * (row + 3) + column] = lever[row, column]
      }
    }
    result.covariance = zip(
      Self.carried(own, by: carriedOwn), Self.carried(other, by: carriedOther)
    ).map { $0 + $1 }
    return result
  }

  /// M C Mᵀ.
  private static func carried(_ covariance: [Double], by map: [Double]) -> [Double] {
    var half = [Double](repeating: 0, count: 36)
    var result = half
    for row in 0..<6 {
      for column in 0..<6 {
        for k in 0..<6 { half[6 * row + column] += map[6 * row + k] * covariance[6 * k + column] }
      }
    }
    for row in 0..<6 {
      for column in 0..<6 {
        for k in 0..<6 { result[6 * row + column] += half[6 * row + k] * map[6 * column + k] }
      }
    }
    return result
  }
}

/// A covariance of six unknowns.
struct SymmetricSix {
  /// Rows one after the other.
  private let values: [Double]

  init(_ values: [Double]) { self.values = values }

  /// The root of the largest element of the diagonal among some.
  func largestDeviation(_ places: Range<Int>) -> Double {
    max(0, places.map { values[7 * $0] }.max() ?? 0).squareRoot()
  }

  /// dᵀ C⁻¹ d by Cholesky's factors; nil where C is not positive definite.
  func squaredDistance(_ d: [Double]) -> Double? {
    guard values.count == 36, values.allSatisfy(\.isFinite) else { return nil }
    let scale = (0..<6).map { values[7 * $0] > 0 ? 1 / values[7 * $0].squareRoot() : 0 }
    guard !scale.contains(0) else { return nil }
    var factor = [Double](repeating: 0, count: 36)
    var sum = 0.0
    var solved = [Double](repeating: 0, count: 6)
    for row in 0..<6 {
      for column in 0...row {
        var value = values[6 * row + column] * scale[row] * scale[column]
        for k in 0..<column { value -= factor[6 * row + k] * factor[6 * column + k] }
        if row == column {
          guard value > 1e-14 else { return nil }
          factor[7 * row] = value.squareRoot()
        } else {
          factor[6 * row + column] = value / factor[7 * column]
        }
      }
      var value = d[row] * scale[row]
      for k in 0..<row { value -= factor[6 * row + k] * solved[k] }
      solved[row] = value / factor[7 * row]
      sum += solved[row] * solved[row]
    }
    return sum.isFinite ? sum : nil
  }
}
