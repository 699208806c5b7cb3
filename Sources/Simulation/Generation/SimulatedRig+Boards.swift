package import Geometry

/// Where the boards are shown.
extension SimulatedRig {
  /// How boards are shown to a camera.
  package struct Showing: Equatable, Sendable {
    /// Largest turn out of the picture's plane, radians.
    package var tilt: Double
    /// Largest turn within the picture's plane, radians.
    package var roll: Double
    /// The part of the picture's width that the board would take in its middle, face on.
    package var fill: ClosedRange<Double>
    /// At least this many cameras see the whole board.
    package var seenBy: Int

    package init(
      tilt: Double = 0.8, roll: Double = 0.6, fill: ClosedRange<Double> = 0.3...0.75,
      seenBy: Int = 1
    ) {
      self.tilt = tilt
      self.roll = roll
      self.fill = fill
      self.seenBy = seenBy
    }
  }

  /// Adds frames, each with the board somewhere in the picture of the camera whose turn it is,
  /// tilted by up to `tilt` radians.
  package mutating func addFrames(
    _ count: Int, tilt: Double = 0.8, cameras: [Int]? = nil, _ numbers: inout SeededNumbers
  ) {
    addFrames(count, Showing(tilt: tilt), cameras: cameras, &numbers)
  }

  /// Adds frames, each with the whole board in the picture of the camera whose turn it is. Fewer
  /// are added where no place can be found in 500 tries a frame.
  package mutating func addFrames(
    _ count: Int, _ showing: Showing, cameras: [Int]? = nil, _ numbers: inout SeededNumbers
  ) {
    let chosen = cameras ?? Array(self.cameras.indices)
    var added = 0
    var tries = 0
    while added < count, tries < 500 * count {
      tries += 1
      let camera = chosen[added % chosen.count]
      // Boards for several cameras are turned to the middle between two of them.
      let partner =
        showing.seenBy > 1 && self.cameras.count > 1
        ? (camera + 1 + numbers.index(self.cameras.count - 1)) % self.cameras.count : nil
      guard let pose = boardPose(camera: camera, partner: partner, showing, &numbers),
        corners(camera: camera, cameraFromBoard: pose).allSatisfy({ $0 != nil })
      else { continue }
      let world = self.cameras[camera].worldFromCamera
      frames.append(SimulatedFrame(worldFromBoard: world * pose))
      let frame = frames.count - 1
      let seeing = self.cameras.indices.count { seesWhole(camera: $0, frame: frame) }
      if seeing < showing.seenBy { frames.removeLast() } else { added += 1 }
    }
  }

  /// Some place for the board before a camera, anywhere in its picture, whether it fits or not.
  /// With a partner it is turned as much to the one camera as to the other, but for the tilt.
  package func boardPose(
    camera: Int, partner: Int? = nil, _ showing: Showing, _ numbers: inout SeededNumbers
  ) -> RigidTransform? {
    let lens = cameras[camera].lens
    let pixel = Vector2(
      numbers.uniform(0.1, 0.9) * Double(lens.width),
      numbers.uniform(0.1, 0.9) * Double(lens.height))
    guard let ray = lens.unproject(pixel) else { return nil }
    let middle = board.middle
    let fill = numbers.uniform(showing.fill.lowerBound, showing.fill.upperBound)
    let distance = 2 * middle.x * lens.parameters[0] / Double(lens.width) / fill
    var facing = Rotation.identity
    if let partner {
      let cameraFromWorld = cameras[camera].worldFromCamera.inverse
      let other = cameraFromWorld * cameras[partner].worldFromCamera.translation
      let normal = ray + (ray * distance - other).normalized
      guard normal.length > 0.1 else { return nil }
      facing = Rotation(turning: Vector3(0, 0, 1), to: normal.normalized)
    }
    let rotation =
      numbers.rotation(upTo: showing.tilt) * facing
      * Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-showing.roll, showing.roll)))
    return RigidTransform(rotation: rotation, translation: ray * distance - rotation * middle)
  }

  /// Lets the board of every frame move as a hand moves it: in any direction, turning by up to
  /// `turnRate` radians a second, with some frames much stiller; the mean speed over all frames is
  /// `meanSpeed` metres a second.
  package mutating func addHandMotion(
    meanSpeed: Double, turnRate: Double = 0.3, stillerShare: Double = 0.25,
    _ numbers: inout SeededNumbers
  ) {
    var sum = 0.0
    for index in frames.indices {
      let speed =
        numbers.chance(stillerShare) ? numbers.uniform(0, 0.3) : numbers.uniform(0.5, 2)
      frames[index].velocity = numbers.direction() * speed
      frames[index].turnRate = numbers.direction() * (0.5 * turnRate * speed)
      sum += speed
    }
    guard sum > 0 else { return }
    let scale = meanSpeed * Double(frames.count) / sum
    for index in frames.indices { frames[index].velocity *= scale }
  }
}

extension Rotation {
  /// The smallest rotation that turns one unit vector to another, not opposite one.
  fileprivate init(turning from: Vector3, to: Vector3) {
    let axis = from.cross(to)
    self.init(w: 1 + from.dot(to), x: axis.x, y: axis.y, z: axis.z)
  }
}
