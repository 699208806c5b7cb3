import Execution
import Geometry
import LensModels
import LinearAlgebra

/// How sure all cameras of a joint problem are together.
struct JointCertainty {
  /// Nil when the equations cannot be set up, or residuals do not outnumber unknowns.
  var covariance: StateCovariance?
  /// By camera of the problem.
  var crossValidation: [CrossValidationDifference?]
}

extension CalibrationRun {
  func jointCertainty(_ joint: JointProblem) -> JointCertainty {
    let covariance = StateCovariance(
      joint.problem, isTrimmed: options.rejectsOutliers, threads: options.threads)
    guard let covariance else {
      return JointCertainty(
        covariance: nil, crossValidation: joint.cameras.map { _ in nil })
    }
    let halves = solveHalves(
      joint.problem, unitDeviation: covariance.unitDeviation,
      sizes: joint.cameras.map { (input.cameras[$0].width, input.cameras[$0].height) },
      threads: options.threads)
    let differences = joint.cameras.indices.map { place -> CrossValidationDifference? in
      guard let even = halves[0][place], let odd = halves[1][place] else { return nil }
      return CrossValidationDifference(even, odd)
    }
    return JointCertainty(covariance: covariance, crossValidation: differences)
  }

  /// How sure one camera is, by its place in the joint problem. `hasPose` when its pose relative to
  /// the reference camera is part of the result.
  func certainty(
    camera place: Int, _ lens: Lens, hasPose: Bool, _ joint: JointProblem,
    _ certainty: JointCertainty
  ) -> CameraCertainty {
    let coverage = self.coverage(place, lens, joint)
    guard let covariance = certainty.covariance else {
      return CameraCertainty(
        lensSigma: lens.parameters.map { _ in nil }, lensCovariance: nil, poseCovariance: nil,
        coverage: coverage)
    }
    let places = covariance.lensPlaces(camera: place)
    let block = covariance.block(places)
    return CameraCertainty(
      lensSigma: places.map { covariance.deviation($0) }, lensCovariance: block?.elements,
      poseCovariance: hasPose
        ? poseCovariance(place, joint.problem.cameras[place], covariance)?.elements : nil,
      coverage: coverage,
      projection: block.flatMap { block in
        ProjectionUncertainty(
          lens, covariance: block, coverage: coverage,
          boardDistances: joint.problem.boardDistances(camera: place))
      }, crossValidation: certainty.crossValidation[place])
  }

  /// The covariance of a camera's pose in the frame that `camera` is placed in; zeros where it is
  /// held, nil where it is left open. See `CameraCertainty.poseCovariance`.
  func poseCovariance(
    _ place: Int, _ camera: AdjustedCamera, _ covariance: StateCovariance
  ) -> Matrix? {
    guard camera.poseIsFree else { return Matrix(rows: 6, columns: 6) }
    guard let own = covariance.block(covariance.posePlaces(camera: place)) else { return nil }
    // The adjustment turns and moves camera_from_reference in camera axes by a and m:
    // R -> exp(a) R, t -> exp(a) t + m. Its inverse, with rotation Q, then turns by w = -Q a and
    // moves by v = -Q m, to first order. The signs cancel in the covariance.
    let rotation = camera.cameraFromReference.rotation.inverse.matrix
    var turn = Matrix(rows: 6, columns: 6)
    for row in 0..<3 {
      for column in 0..<3 {
        turn[row, column] = rotation[row, column]
        turn[row + 3, column + 3] = rotation[row, column]
      }
    }
    return turn * own * turn.transposed
  }
}

extension AdjustmentProblem {
  /// The distances of the boards' middles that a camera sees, metres, ascending.
  func boardDistances(camera: Int) -> [Double] {
    views.filter { $0.camera == camera && isUsed($0) }
      .map { (cameraFromBoard($0) * boardCentre).length }.sorted()
  }
}
