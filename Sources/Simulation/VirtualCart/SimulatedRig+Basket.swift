import Geometry
import Glibc

/// Boards in a basket.
extension SimulatedRig {
  /// Adds frames with the board somewhere in the basket, each for the camera that has seen the
  /// fewest boards so far; every other one is seen by two cameras at least. Fewer are added where no
  /// place can be found in 400 tries a frame.
  package mutating func addBasketFrames(
    _ count: Int, basket: Basket, margin: Double, _ numbers: inout SeededNumbers
  ) {
    var seen = wholeCounts()
    for index in 0..<max(0, count) {
      let order = seen.indices.sorted { (seen[$0], $0) < (seen[$1], $1) }
      // The poorest camera may be one that can see no whole board in the basket.
      for camera in order.prefix(3) {
        let wanted = cameras.count > 1 && index.isMultiple(of: 2) ? 2 : 1
        guard
          let pose = basketPose(for: camera, seenBy: wanted, basket, margin, &numbers)
            ?? basketPose(for: camera, seenBy: 1, basket, margin, &numbers)
        else { continue }
        frames.append(SimulatedFrame(worldFromBoard: pose))
        for other in cameras.indices where seesWhole(camera: other, frame: frames.count - 1) {
          seen[other] += 1
        }
        break
      }
    }
  }

  /// A place in the basket where a camera sees the whole board, and enough others do.
  private mutating func basketPose(
    for camera: Int, seenBy count: Int, _ basket: Basket, _ margin: Double,
    _ numbers: inout SeededNumbers
  ) -> RigidTransform? {
    for _ in 0..<400 {
      let pose = drawnPose(for: camera, basket, &numbers)
      guard holds(pose, in: basket, margin) else { continue }
      frames.append(SimulatedFrame(worldFromBoard: pose))
      defer { frames.removeLast() }
      let frame = frames.count - 1
      guard seesClearly(camera: camera, frame: frame) else { continue }
      if count == 1
        || cameras.indices.count(where: { seesClearly(camera: $0, frame: frame) }) >= count
      {
        return pose
      }
    }
    return nil
  }

  /// Somewhere in the basket, turned to a camera or to the middle between two, tilted by up to
  /// 45 degrees, any way up.
  private func drawnPose(
    for camera: Int, _ basket: Basket, _ numbers: inout SeededNumbers
  ) -> RigidTransform {
    let place =
      basket.size
      * Vector3(
        numbers.uniform(-0.35, 0.35), numbers.uniform(-0.35, 0.35), numbers.uniform(0.1, 0.8))
    let partner = numbers.index(cameras.count)
    let eye =
      (cameras[camera].worldFromCamera.translation + cameras[partner].worldFromCamera.translation)
      * 0.5
    let away = (place - eye).length > 1e-6 ? (place - eye).normalized : Vector3(0, 0, -1)
    let aside = abs(away.z) < 0.9 ? Vector3(0, 0, 1) : Vector3(1, 0, 0)
    let x = aside.cross(away).normalized
    let facing = Rotation(matrix: Matrix3(columns: x, away.cross(x), away))
    let rotation =
      numbers.rotation(upTo: 0.8) * facing
      * Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-.pi, .pi)))
    return RigidTransform(rotation: rotation, translation: place - rotation * board.middle)
  }

  /// True when the sheet fits into the basket; above its rim there is room.
  private func holds(_ pose: RigidTransform, in basket: Basket, _ margin: Double) -> Bool {
    let rim = board.spec.squareSize + margin
    let last = board.middle * 2
    for x in [-rim, last.x + rim] {
      for y in [-rim, last.y + rim] {
        let corner = pose * Vector3(x, y, 0)
        if corner.z < 0 || abs(corner.x) > 0.55 * basket.size.x
          || abs(corner.y) > 0.55 * basket.size.y
        {
          return false
        }
      }
    }
    return true
  }

  /// True when no part of the board is turned away from a camera by more than 65 degrees: flatter
  /// boards are of no use to anybody.
  func faces(camera: Int, frame: Int) -> Bool {
    let pose = cameraFromBoard(camera: camera, frame: frame)
    let normal = pose.rotation * Vector3(0, 0, 1)
    let last = board.middle * 2
    return [Vector3.zero, Vector3(last.x, 0, 0), Vector3(0, last.y, 0), last].allSatisfy {
      normal.dot((pose * $0).normalized) > cos(65 * .pi / 180)
    }
  }

  /// True when a camera sees the whole board, not too flat, with squares of 10 pixels at least.
  func seesClearly(camera: Int, frame: Int) -> Bool {
    let pixels = corners(camera: camera, frame: frame)
    guard pixels.allSatisfy({ $0 != nil }) else { return false }
    return isLarge(pixels) && faces(camera: camera, frame: frame)
  }

  /// True when neighbouring corners, where both are seen, are 10 pixels apart at least.
  func isLarge(_ pixels: [Vector2?]) -> Bool {
    let columns = board.spec.columns
    for index in pixels.indices {
      guard let here = pixels[index] else { continue }
      if (index + 1) % columns != 0, let right = pixels[index + 1], (right - here).length < 10 {
        return false
      }
      if index + columns < pixels.count, let below = pixels[index + columns],
        (below - here).length < 10
      {
        return false
      }
    }
    return true
  }

  /// Lets the board move in a share of the frames from `first` on, so that the nearest camera sees
  /// it blurred by so many pixels.
  package mutating func addMotion(
    blur: ClosedRange<Double>, share: Double, exposure: Double, after first: Int,
    _ numbers: inout SeededNumbers
  ) {
    for frame in frames.indices.dropFirst(first) where numbers.chance(share) {
      let wanted = numbers.uniform(blur.lowerBound, blur.upperBound)
      let place = frames[frame].worldFromBoard * board.middle
      // Pixels that a metre takes up for the camera that sees it largest.
      let scale =
        cameras.map {
          $0.lens.parameters[0] / max(0.05, (place - $0.worldFromCamera.translation).length)
        }.max() ?? 1
      frames[frame].velocity = numbers.direction() * (wanted / scale / exposure)
      frames[frame].turnRate = numbers.direction() * numbers.uniform(0, 0.3)
    }
  }
}
