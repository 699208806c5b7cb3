import CameraCalibration
import Geometry
import LensModels
import LinearAlgebra

/// dᵀ C⁻¹ d with C given by its rows; nil when C has no inverse.
func squaredDistance(_ difference: [Double], _ covariance: [Double]?) -> Double? {
  let count = difference.count
  guard let covariance, covariance.count == count * count else { return nil }
  // Scaled to a unit diagonal: metres stand beside coefficients.
  let scale = (0..<count).map { 1 / covariance[$0 * (count + 1)].squareRoot() }
  var matrix = Matrix(rows: count, columns: count)
  for row in 0..<count {
    for column in 0..<count {
      matrix[row, column] = covariance[row * count + column] * scale[row] * scale[column]
    }
  }
  let scaled = zip(difference, scale).map { $0 * $1 }
  do {
    let solution = try Cholesky(matrix).solve(scaled)
    return zip(scaled, solution).reduce(0) { $0 + $1.0 * $1.1 }
  } catch {
    return nil
  }
}

/// Of all parameters of a lens.
func lensDistance(_ camera: CalibratedCamera, _ truth: Lens) -> Double? {
  guard let lens = camera.lens, lens.kind == truth.kind else { return nil }
  return squaredDistance(
    zip(lens.parameters, truth.parameters).map { $0 - $1 }, camera.certainty?.lensCovariance)
}

/// Of a camera's pose relative to the reference camera.
func poseDistance(_ camera: CalibratedCamera, _ truth: RigidTransform) -> Double? {
  guard let found = camera.referenceFromCamera else { return nil }
  let turn = (truth.rotation * found.rotation.inverse).rotationVector
  let move = truth.translation - found.translation
  return squaredDistance(
    [turn.x, turn.y, turn.z, move.x, move.y, move.z], camera.certainty?.poseCovariance)
}
