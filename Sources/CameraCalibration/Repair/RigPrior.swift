import Geometry
import Glibc
import LinearAlgebra

/// What is known of lenses, camera poses and the board's bend before any picture: expected values
/// and their information, the inverse of their joint covariance.
///
/// With d how far the unknowns are from what is expected, it adds dᵀ `matrix` d to the cost. Of a
/// pose, d is (w, v), the turn in radians and the move in metres, in the axes of the frame of the
/// poses: R = exp(w) R', t = t' + v, R' and t' being the pose expected.
///
/// A rig is known in some frame: the cart, or a camera of its own. Which one does not matter to what
/// cameras see of each other: `relative` gives the same knowledge of the other cameras' poses in a
/// camera's frame, whatever is known of that frame itself.
struct RigPrior: Equatable, Sendable {
  typealias Unknown = RigInformation.Unknown

  /// The three axes of the turn of a camera's pose stand together, then those of the move.
  private(set) var unknowns: [Unknown]
  private(set) var matrix: Matrix
  private var parameters: [Int: [Double]]
  private var poses: [Int: RigidTransform]
  private let warp: BoardWarp

  /// A pose that is known exactly is given these deviations, radians and metres: far less than any
  /// that matters, and not so little that rounding would.
  private static let exact = 1e-6

  /// What is known of the cameras of a stored rig that are still there, in its own frame.
  init?(_ stored: StoredRig) {
    let own = stored.information
    var unknowns = own.unknowns
    var size = unknowns.count
    // A camera whose frame is the rig's has no unknowns.
    var exactCamera: Int?
    if case .reference(let camera) = stored.frame, !stored.replaced.contains(camera) {
      exactCamera = camera
      unknowns += (0..<6).map { .pose(camera: camera, axis: $0) }
      size += 6
    }
    var matrix = Matrix(rows: size, columns: size)
    for row in own.unknowns.indices {
      for column in own.unknowns.indices {
        matrix[row, column] = own.matrix[row * own.unknowns.count + column]
      }
    }
    if exactCamera != nil {
      for index in own.unknowns.count..<size {
        matrix[index, index] = 1 / (Self.exact * Self.exact)
      }
    }
    self.init(
      unknowns, matrix, parameters: stored.held.mapValues(\.lens.parameters),
      poses: stored.held.mapValues(\.frameFromCamera), warp: stored.warp)
    let kept = unknowns.indices.filter { place in
      switch unknowns[place] {
      case .lens(let camera, _), .pose(let camera, _): stored.held[camera] != nil
      case .warp: true
      }
    }
    guard let known = keeping(kept) else { return nil }
    self = known
  }

  private init(
    _ unknowns: [Unknown], _ matrix: Matrix, parameters: [Int: [Double]],
    poses: [Int: RigidTransform], warp: BoardWarp
  ) {
    self.unknowns = unknowns
    self.matrix = matrix
    self.parameters = parameters
    self.poses = poses
    self.warp = warp
  }

  /// The first place of a camera's pose; nil where nothing is known of it.
  private func posePlace(_ camera: Int) -> Int? {
    unknowns.firstIndex(of: .pose(camera: camera, axis: 0))
  }

  /// The cameras of whose poses something is known, ascending.
  var placedCameras: [Int] {
    unknowns.compactMap { if case .pose(let camera, 0) = $0 { camera } else { nil } }.sorted()
  }

  /// How many independent directions are known.
  var rank: Int {
    var scaled = matrix
    let scale = matrix.diagonalScale
    for column in 0..<matrix.columns {
      for row in 0..<matrix.rows { scaled[row, column] *= scale[row] * scale[column] }
    }
    do {
      return try SymmetricEigen(scaled).values.count { $0 > StateCovariance.smallestEigenvalue }
    } catch {
      return 0
    }
  }

  // MARK: knowing less

  /// The same of some of the unknowns, whatever the others are.
  private func keeping(_ kept: [Int]) -> RigPrior? {
    let others = Set(unknowns.indices).subtracting(kept).sorted()
    guard let rest = matrix.marginal(kept, without: others)?.matrix else { return nil }
    var result = self
    result.unknowns = kept.map { unknowns[$0] }
    result.matrix = rest
    return result
  }

  private func without(_ isLeftOut: (Unknown) -> Bool) -> RigPrior? {
    keeping(unknowns.indices.filter { !isLeftOut(unknowns[$0]) })
  }

  /// The same when a camera may have moved.
  func withoutPose(of camera: Int) -> RigPrior? {
    without { if case .pose(camera, _) = $0 { true } else { false } }
  }

  /// The same when a camera may have another lens.
  func withoutLens(of camera: Int) -> RigPrior? {
    without { if case .lens(camera, _) = $0 { true } else { false } }
  }

  /// The same with another board.
  var withoutWarp: RigPrior? { without { if case .warp = $0 { true } else { false } } }

  /// The same when every camera may have moved a little, by normal errors of these deviations:
  /// radians and metres.
  func loosened(turn: Double, move: Double) -> RigPrior? {
    let poses = unknowns.indices.filter { if case .pose = unknowns[$0] { true } else { false } }
    let count = unknowns.count
    // What is expected is x - e, with motions e of which only their size is known.
    var both = Matrix(rows: count + poses.count, columns: count + poses.count)
    for column in 0..<count {
      for row in 0..<count { both[row, column] = matrix[row, column] }
    }
    for (motion, pose) in poses.enumerated() {
      for row in 0..<count {
        both[row, count + motion] = -matrix[row, pose]
        both[count + motion, row] = -matrix[row, pose]
      }
      for (other, second) in poses.enumerated() {
        both[count + other, count + motion] = matrix[second, pose]
      }
      guard case .pose(_, let axis) = unknowns[pose] else { continue }
      let sigma = axis < 3 ? turn : move
      both[count + motion, count + motion] += 1 / (sigma * sigma)
    }
    let motions = Array(count..<(count + poses.count))
    guard let rest = both.marginal(Array(0..<count), without: motions)?.matrix else { return nil }
    var result = self
    result.matrix = rest
    return result
  }

  /// The same knowledge of where the other cameras are in the frame of one of them.
  ///
  /// With w and v the turn and move of a camera in the frame of the rig, R and t its pose, and h the
  /// one that the rest is relative to, its relative pose turns by R_hᵀ (w - w_h) and moves by
  /// R_hᵀ (v - v_h + (t - t_h) x w_h). So the poses in the rig's frame follow from those relative to
  /// h and a motion of h, and that motion may be anything.
  func relative(to reference: Int) -> RigPrior? {
    guard let home = poses[reference] else { return nil }
    let turn = home.rotation.matrix
    let kept = unknowns.filter { if case .pose(reference, _) = $0 { false } else { true } }
    var places: [Int] = []
    var map = Matrix(rows: unknowns.count, columns: kept.count + 6)
    for (row, unknown) in unknowns.enumerated() {
      switch unknown {
      case .lens, .warp:
        places.append(row)
        map[row, places.count - 1] = 1
      case .pose(let camera, let axis):
        guard let pose = poses[camera] else { return nil }
        let motion = kept.count
        map[row, motion + axis] = 1
        if axis >= 3 {
          let lever = Matrix3.skew(pose.translation - home.translation)
          for column in 0..<3 { map[row, motion + column] = -lever[axis - 3, column] }
        }
        guard camera != reference else { continue }
        places.append(row)
        let first = places.count - 1 - axis % 3
        for column in 0..<3 { map[row, first + column] = turn[axis % 3, column] }
      }
    }
    let all = map.transposed * (matrix * map)
    let others = Array(kept.count..<(kept.count + 6))
    guard let rest = all.marginal(Array(0..<kept.count), without: others)?.matrix else {
      return nil
    }
    let toReference = home.inverse
    return RigPrior(
      kept, rest, parameters: parameters, poses: poses.mapValues { toReference * $0 }, warp: warp)
  }

  /// The same with cameras called by other indices; those without one are left out.
  func renumbered(_ index: [Int: Int]) -> RigPrior? {
    func isKnown(_ unknown: Unknown) -> Bool {
      switch unknown {
      case .lens(let camera, _), .pose(let camera, _): index[camera] != nil
      case .warp: true
      }
    }
    guard var result = without({ !isKnown($0) }) else { return nil }
    result.unknowns = result.unknowns.map { unknown in
      switch unknown {
      case .lens(let camera, let parameter):
        .lens(camera: index[camera] ?? camera, parameter: parameter)
      case .pose(let camera, let axis): .pose(camera: index[camera] ?? camera, axis: axis)
      case .warp: unknown
      }
    }
    func renamed<Value>(_ values: [Int: Value]) -> [Int: Value] {
      Dictionary(
        uniqueKeysWithValues: values.compactMap { camera, value in index[camera].map { ($0, value) }
        })
    }
    result.parameters = renamed(parameters)
    result.poses = renamed(poses)
    return result
  }

  /// The same as an adjustment takes it whose observations of weight 1 have this deviation.
  func weighted(by unitDeviation: Double) -> RigPrior {
    var result = self
    let variance = unitDeviation * unitDeviation
    for index in result.matrix.elements.indices { result.matrix.elements[index] *= variance }
    return result
  }

  // MARK: in an adjustment

  /// By unknown: how far a problem, whose cameras are called as here, is from what is expected.
  func distances(_ problem: AdjustmentProblem) -> [Double] {
    var motions: [Int: [Double]] = [:]
    return unknowns.map { unknown in
      switch unknown {
      case .lens(let camera, let parameter):
        return problem.cameras[camera].parameters[parameter]
          - (parameters[camera]?[parameter] ?? 0)
      case .warp(let axis): return axis == 0 ? problem.warp.x - warp.x : problem.warp.y - warp.y
      case .pose(let camera, let axis):
        let motion = motions[camera] ?? motion(of: camera, problem)
        motions[camera] = motion
        return motion[axis]
      }
    }
  }

  private func motion(of camera: Int, _ problem: AdjustmentProblem) -> [Double] {
    guard let expected = poses[camera] else { return Array(repeating: 0, count: 6) }
    let present = problem.cameras[camera].cameraFromReference.inverse
    let turn = (present.rotation * expected.rotation.inverse).rotationVector
    let move = present.translation - expected.translation
    return [turn.x, turn.y, turn.z, move.x, move.y, move.z]
  }

  func cost(_ problem: AdjustmentProblem) -> Double {
    let distances = self.distances(problem)
    let products = matrix * distances
    return max(0, zip(distances, products).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Adds its part of the normal equations: the lower triangle of `normal`, and half the gradient.
  func add(
    to normal: inout Matrix, _ gradient: inout [Double], _ problem: AdjustmentProblem,
    _ layout: StateLayout
  ) {
    let distances = self.distances(problem)
    var products = matrix * distances
    var own = matrix
    for (first, unknown) in unknowns.enumerated() {
      guard case .pose(let camera, 0) = unknown else { continue }
      // The adjustment turns and moves camera_from_reference by a and m in camera axes. With Q the
      // rotation of the inverse, that moves the pose here by v = -Q m, and turns it by -Q a, which
      // changes w by J⁻¹(w) times that.
      let rotation = problem.cameras[camera].cameraFromReference.rotation.inverse.matrix * -1
      let w = Vector3(distances[first], distances[first + 1], distances[first + 2])
      own.transform(first, by: inverseLeftJacobian(w) * rotation, &products)
      own.transform(first + 3, by: rotation, &products)
    }
    let places = unknowns.map { layout.place(of: $0) }
    for (i, place) in places.enumerated() where place >= 0 {
      gradient[place] += products[i]
      for (j, other) in places.enumerated() where other >= 0 && other <= place {
        normal[place, other] += own[i, j]
      }
    }
  }
}

/// The inverse of the left Jacobian of rotations: log(exp(d) exp(w)) = w + J⁻¹(w) d, to first order.
///
/// Source: T. D. Barfoot, "State Estimation for Robotics" (2017), section 7.1.5.
private func inverseLeftJacobian(_ w: Vector3) -> Matrix3 {
  let angle = w.length
  let skew = Matrix3.skew(w)
  // (1 - (t/2) cot(t/2)) / t^2 with the angle t.
  let half = 0.5 * angle
  let factor = angle < 1e-3 ? 1.0 / 12 : (1 - half * cos(half) / sin(half)) / (angle * angle)
  return Matrix3.identity + skew * -0.5 + skew * skew * factor
}

extension Matrix {
  /// By row: one over the root of the diagonal's element, 1 where that is not positive.
  fileprivate var diagonalScale: [Double] {
    (0..<rows).map { self[$0, $0] > 0 ? 1 / self[$0, $0].squareRoot() : 1 }
  }

  /// Of three unknowns from `first` on, d = M c: puts c in the place of d in a symmetric matrix and
  /// in its products.
  fileprivate mutating func transform(
    _ first: Int, by map: Matrix3, _ products: inout [Double]
  ) {
    let old = (0..<3).map { products[first + $0] }
    for column in 0..<3 {
      products[first + column] = (0..<3).reduce(0) { $0 + map[$1, column] * old[$1] }
    }
    for other in 0..<columns {
      let old = (0..<3).map { self[first + $0, other] }
      for column in 0..<3 {
        self[first + column, other] = (0..<3).reduce(0) { $0 + map[$1, column] * old[$1] }
      }
    }
    for other in 0..<rows {
      let old = (0..<3).map { self[other, first + $0] }
      for column in 0..<3 {
        self[other, first + column] = (0..<3).reduce(0) { $0 + map[$1, column] * old[$1] }
      }
    }
  }
}

extension StateLayout {
  /// The place of an unknown of a prior, -1 where it is held.
  fileprivate func place(of unknown: RigInformation.Unknown) -> Int {
    switch unknown {
    case .lens(let camera, let parameter):
      let own = places[camera]
      return parameter < own.count - 8 ? own[parameter] : -1
    case .pose(let camera, let axis):
      let own = places[camera]
      return own[own.count - 8 + axis]
    case .warp(let axis):
      guard let own = places.first else { return -1 }
      return own[own.count - 2 + axis]
    }
  }
}
