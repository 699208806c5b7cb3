import Geometry
import Glibc
import LinearAlgebra

/// A camera with a solved place and a nominal one.
struct PlacedCamera: Equatable {
  /// Index into the input's cameras.
  var camera: Int
  /// In the cart where it is known, else in any frame common to all.
  var frameFromCamera: RigidTransform
  var nominal: NominalPlace

  /// How far `cartFromCamera` is from a nominal place: metres, and radians.
  static func distance(
    _ cartFromCamera: RigidTransform, _ place: NominalPlace
  ) -> (move: Double, turn: Double) {
    (
      (cartFromCamera.translation - place.cartFromCamera.translation).length,
      (place.cartFromCamera.rotation.inverse * cartFromCamera.rotation).angle
    )
  }

  /// The same in standard deviations, squared and added: tolerances are two of them.
  static func squaredDistance(_ cartFromCamera: RigidTransform, _ place: NominalPlace) -> Double {
    let (move, turn) = distance(cartFromCamera, place)
    let (a, b) = (2 * move / place.positionTolerance, 2 * turn / place.angleTolerance)
    return a * a + b * b
  }
}

/// The cart frame that brings cameras nearest to their nominal places.
struct NominalFit {
  /// cart_from_frame, the frame being that of the cameras' poses.
  private(set) var cartFromFrame: RigidTransform
  /// Covariance of a turn w and a move v of `cartFromFrame`, both about the cart's origin: R = exp(w)
  /// R', t = exp(w) t' + v.
  private(set) var covariance: Matrix?
  /// Sum of the cameras' distances, as they count: large ones hardly more than `cap`.
  private(set) var cost: Double

  /// A camera further off than this many squared standard deviations, in two times three
  /// directions, is off for a reason of its own and does not pull the others with it.
  private static let cap = 36.0

  /// Nil without cameras. `places` are the nominal places to use, in the order of `cameras`.
  init?(_ cameras: [PlacedCamera], places: [NominalPlace]) {
    precondition(cameras.count == places.count)
    var best: (pose: RigidTransform, cost: Double)?
    for (camera, place) in zip(cameras, places) {
      let pose = place.cartFromCamera * camera.frameFromCamera.inverse
      let cost = Self.cost(pose, cameras, places)
      if cost < best?.cost ?? .infinity { best = (pose, cost) }
    }
    guard let best else { return nil }
    (cartFromFrame, cost) = best
    for _ in 0..<20 {
      guard let equations = Self.equations(cartFromFrame, cameras, places) else { break }
      covariance = equations.covariance
      let step = equations.step
      let turn = Rotation(rotationVector: Vector3(step[0], step[1], step[2]))
      let moved = RigidTransform(
        rotation: turn * cartFromFrame.rotation,
        translation: turn * cartFromFrame.translation + Vector3(step[3], step[4], step[5]))
      let cost = Self.cost(moved, cameras, places)
      guard cost < self.cost else { break }
      let isDone = self.cost - cost < 1e-9 * cost
      (cartFromFrame, self.cost) = (moved, cost)
      if isDone { break }
    }
  }

  /// Cauchy's loss: about the squared distance while that is below `cap`, hardly more beyond.
  private static func cost(
    _ cartFromFrame: RigidTransform, _ cameras: [PlacedCamera], _ places: [NominalPlace]
  ) -> Double {
    zip(cameras, places).reduce(0) { sum, pair in
      let square = PlacedCamera.squaredDistance(cartFromFrame * pair.0.frameFromCamera, pair.1)
      return sum + cap * log1p(square / cap)
    }
  }

  private static func equations(
    _ cartFromFrame: RigidTransform, _ cameras: [PlacedCamera], _ places: [NominalPlace]
  ) -> (step: [Double], covariance: Matrix)? {
    var normal = Matrix(rows: 6, columns: 6)
    var right = Array(repeating: 0.0, count: 6)
    for (camera, place) in zip(cameras, places) {
      let pose = cartFromFrame * camera.frameFromCamera
      let weight = 1 / (1 + PlacedCamera.squaredDistance(pose, place) / cap)
      let move = pose.translation - place.cartFromCamera.translation
      let turn = (pose.rotation * place.cartFromCamera.rotation.inverse).rotationVector
      let (forMove, forTurn) = (2 / place.positionTolerance, 2 / place.angleTolerance)
      // d(move) = v - [t]x w; d(turn) = w.
      let lever = Matrix3.skew(pose.translation)
      for axis in 0..<3 {
        var row = Array(repeating: 0.0, count: 6)
        for other in 0..<3 { row[other] = -lever[axis, other] * forMove }
        row[3 + axis] = forMove
        add(row, move[axis] * forMove, weight, &normal, &right)
        row = Array(repeating: 0.0, count: 6)
        row[axis] = forTurn
        add(row, turn[axis] * forTurn, weight, &normal, &right)
      }
    }
    do {
      let cholesky = try Cholesky(normal)
      return (cholesky.solve(right.map { -$0 }), cholesky.inverse())
    } catch {
      return nil
    }
  }

  private static func add(
    _ row: [Double], _ residual: Double, _ weight: Double, _ normal: inout Matrix,
    _ right: inout [Double]
  ) {
    for i in 0..<6 {
      for j in 0..<6 { normal[i, j] += weight * row[i] * row[j] }
      right[i] += weight * row[i] * residual
    }
  }
}
