import CameraCalibration
import Geometry
import LensModels
import LinearAlgebra
import Simulation

/// How far a solved rig is from the truth, all lenses, poses and the bend together.
struct RigDistance {
  /// The square of Mahalanobis's distance, in the metric of the result's own joint covariance.
  var squared: Double
  /// Degrees of freedom: the directions that the data determine.
  var rank: Int
  /// By camera: what the errors of its lens and pose add to the square. May be negative, where they
  /// go with those of others.
  var parts: [Double]

  /// The probability of no greater distance, when uncertainties are right.
  var probability: Double { ChiSquare(freedom: rank).cumulative(squared) }

  /// Nil where nothing was solved.
  init?(_ result: CalibrationResult, _ session: SimulatedSession) {
    guard let information = result.information, information.rank > 0,
      let reference = result.cameras.firstIndex(where: { $0.referenceFromCamera == .identity })
        ?? result.cameras.firstIndex(where: { $0.lens != nil })
    else { return nil }
    let truth = session.truth
    let lenses = result.cameras.indices.map {
      lensError(result, camera: $0, truth.cameras[$0].lens, session.input)
    }
    let errors = information.unknowns.map { unknown -> Double in
      switch unknown {
      case .lens(let camera, let parameter): return lenses[camera][parameter]
      case .pose(let camera, let axis):
        guard let found = result.cameras[camera].referenceFromCamera else { return .nan }
        let pose = truth.pose(reference, from: camera)
        return axis < 3
          ? (pose.rotation * found.rotation.inverse).rotationVector[axis]
          : (pose.translation - found.translation)[axis - 3]
      case .warp(let axis):
        guard let found = result.boardWarp else { return .nan }
        return axis == 0 ? truth.board.warp.x - found.x : truth.board.warp.y - found.y
      }
    }
    squared = information.squaredDistance(of: errors)
    rank = information.rank
    parts = result.cameras.map { _ in 0 }
    for (row, unknown) in information.unknowns.enumerated() {
      let along = errors.indices.reduce(0.0) {
        $0 + information.matrix[row * errors.count + $1] * errors[$1]
      }
      switch unknown {
      case .lens(let camera, _), .pose(let camera, _): parts[camera] += errors[row] * along
      case .warp: break
      }
    }
  }
}

/// The change of a lens's parameters that does to first order what the true lens does to the
/// corners' pixels.
///
/// The plain difference of parameters will not do: the coefficients of a rational profile may be
/// off by half, as they know themselves, while no pixel is off by a tenth; so far from the truth a
/// covariance, which is of first order, says nothing of the difference, while it is right for what
/// is seen. It also allows for a lens of another model than the true one. In directions that no
/// pixel shows, the difference of the parameters is taken, where the models are the same.
private func lensError(
  _ result: CalibrationResult, camera: Int, _ truth: Lens, _ input: CalibrationInput
) -> [Double] {
  guard let lens = result.cameras[camera].lens else { return [] }
  let count = lens.parameters.count
  let sigma = max(1e-12, result.cornerNoisePixels ?? 1)
  let board = SimulatedBoard(input.board, warp: result.boardWarp ?? BoardWarp())
  var rows: [[Double]] = []
  var right: [Double] = []
  for fitted in result.views where input.views[fitted.source].camera == camera {
    for (corner, seen) in zip(input.views[fitted.source].corners, fitted.corners)
    where seen.leftOut == nil {
      let point =
        fitted.cameraFromBoard * board.position(column: corner.column, row: corner.row)
      guard let found = lens.projectWithDerivatives(point), let pixel = truth.project(point) else {
        continue
      }
      rows.append(found.xByParameters.map { $0 / sigma })
      rows.append(found.yByParameters.map { $0 / sigma })
      right.append((pixel.x - found.pixel.x) / sigma)
      right.append((pixel.y - found.pixel.y) / sigma)
    }
  }
  let sigmas = result.cameras[camera].certainty?.lensSigma ?? []
  for parameter in 0..<count {
    // A tenth of what is known of the parameter: pixels decide wherever they say anything.
    guard sigmas.indices.contains(parameter), let own = sigmas[parameter], own > 0 else { continue }
    var row = Array(repeating: 0.0, count: count)
    row[parameter] = 0.1 / own
    rows.append(row)
    right.append(
      lens.kind == truth.kind
        ? 0.1 / own * (truth.parameters[parameter] - lens.parameters[parameter]) : 0)
  }
  var scale = Array(repeating: 0.0, count: count)
  for row in rows { for (column, value) in row.enumerated() { scale[column] += value * value } }
  scale = scale.map { $0 > 0 ? 1 / $0.squareRoot() : 1 }
  var matrix = Matrix(rows: rows.count, columns: count)
  for (index, row) in rows.enumerated() {
    for (column, value) in row.enumerated() { matrix[index, column] = value * scale[column] }
  }
  do {
    return zip(try LeastSquares(matrix, right).solution, scale).map { $0 * $1 }
  } catch {
    return Array(repeating: .nan, count: count)
  }
}
