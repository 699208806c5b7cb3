import Geometry
import LinearAlgebra

/// How sure the place of one camera is relative to the others it is linked with.
///
/// Poses are kept relative to a reference camera, whose own weakness would show in all of them. So
/// uncertainty is shared out first: to the frame in which all cameras together move as little as
/// possible (the inner constraints of a free network; S. Granshaw, "Bundle adjustment methods in
/// engineering photogrammetry", Photogrammetric Record 10 (1980)).
struct RelativePlace {
  /// One standard deviation in the direction in which it is largest, metres and radians.
  var move: Double
  var turn: Double
  /// The part of the variance of the largest move that goes with the focal length of the camera's
  /// own lens, and of the largest turn that goes with its principal point: 0...1.
  var moveByFocalLength: Double
  var turnByPrincipalPoint: Double
  /// True when the largest move is along the viewing axis rather than across.
  var isAlongAxis: Bool

  /// By camera of the problem; nil for cameras linked to none, and where a pose is left open.
  static func all(_ joint: JointProblem, _ covariance: StateCovariance) -> [RelativePlace?] {
    var result: [RelativePlace?] = joint.cameras.map { _ in nil }
    for component in Set(joint.componentOfCamera).sorted() {
      let members = joint.cameras.indices.filter { joint.componentOfCamera[$0] == component }
      guard members.count > 1,
        let network = FreeNetwork(members, joint.problem, covariance)
      else { continue }
      for (index, camera) in members.enumerated() {
        result[camera] = network.place(index, camera: camera, covariance)
      }
    }
    return result
  }
}

/// The poses of linked cameras with inner constraints.
private struct FreeNetwork {
  let members: [Int]
  /// Of all poses, 6 rows and columns a camera: turn and move in camera axes.
  let covariance: Matrix
  /// What takes the share of the common motion out of steps of the poses.
  let projection: Matrix
  /// By pose unknown, its place in the layout, -1 for those of the reference camera.
  let places: [Int]

  init?(_ members: [Int], _ problem: AdjustmentProblem, _ state: StateCovariance) {
    let places = members.flatMap { state.posePlaces(camera: $0) }
    guard places.allSatisfy({ $0 < 0 || state.isDetermined[$0] }) else { return nil }
    let distances = members.map { camera -> Double in
      let own = problem.boardDistances(camera: camera)
      return own.isEmpty ? 1 : own[own.count / 2]
    }
    let length = distances.reduce(0, +) / Double(distances.count)
    // How poses change when the reference frame turns by w and moves by v: with camera_from_reference
    // (R, t), a = R w and m = R v - (R w) x t.
    var common = Matrix(rows: places.count, columns: 6)
    for (index, camera) in members.enumerated() {
      let pose = problem.cameras[camera].cameraFromReference
      let rotation = pose.rotation.matrix
      for (column, axis) in [rotation.column0, rotation.column1, rotation.column2].enumerated() {
        let move = axis.cross(pose.translation) * -1
        for row in 0..<3 {
          common[6 * index + row, column] = axis[row] * length
          common[6 * index + 3 + row, column] = move[row]
          common[6 * index + 3 + row, column + 3] = axis[row]
        }
      }
    }
    do {
      // Turns are weighed by `length`, so that both are metres.
      let span = try SingularValues(common).u
      var projection = span * span.transposed
      for column in 0..<places.count {
        for row in 0..<places.count {
          let weight = (column % 6 < 3 ? length : 1) / (row % 6 < 3 ? length : 1)
          projection[row, column] = (row == column ? 1 : 0) - projection[row, column] * weight
        }
      }
      var fixed = Matrix(rows: places.count, columns: places.count)
      for (column, b) in places.enumerated() where b >= 0 {
        for (row, a) in places.enumerated() where a >= 0 { fixed[row, column] = state.matrix[a, b] }
      }
      covariance = projection * fixed * projection.transposed
      self.projection = projection
    } catch {
      return nil
    }
    self.members = members
    self.places = places
  }

  func place(_ index: Int, camera: Int, _ state: StateCovariance) -> RelativePlace? {
    guard let turn = worst(6 * index), let move = worst(6 * index + 3) else { return nil }
    // With two cameras each gets half of what is between them; with many one gets all of its own.
    let share = Double(members.count) / Double(members.count - 1)
    let lens = state.lensPlaces(camera: camera)
    return RelativePlace(
      move: share * move.deviation, turn: share * turn.deviation,
      moveByFocalLength: explained(
        move, 6 * index + 3, by: Array(lens.prefix(2)), state),
      turnByPrincipalPoint: explained(
        turn, 6 * index, by: Array(lens.dropFirst(2).prefix(2)), state),
      isAlongAxis: abs(move.direction.z) > 0.7)
  }

  /// The direction, of three unknowns from `first` on, that is known least.
  private func worst(_ first: Int) -> (direction: Vector3, deviation: Double)? {
    var block = Matrix(rows: 3, columns: 3)
    for column in 0..<3 {
      for row in 0..<3 { block[row, column] = covariance[first + row, first + column] }
    }
    do {
      let eigen = try SymmetricEigen(block)
      return (
        Vector3(eigen.vectors[0, 2], eigen.vectors[1, 2], eigen.vectors[2, 2]),
        max(0, eigen.values[2]).squareRoot()
      )
    } catch {
      return nil
    }
  }

  /// The largest square of the correlation with one of some parameters.
  private func explained(
    _ worst: (direction: Vector3, deviation: Double), _ first: Int, by parameters: [Int],
    _ state: StateCovariance
  ) -> Double {
    var largest = 0.0
    for parameter in parameters where parameter >= 0 {
      guard let deviation = state.deviation(parameter), deviation > 0, worst.deviation > 0 else {
        continue
      }
      var together = 0.0
      for axis in 0..<3 {
        for (column, place) in places.enumerated() where place >= 0 {
          together +=
            worst.direction[axis] * projection[first + axis, column]
            * state.matrix[place, parameter]
        }
      }
      let correlation = together / (deviation * worst.deviation)
      largest = max(largest, correlation * correlation)
    }
    return min(1, largest)
  }
}
