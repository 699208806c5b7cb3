import CameraCalibration
import Geometry
import LensModels
import Simulation

/// How far one solved camera is from the truth in what it is used for. Says something also where its
/// lens is of another model than the true one.
struct CameraErrors {
  /// Root mean square over the cells with ten corners or more of the distance between where both
  /// lenses see a far point, after the best rotation, pixels; and in terms of the stated sigmas.
  var pixels: Double
  var pixelsInSigmas: Double
  /// Of the place relative to the reference camera, metres and radians, and in terms of the stated
  /// covariance (square of Mahalanobis's distance, 6 degrees of freedom).
  var move: Double
  var turn: Double
  var squaredPoseDistance: Double

  /// A lens may be half a pixel off, or as far as it says itself.
  private static let allowedPixels = 0.5
  private static let allowedSigmas = 3.0
  private static let allowedMove = 5e-3
  private static let allowedTurn = 5e-3
  /// Once in a million: chi-square with 6 degrees of freedom; doubled for what another lens model
  /// does to a pose.
  private static let allowedPoseDistance = 2 * 38.3

  var isWrong: Bool {
    let lens = pixels > Self.allowedPixels && pixelsInSigmas > Self.allowedSigmas
    let place = move > Self.allowedMove || turn > Self.allowedTurn
    return lens || (place && squaredPoseDistance > Self.allowedPoseDistance)
  }

  /// Nil where lens or place was not found.
  init?(_ camera: CalibratedCamera, truth: Lens, referenceFromCamera: RigidTransform) {
    guard let found = camera.referenceFromCamera, let coverage = camera.certainty?.coverage else {
      return nil
    }
    let cells = coverage.counts.indices.filter { coverage.counts[$0] >= 10 }
    guard let errors = camera.projectionErrors(against: truth, cells: cells), !errors.isEmpty else {
      return nil
    }
    func rootMean(_ values: [Double]) -> Double {
      (values.reduce(0, +) / Double(max(1, values.count))).squareRoot()
    }
    pixels = rootMean(errors.map { $0.error.dot($0.error) })
    pixelsInSigmas = rootMean(errors.compactMap { $0.squaredDistance.map { 0.5 * $0 } })
    let apart = referenceFromCamera.inverse * found
    move = apart.translation.length
    turn = apart.rotation.angle
    squaredPoseDistance = poseDistance(camera, referenceFromCamera) ?? 0
  }
}
