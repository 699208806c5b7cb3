import Geometry
import LensModels
import LinearAlgebra

/// The small motion of a camera that makes good, as far as one can, a small change of its lens.
///
/// A change d of the lens's parameters moves the pixel of a fixed point by J d; a motion m (a
/// rotation vector about the camera, then a translation) of the points in camera axes moves it by
/// M m. The motion m = -G d with G = M^+ J, all pixels stacked, leaves least.
struct PoseFollowingLens {
  /// G, by parameter: 3 rows (rotation, radians) where only infinity is fitted, else 6 (rotation,
  /// translation in units of `unit`).
  private let motionByParameters: Matrix
  /// What a translation of 1 means, metres.
  private let unit: Double

  /// Singular values smaller than this part of the largest are motions that no pixel shows.
  private static let smallestRatio = 1e-7

  /// Fits over some pixels, for points at each of the ranges (metres; nil for infinity, and then
  /// it is the only one). Nil when the pixels do not determine a rotation.
  init?(_ lens: Lens, pixels: [Vector2], ranges: [Double?]) {
    let unit = ranges.compactMap { $0 }.max() ?? 1
    self.unit = unit
    let finite = ranges.allSatisfy { $0 != nil }
    let rows = pixels.flatMap { pixel in
      ranges.compactMap { PixelRows(lens, pixel: pixel, range: $0, unit: unit) }
    }
    let columns = finite ? 6 : 3
    // Twice as many equations as unknowns: with fewer a motion makes nearly everything good.
    guard unit > 0, rows.count >= columns else { return nil }
    var motion = Matrix(rows: 2 * rows.count, columns: columns)
    var lensRows = Matrix(rows: 2 * rows.count, columns: lens.parameters.count)
    for (index, row) in rows.enumerated() {
      for column in 0..<columns {
        motion[2 * index, column] = row.xByMotion[column]
        motion[2 * index + 1, column] = row.yByMotion[column]
      }
      for column in 0..<lens.parameters.count {
        lensRows[2 * index, column] = row.xByParameters[column]
        lensRows[2 * index + 1, column] = row.yByParameters[column]
      }
    }
    do {
      let parts = try SingularValues(motion)
      let largest = parts.values.first ?? 0
      guard largest > 0, parts.values[2] > Self.smallestRatio * largest else { return nil }
      var projected = parts.u.transposed * lensRows
      for (row, value) in parts.values.enumerated() {
        let factor = value > Self.smallestRatio * largest ? 1 / value : 0
        for column in 0..<projected.columns { projected[row, column] *= factor }
      }
      motionByParameters = parts.vTransposed.transposed * projected
    } catch {
      return nil
    }
  }

  /// The covariance of the pixel at which a point is seen, when the place follows the lens; nil
  /// where the lens sees nothing. `covariance` is that of the lens's parameters.
  func covariance(
    _ lens: Lens, pixel: Vector2, range: Double?, _ covariance: Matrix
  ) -> PixelCovariance? {
    guard let rows = PixelRows(lens, pixel: pixel, range: range, unit: unit) else { return nil }
    var x = rows.xByParameters
    var y = rows.yByParameters
    for column in x.indices {
      for row in 0..<motionByParameters.rows {
        x[column] -= rows.xByMotion[row] * motionByParameters[row, column]
        y[column] -= rows.yByMotion[row] * motionByParameters[row, column]
      }
    }
    var result = PixelCovariance(xx: 0, xy: 0, yy: 0)
    for j in x.indices {
      var (sumX, sumY) = (0.0, 0.0)
      for i in x.indices {
        sumX += x[i] * covariance[i, j]
        sumY += y[i] * covariance[i, j]
      }
      result.xx += sumX * x[j]
      result.xy += sumX * y[j]
      result.yy += sumY * y[j]
    }
    // Rounding may leave a little less than nothing.
    result.xx = max(0, result.xx)
    result.yy = max(0, result.yy)
    return result.trace.isFinite ? result : nil
  }
}

/// How one pixel moves with the lens and with the points before it.
private struct PixelRows {
  var xByParameters: [Double]
  var yByParameters: [Double]
  /// Rotation about the camera (radians), then translation (units).
  var xByMotion: SIMD8<Double>
  var yByMotion: SIMD8<Double>

  /// For the point seen at `pixel` from `range` metres (nil: infinity). Nil when the lens sees
  /// nothing there.
  init?(_ lens: Lens, pixel: Vector2, range: Double?, unit: Double) {
    guard let direction = lens.unproject(pixel),
      let seen = lens.projectWithDerivatives(direction * (range ?? 1))
    else { return nil }
    xByParameters = seen.xByParameters
    yByParameters = seen.yByParameters
    let point = direction * (range ?? 1)
    let scale = range == nil ? 0 : unit
    func motion(_ gradient: Vector3) -> SIMD8<Double> {
      // gradient (w x p) = w (p x gradient).
      let turn = point.cross(gradient)
      return SIMD8(
        turn.x, turn.y, turn.z, scale * gradient.x, scale * gradient.y, scale * gradient.z, 0, 0)
    }
    xByMotion = motion(seen.xByPoint)
    yByMotion = motion(seen.yByPoint)
    let numbers = xByParameters + yByParameters
    guard numbers.allSatisfy(\.isFinite), xByMotion.sum().isFinite, yByMotion.sum().isFinite
    else { return nil }
  }
}
