import Geometry
import LensModels
import LinearAlgebra

/// Points at which the certainty of a lens counts, and how their pixels move with the lens and with
/// the camera.
///
/// They lie in the directions in which corners were used, so where the lens is known from data, and
/// at three ranges: two thirds of the nearest board's distance, the median one, one and a half of the
/// farthest.
struct UsePoints {
  /// Two rows a point (x and y, pixels) by the lens's parameters.
  let byLens: Matrix
  /// The same when the camera moves to leave as little as possible.
  let byLensFollowed: Matrix
  var count: Int { byLens.rows / 2 }

  /// About this many directions are taken.
  private static let directions = 100
  private static let margin = 1.5
  /// Singular values smaller than this part of the largest are motions that no pixel shows.
  private static let smallestRatio = 1e-7

  /// Nil where the lens is impossible or nothing was seen.
  init?(_ lens: Lens, camera: Int, _ problem: AdjustmentProblem) {
    let distances = problem.boardDistances(camera: camera)
    guard let nearest = distances.first, let farthest = distances.last else { return nil }
    let ranges = [
      nearest / Self.margin, distances[distances.count / 2], farthest * Self.margin,
    ]
    var lensRows: [[Double]] = []
    var motionRows: [SIMD8<Double>] = []
    for direction in Self.sampled(problem, camera: camera) {
      for range in ranges {
        let point = direction * range
        guard let seen = lens.projectWithDerivatives(point) else { continue }
        for (parameters, gradient) in [
          (seen.xByParameters, seen.xByPoint), (seen.yByParameters, seen.yByPoint),
        ] {
          let turn = point.cross(gradient)
          let move = gradient * ranges[1]
          let motion = SIMD8(turn.x, turn.y, turn.z, move.x, move.y, move.z, 0, 0)
          guard motion.sum().isFinite, parameters.allSatisfy(\.isFinite) else { return nil }
          lensRows.append(parameters)
          motionRows.append(motion)
        }
      }
    }
    guard lensRows.count > 12 else { return nil }
    var lensMatrix = Matrix(rows: lensRows.count, columns: lens.parameters.count)
    var motion = Matrix(rows: lensRows.count, columns: 6)
    for row in lensRows.indices {
      for column in 0..<lensMatrix.columns { lensMatrix[row, column] = lensRows[row][column] }
      for column in 0..<6 { motion[row, column] = motionRows[row][column] }
    }
    do {
      let parts = try SingularValues(motion)
      let largest = parts.values.first ?? 0
      var span = parts.u
      for (column, value) in parts.values.enumerated() where value <= Self.smallestRatio * largest {
        for row in 0..<span.rows { span[row, column] = 0 }
      }
      let made = span * (span.transposed * lensMatrix)
      byLens = lensMatrix
      for index in lensMatrix.elements.indices {
        lensMatrix.elements[index] -= made.elements[index]
      }
      byLensFollowed = lensMatrix
    } catch {
      return nil
    }
  }

  /// Directions of corners used, in camera coordinates, evenly chosen.
  private static func sampled(_ problem: AdjustmentProblem, camera: Int) -> [Vector3] {
    var points: [Vector3] = []
    for view in problem.views where view.camera == camera {
      let pose = problem.cameraFromBoard(view)
      for corner in problem.corners[view.corners] where corner.weight > 0 {
        let bend = problem.warp.x * corner.bendX + problem.warp.y * corner.bendY
        points.append((pose * Vector3(corner.boardX, corner.boardY, bend)).normalized)
      }
    }
    let step = max(1, points.count / directions)
    return stride(from: 0, to: points.count, by: step).map { points[$0] }
  }
}
