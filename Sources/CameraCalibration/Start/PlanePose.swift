import Geometry

/// camera_from_board of a flat board from the directions in which its corners are seen.
///
/// `directions` are unit vectors in camera coordinates, one for each corner; corners without
/// weight, and directions that are NaN, take no part. The homography from board to directions is
/// estimated linearly, with a few rounds in which corners that fit badly lose their weight, and
/// taken apart. Works beyond 180 degrees of view, since directions are turned so that their middle
/// lies on the axis first. Nil when the corners do not determine it.
///
/// Source: Z. Zhang, "A flexible new technique for camera calibration", IEEE PAMI 22 (2000),
/// section 3.1, for taking the homography apart.
func planePose(
  _ corners: ArraySlice<ObservedCorner>, _ directions: [Vector3]
) -> RigidTransform? {
  var middle = Vector3.zero
  var boardMiddle = Vector2.zero
  var count = 0.0
  for (corner, direction) in zip(corners, directions)
  where corner.weight > 0 && direction.x.isFinite {
    middle += direction
    boardMiddle += Vector2(corner.boardX, corner.boardY)
    count += 1
  }
  guard count >= 4, middle.length > 1e-6 else { return nil }
  boardMiddle /= count
  let level = rotationToAxis(middle.normalized)
  var points: [PlanePoint] = []
  points.reserveCapacity(corners.count)
  var spread = 0.0
  for (corner, direction) in zip(corners, directions)
  where corner.weight > 0 && direction.x.isFinite {
    let turned = level * direction
    // A board reaching 85 degrees from its own middle is not a picture of a board.
    guard turned.z > 0.08 else { continue }
    let board = Vector2(corner.boardX, corner.boardY) - boardMiddle
    spread += board.dot(board)
    points.append(
      PlanePoint(board: board, image: Vector2(turned.x / turned.z, turned.y / turned.z)))
  }
  guard points.count >= 4, spread > 0 else { return nil }
  let size = (spread / Double(points.count)).squareRoot()
  for index in points.indices { points[index].board /= size }
  guard let h = robustHomography(points) else { return nil }
  guard let pose = pose(ofHomography: h, size: size) else { return nil }
  // Back from the board's middle to its origin, and from the level frame to the camera's.
  let back = level.inverse
  let rotation = back * pose.rotation
  let translation =
    back * pose.translation - rotation * Vector3(boardMiddle.x, boardMiddle.y, 0)
  return RigidTransform(rotation: rotation, translation: translation)
}

private struct PlanePoint {
  var board: Vector2
  var image: Vector2
  var weight = 1.0
}

/// The shortest rotation that brings a unit vector to the z axis.
private func rotationToAxis(_ direction: Vector3) -> Rotation {
  // The quaternion halfway between identity and twice the turn.
  let w = 1 + direction.z
  return w > 1e-9
    ? Rotation(w: w, x: direction.y, y: -direction.x, z: 0) : Rotation(w: 0, x: 1, y: 0, z: 0)
}

/// A homography with its last element 1: rows of three.
private typealias Homography = SIMD8<Double>

private func robustHomography(_ start: [PlanePoint]) -> Homography? {
  var points = start
  guard var h = homography(points) else { return nil }
  for _ in 0..<4 {
    let errors = points.map { error(h, $0) }
    let median = errors.sorted()[errors.count / 2]
    guard let worst = errors.max(), worst > 8 * median else { break }
    let scale = max(2 * median, 1e-9)
    for index in points.indices {
      let ratio = errors[index] / scale
      points[index].weight = 1 / (1 + ratio * ratio)
    }
    guard let next = homography(points) else { break }
    h = next
  }
  return h
}

private func error(_ h: Homography, _ p: PlanePoint) -> Double {
  let w = h[6] * p.board.x + h[7] * p.board.y + 1
  let x = (h[0] * p.board.x + h[1] * p.board.y + h[2]) / w - p.image.x
  let y = (h[3] * p.board.x + h[4] * p.board.y + h[5]) / w - p.image.y
  return (x * x + y * y).squareRoot()
}

/// The weighted linear least-squares homography.
private func homography(_ points: [PlanePoint]) -> Homography? {
  var normal = InlineArray<8, SIMD8<Double>>(repeating: .zero)
  var right = SIMD8<Double>.zero
  for p in points {
    let (x, y) = (p.board.x, p.board.y)
    let (u, v) = (p.image.x, p.image.y)
    let first = SIMD8(x, y, 1, 0, 0, 0, -u * x, -u * y)
    let second = SIMD8(0, 0, 0, x, y, 1, -v * x, -v * y)
    for i in 0..<8 { normal[i] += (p.weight * first[i]) * first + (p.weight * second[i]) * second }
    right += p.weight * (u * first + v * second)
  }
  guard let factor = SmallCholesky<8>(normal, damping: 1e-13) else { return nil }
  return factor.backward(factor.forward(right))
}

/// The pose whose first two axes and origin are nearest to the homography's columns.
private func pose(ofHomography h: Homography, size: Double) -> RigidTransform? {
  let a = Vector3(h[0], h[3], h[6])
  let b = Vector3(h[1], h[4], h[7])
  let scale = 0.5 * (a.length + b.length)
  guard scale > 1e-12, scale.isFinite else { return nil }
  // The orthonormal pair nearest to a and b shares their bisectors.
  let sum = a.normalized + b.normalized
  let difference = a.normalized - b.normalized
  guard sum.length > 1e-6, difference.length > 1e-6 else { return nil }
  let x = (sum.normalized + difference.normalized).normalized
  let y = (sum.normalized - difference.normalized).normalized
  let rotation = Rotation(matrix: Matrix3(columns: x, y, x.cross(y)))
  // Board coordinates were divided by `size`.
  return RigidTransform(
    rotation: rotation, translation: Vector3(h[2], h[5], 1) * (size / scale))
}
