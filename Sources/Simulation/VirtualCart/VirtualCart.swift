import CameraCalibration
import Documents
import Geometry
import LensModels
package import Rigs

/// A cart of a design as it came off the line, and one capture with it: cameras with the scatter
/// of manufacturing, a board, and where that is shown. World: the cart frame.
package struct VirtualCart: Equatable, Sendable {
  package let rig: Rig
  package let seed: Int
  package let disturbance: Disturbance
  package let conditions: CaptureConditions
  /// The camera that is not the one this cart was built with.
  package let replaced: String?
  /// Frames with a board; the empty ones follow them.
  package let scene: SimulatedRig
  /// By camera.
  package let optics: [CameraOptics]
  /// The names of all frames, those without a board last.
  package let frameNames: [String]
  /// The frames that are datum poses.
  package let datumFrames: Set<Int>
  package let basket: Basket

  /// The cart of a seed: the same one for every disturbance. `replaced` names a camera in whose
  /// place another unit is mounted; boards are then shown anew as well.
  ///
  /// `frames` counts those with a board; nil for what the disturbance has. Fewer come where no
  /// place can be found in which cameras see the board.
  /// Clocks of cameras are off by up to `clockOffset` seconds.
  package init(
    _ rig: Rig, disturbance: Disturbance, seed: Int, frames: Int? = nil, replaced: String? = nil,
    clockOffset: Double = 0
  ) throws(SimulationError) {
    try Self.check(rig, replaced: replaced)
    self.rig = rig
    self.seed = seed
    self.disturbance = disturbance
    self.replaced = replaced
    var conditions = CaptureConditions(disturbance)
    if let frames { conditions.frames = frames }
    self.conditions = conditions
    basket = rig.basket.map { Basket(size: $0.size) } ?? Basket()
    var numbers = SeededNumbers(UInt64(bitPattern: Int64(seed)))
    var cameras: [SimulatedCamera] = []
    var optics: [CameraOptics] = []
    for camera in rig.cameras {
      var own = numbers.split()
      if camera.role == replaced { own = own.split() }
      cameras.append(try Self.camera(camera, clockOffset: clockOffset, &own))
      optics.append(Self.optics(conditions, &own))
    }
    self.optics = optics
    var boardNumbers = numbers.split()
    var frameNumbers = numbers.split()
    if replaced != nil { frameNumbers = frameNumbers.split() }
    var scene = SimulatedRig(
      board: SimulatedBoard(rig.board, warp: Self.warp(conditions, &boardNumbers)),
      cameras: cameras, largestIncidence: 85 * .pi / 180)
    var names: [String] = []
    for datum in rig.datum.prefix(conditions.frames) {
      scene.frames.append(
        SimulatedFrame(
          worldFromBoard: Self.placed(datum, rig, conditions.datumErrors, &frameNumbers)))
      names.append(Self.padded(datum.frame))
    }
    datumFrames = Set(scene.frames.indices)
    scene.addBasketFrames(
      conditions.frames - scene.frames.count, basket: basket, margin: BoardLook().margin,
      &frameNumbers)
    if let blur = conditions.motionBlur {
      scene.addMotion(
        blur: blur, share: conditions.movingShare, exposure: conditions.exposure,
        after: datumFrames.count, &frameNumbers)
    }
    self.scene = scene
    guard
      scene.frames.indices.contains(where: { frame in
        scene.cameras.indices.contains { scene.seesClearly(camera: $0, frame: frame) }
      })
    else { throw .boardNeverSeen(frames: conditions.frames) }
    var number = 0
    while names.count < scene.frames.count + conditions.emptyFrames {
      let name = Self.padded("\(number)")
      number += 1
      // A datum may be called by any number.
      if !names.contains(name) { names.append(name) }
    }
    frameNames = names
  }

  /// Pixels of the largest picture that is rendered.
  package static let largestPicture = 20_000_000

  private static func check(_ rig: Rig, replaced: String?) throws(SimulationError) {
    for camera in rig.cameras where camera.width * camera.height > largestPicture {
      throw .pictureTooLarge(role: camera.role, width: camera.width, height: camera.height)
    }
    for datum in rig.datum {
      do throws(NameError) {
        _ = try Name(datum.frame, of: .role)
      } catch {
        throw .frameName(datum.frame)
      }
    }
    let roles = rig.cameras.map(\.role)
    if let replaced, !roles.contains(replaced) { throw .unknownRole(replaced, roles: roles) }
  }

  private static func camera(
    _ camera: RigCamera, clockOffset: Double, _ numbers: inout SeededNumbers
  ) throws(SimulationError) -> SimulatedCamera {
    let lens: Lens
    do throws(LensError) {
      lens = try Lens.manufactured(camera, &numbers)
    } catch {
      throw .lens(error, role: camera.role)
    }
    let place = camera.place
    let pose = RigidTransform(
      rotation: numbers.rotation(upTo: 0.5 * place.angleTolerance)
        * place.cartFromCamera.rotation,
      translation: place.cartFromCamera.translation
        + numbers.direction() * numbers.uniform(0, 0.5 * place.positionTolerance))
    // No lens shows more of what is behind it.
    return SimulatedCamera(
      name: camera.role, lens: lens, worldFromCamera: pose, largestAngle: 100 * .pi / 180,
      clockOffset: clockOffset * numbers.uniform(-1, 1))
  }

  private static func optics(
    _ conditions: CaptureConditions, _ numbers: inout SeededNumbers
  ) -> CameraOptics {
    let sigma = numbers.uniform(conditions.spread.lowerBound, conditions.spread.upperBound)
    return CameraOptics(
      spread: PointSpread(
        sigma: sigma, acrossGrowth: numbers.uniform(0, 0.15),
        alongGrowth: numbers.uniform(0.05, 0.3)),
      vignetting: numbers.uniform(0.1, 0.35), response: conditions.response)
  }

  private static func warp(
    _ conditions: CaptureConditions, _ numbers: inout SeededNumbers
  ) -> BoardWarp {
    func side(_ numbers: inout SeededNumbers) -> Double {
      let size = numbers.uniform(conditions.bend.lowerBound, conditions.bend.upperBound)
      return numbers.chance(0.5) ? size : -size
    }
    return BoardWarp(x: side(&numbers), y: 0.5 * side(&numbers))
  }

  /// Where a datum pose really is.
  private static func placed(
    _ datum: DatumPose, _ rig: Rig, _ errors: Double, _ numbers: inout SeededNumbers
  ) -> RigidTransform {
    let move = Vector3(numbers.normal(), numbers.normal(), numbers.normal())
    let turn = Vector3(numbers.normal(), numbers.normal(), numbers.normal())
    let rotation =
      Rotation(rotationVector: turn * (errors * datum.angleSigma)) * datum.cartFromBoard.rotation
    // The stated position is that of the board's middle.
    let middle = SimulatedBoard(rig.board).middle
    let place = datum.cartFromBoard * middle + move * (errors * datum.positionSigma)
    return RigidTransform(rotation: rotation, translation: place - rotation * middle)
  }

  /// The name of a frame as a file's: numbers with zeros before them.
  private static func padded(_ name: String) -> String {
    let isNumber = !name.isEmpty && name.utf8.allSatisfy { (48...57).contains($0) }
    return isNumber ? String(repeating: "0", count: max(0, 4 - name.utf8.count)) + name : name
  }
}
