import LinearAlgebra

/// How sure everything that a calibration reports is, together: the inverse of its covariance.
///
/// Where the covariance of a camera's lens (`CameraCertainty.lensCovariance`) has no value as soon
/// as one direction is left open, information has: nothing is known along that direction, and its
/// information is zero. So it can be added as it stands to the equations of a later calibration as
/// what is known of lenses and poses already, and an error can be held against it along the
/// directions that are determined.
///
/// Board poses have no place in it: they are left free, and what the unknowns here share with them
/// is taken out. The same goes for poses of cameras that are not linked to the reference camera.
package struct RigInformation: Equatable, Sendable {
  /// What a row and a column stand for.
  package enum Unknown: Equatable, Sendable {
    /// A parameter of a camera's lens: fx, fy, cx, cy (pixels), then the coefficients.
    case lens(camera: Int, parameter: Int)
    /// A small motion of `referenceFromCamera`, as in `CameraCertainty.poseCovariance`: axes 0 to 2
    /// are the turn w (radians), 3 to 5 the move v (metres).
    case pose(camera: Int, axis: Int)
    /// The bend of the board along columns (0) and rows (1), metres.
    case warp(axis: Int)
  }

  /// In this order: camera by camera of the input, as far as they have a lens, the parameters of the
  /// lens, then the pose where the camera has one and is not the reference; at the end the bend of
  /// the board, where it was solved for.
  package var unknowns: [Unknown]
  /// Symmetric, rows one after the other; in one over the product of the units of its row and
  /// column.
  package var matrix: [Double]
  /// How many independent directions of the unknowns the data determine.
  package var rank: Int

  package init(unknowns: [Unknown], matrix: [Double], rank: Int) {
    self.unknowns = unknowns
    self.matrix = matrix
    self.rank = rank
  }

  /// How far errors of the unknowns (in their order) are from zero in terms of what is known of
  /// them: the square of Mahalanobis's distance. For normal errors it is chi-square distributed with
  /// `rank` degrees of freedom.
  ///
  /// Source: P. C. Mahalanobis, "On the generalised distance in statistics" (1936).
  package func squaredDistance(of errors: [Double]) -> Double {
    precondition(errors.count == unknowns.count)
    var sum = 0.0
    for (row, error) in errors.enumerated() {
      var product = 0.0
      for (column, other) in errors.enumerated() {
        product += matrix[row * errors.count + column] * other
      }
      sum += error * product
    }
    return max(0, sum)
  }
}

extension CalibrationRun {
  /// What is known of everything in the result; nil where the corners are exact, so that nothing
  /// less than everything is known.
  func information(
    _ joint: JointProblem, _ covariance: StateCovariance
  ) -> RigInformation? {
    information(joint.cameras, joint.problem, covariance) { joint.componentOfCamera[$0] == 0 }
  }

  /// The same of a problem in whatever frame its poses are: those of the cameras (by their places in
  /// the problem) for which `hasPose` holds. `cameras` are those of the input, by place.
  func information(
    _ cameras: [Int], _ problem: AdjustmentProblem, _ covariance: StateCovariance,
    hasPose: (Int) -> Bool
  ) -> RigInformation? {
    let variance = covariance.unitDeviation * covariance.unitDeviation
    guard variance > 0 else { return nil }
    let layout = covariance.layout
    var unknowns: [RigInformation.Unknown] = []
    // By unknown: the place in the layout. Poses are turned afterwards.
    var places: [Int] = []
    var poses: [(first: Int, camera: AdjustedCamera)] = []
    let order = cameras.indices.sorted { cameras[$0] < cameras[$1] }
    for place in order {
      let source = cameras[place]
      for (parameter, column) in covariance.lensPlaces(camera: place).enumerated()
      where column >= 0 {
        unknowns.append(.lens(camera: source, parameter: parameter))
        places.append(column)
      }
      let camera = problem.cameras[place]
      guard camera.poseIsFree, hasPose(place) else { continue }
      poses.append((places.count, camera))
      unknowns += (0..<6).map { .pose(camera: source, axis: $0) }
      places += covariance.posePlaces(camera: place)
    }
    if problem.warpIsFree {
      unknowns += [.warp(axis: 0), .warp(axis: 1)]
      places += [layout.count - 2, layout.count - 1]
    }
    let others = Set(0..<layout.count).subtracting(places).sorted()
    guard let marginal = covariance.information.marginal(places, without: others) else {
      return nil
    }
    var matrix = marginal.matrix
    for (first, camera) in poses { matrix.turnPose(at: first, camera) }
    for index in matrix.elements.indices { matrix.elements[index] /= variance }
    return RigInformation(
      unknowns: unknowns, matrix: matrix.elements, rank: covariance.rank - marginal.rankTaken)
  }
}

extension Matrix {
  /// The information of the unknowns at `kept` when those at `others` may be anything: Schur's
  /// complement, with directions of the others that are left open taking nothing.
  /// Also how many directions of the others are determined.
  func marginal(
    _ kept: [Int], without others: [Int]
  ) -> (matrix: Matrix, rankTaken: Int)? {
    var result = Matrix(rows: kept.count, columns: kept.count)
    for (column, b) in kept.enumerated() {
      for (row, a) in kept.enumerated() { result[row, column] = self[a, b] }
    }
    guard !others.isEmpty else { return (result, 0) }
    let scale = others.map { self[$0, $0] > 0 ? 1 / self[$0, $0].squareRoot() : 1 }
    var inner = Matrix(rows: others.count, columns: others.count)
    var coupling = Matrix(rows: kept.count, columns: others.count)
    for (column, b) in others.enumerated() {
      for (row, a) in others.enumerated() {
        inner[row, column] = self[a, b] * scale[row] * scale[column]
      }
      for (row, a) in kept.enumerated() { coupling[row, column] = self[a, b] * scale[column] }
    }
    do {
      let eigen = try SymmetricEigen(inner)
      var factor = coupling * eigen.vectors
      for (column, value) in eigen.values.enumerated() {
        let size = value > StateCovariance.smallestEigenvalue ? 1 / value.squareRoot() : 0
        for row in 0..<kept.count { factor[row, column] *= size }
      }
      let taken = factor * factor.transposed
      for index in result.elements.indices { result.elements[index] -= taken.elements[index] }
      return (result, eigen.values.count { $0 > StateCovariance.smallestEigenvalue })
    } catch {
      return nil
    }
  }

  /// From the adjustment's turn a and move m of camera_from_reference in camera axes to those of
  /// reference_from_camera, w = -Q a and v = -Q m with Q its rotation (see `poseCovariance`): rows
  /// and columns from `first` on are multiplied by Q. The signs cancel among poses, and change
  /// between poses and the rest.
  fileprivate mutating func turnPose(at first: Int, _ camera: AdjustedCamera) {
    let rotation = camera.cameraFromReference.rotation.inverse.matrix
    for part in [first, first + 3] {
      for other in 0..<columns {
        let old = (0..<3).map { self[part + $0, other] }
        for row in 0..<3 {
          self[part + row, other] =
            -(0..<3).reduce(0) { $0 + rotation[row, $1] * old[$1] }
        }
      }
      for other in 0..<rows {
        let old = (0..<3).map { self[other, part + $0] }
        for column in 0..<3 {
          self[other, part + column] =
            -(0..<3).reduce(0) { $0 + rotation[column, $1] * old[$1] }
        }
      }
    }
  }
}
