/// How sure one camera's lens and place are, as far as noise of the corners goes: errors of the
/// model are outside all covariances.
package struct CameraCertainty: Equatable, Sendable {
  /// One standard deviation of fx, fy, cx, cy (pixels) and the distortion coefficients; nil where
  /// the data leave the parameter open.
  package var lensSigma: [Double?]
  /// The covariance of the lens's parameters in their order, rows one after the other; nil when
  /// one of them is left open.
  package var lensCovariance: [Double]?
  /// The covariance of `referenceFromCamera`, 6 x 6, rows one after the other: of w (radians), then
  /// v (metres), in the axes of the reference camera, where the true pose is R = exp(w) R' and
  /// t = t' + v, R' and t' being the pose found. Zeros for the reference camera; nil where the pose
  /// is unknown or left open.
  package var poseCovariance: [Double]?
  package var coverage: PictureCoverage
  /// Nil when the lens is left open, or too few cells are covered.
  package var projection: ProjectionUncertainty?
  /// Nil when a half of the frames leaves the lens open, or covers too little.
  package var crossValidation: CrossValidationDifference?

  package init(
    lensSigma: [Double?], lensCovariance: [Double]?, poseCovariance: [Double]?,
    coverage: PictureCoverage, projection: ProjectionUncertainty? = nil,
    crossValidation: CrossValidationDifference? = nil
  ) {
    self.lensSigma = lensSigma
    self.lensCovariance = lensCovariance
    self.poseCovariance = poseCovariance
    self.coverage = coverage
    self.projection = projection
    self.crossValidation = crossValidation
  }

  /// One standard deviation of w (radians) and v (metres); see `poseCovariance`.
  package var poseSigma: [Double]? {
    poseCovariance.map { covariance in
      (0..<6).map { max(0, covariance[7 * $0]).squareRoot() }
    }
  }
}
