package import Boards
import Geometry
package import LensModels

/// Where the cameras are.
extension SimulatedRig {
  /// Cameras on one side of the workspace's middle, each as far as its focal length asks for.
  /// `spread` radians is how far they stand apart, seen from the middle.
  package static func around(
    _ lenses: [Lens], board: BoardSpec, spread: Double = 0.5, _ numbers: inout SeededNumbers
  ) -> SimulatedRig {
    let size = Double(board.columns - 1) * board.squareSize
    let poses = lenses.map { lens -> RigidTransform in
      let distance = size * lens.parameters[0] / Double(lens.width) / 0.4
      // World: z towards the cameras' far side, as board z is.
      let turn =
        Rotation(
          rotationVector: Vector3(
            numbers.uniform(-spread, spread), numbers.uniform(-spread, spread), 0))
        * Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-0.5, 0.5)))
      return RigidTransform(rotation: turn, translation: turn * Vector3(0, 0, -distance))
    }
    return SimulatedRig(board: board, lenses: lenses, worldFromCamera: poses)
  }

  /// Cameras side by side that look the same way, `baseline` metres from one to the next, all but
  /// parallel. World: the first camera's frame.
  package static func sideBySide(
    _ lenses: [Lens], board: BoardSpec, baseline: Double, _ numbers: inout SeededNumbers
  ) -> SimulatedRig {
    let poses = lenses.indices.map { index -> RigidTransform in
      guard index > 0 else { return .identity }
      return RigidTransform(
        rotation: numbers.rotation(upTo: 0.05),
        translation: Vector3(Double(index) * baseline, 0, 0)
          + numbers.direction() * (0.05 * baseline))
    }
    return SimulatedRig(board: board, lenses: lenses, worldFromCamera: poses)
  }

  /// Cameras on the rim of a basket, spread evenly around it and looking in. World: the cart frame.
  package static func onRim(
    _ lenses: [Lens], board: BoardSpec, basket: Basket = Basket(), _ numbers: inout SeededNumbers
  ) -> SimulatedRig {
    let start = numbers.uniform()
    let poses = lenses.indices.map { index -> RigidTransform in
      let part = (Double(index) + numbers.uniform(-0.2, 0.2)) / Double(lenses.count)
      let place = basket.rim(start + part)
      let aim = Vector3(
        numbers.uniform(-0.15, 0.15) * basket.size.x, numbers.uniform(-0.15, 0.15) * basket.size.y,
        numbers.uniform(0.1, 0.5) * basket.size.z)
      let roll = Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-0.1, 0.1)))
      return RigidTransform(
        rotation: Rotation(lookingAlong: aim - place) * roll, translation: place)
    }
    return SimulatedRig(board: board, lenses: lenses, worldFromCamera: poses)
  }
}

extension Rotation {
  /// world_from_camera of an upright camera (y down in a world whose z is up) that looks along
  /// `direction`, which must not be vertical.
  fileprivate init(lookingAlong direction: Vector3) {
    let forward = direction.normalized
    let right = forward.cross(Vector3(0, 0, 1)).normalized
    self.init(matrix: Matrix3(columns: right, forward.cross(right), forward))
  }
}
