import CameraCalibration
import Execution
import Geometry
import LensModels
import Simulation

/// A cart that was calibrated, one camera of which was replaced since, with the pictures of a repair
/// and those of a whole new calibration.
struct RepairDraw: Sendable {
  /// The cart as it is now.
  let rig: SimulatedRig
  /// The replaced camera, and the one that moved though nobody said so.
  let replaced: Int
  let moved: Int?
  let kinds: LensChoice
  /// What the calibration before the repair found.
  let before: CalibrationResult
  let repair: SimulatedSession
  /// Nil where no whole calibration is asked for.
  let whole: SimulatedSession?

  /// By this the moved camera turned, radians.
  static let turn = 0.3 * Double.pi / 180

  init(hasMoved: Bool, hasWhole: Bool, seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    while true {
      let cart = try CartRig.drawn(fewestCameras: 4, &numbers)
      var rig = cart.rig
      let kinds = LensChoice.perCamera(
        Dictionary(uniqueKeysWithValues: rig.cameras.map { ($0.name, $0.lens.kind) }))
      let replaced = numbers.index(rig.cameras.count)
      let before = try calibrate(
        rig.session(cart.noise, &numbers).input,
        options: CalibrationOptions(lens: kinds, threads: ThreadCount(1)))
      guard before.cameras.allSatisfy({ $0.referenceFromCamera != nil }),
        before.information != nil
      else { continue }
      try rig.exchange(replaced, &numbers)
      var moved: Int?
      if hasMoved {
        let others = rig.cameras.indices.filter { $0 != replaced }
        let camera = others[numbers.index(others.count)]
        let motion = RigidTransform(
          rotation: Rotation(rotationVector: numbers.direction() * Self.turn), translation: .zero)
        rig.cameras[camera].worldFromCamera = rig.cameras[camera].worldFromCamera * motion
        moved = camera
      }
      // The same cart with as many frames as a calibration takes, and with those of a repair.
      let count = rig.frames.count
      rig.frames = []
      var complete = rig
      complete.addGuidedFrames(count, SimulatedRig.Showing(fill: 0.2...0.75), &numbers)
      guard complete.isWellCaptured(views: 8, sharedFrames: 3) else { continue }
      let budget = complete.wholeCounts().reduce(0, +) / 3
      guard rig.addRepairFrames(replaced, budget: budget, &numbers) else { continue }
      self.rig = rig
      self.replaced = replaced
      self.moved = moved
      self.kinds = kinds
      self.before = before
      var noise = cart.noise
      // Parts of boards would count as views too.
      noise.partialViews = .leftOut
      repair = rig.session(noise, &numbers)
      whole = hasWhole ? complete.session(noise, &numbers) : nil
      return
    }
  }

  var repairOptions: CalibrationOptions {
    var options = CalibrationOptions(lens: kinds, threads: ThreadCount(1))
    var held: [Int: StoredRig.Camera] = [:]
    for (index, camera) in before.cameras.enumerated() where index != replaced {
      guard let lens = camera.lens, let pose = camera.referenceFromCamera else { continue }
      held[index] = StoredRig.Camera(
        lens: lens, frameFromCamera: pose, coverage: camera.certainty?.coverage.counts ?? [])
    }
    options.stored = before.information.map {
      StoredRig(
        held: held, replaced: [replaced], warp: before.boardWarp ?? BoardWarp(),
        frame: .reference(before.reference ?? 0), information: $0)
    }
    return options
  }

  var wholeOptions: CalibrationOptions { CalibrationOptions(lens: kinds, threads: ThreadCount(1)) }

  /// How far a result puts the replaced camera from where it is, seen from another camera: radians
  /// and metres. That other is the first that was not touched.
  func error(of result: CalibrationResult) -> (turn: Double, move: Double)? {
    guard
      let home = rig.cameras.indices.first(where: { $0 != replaced && $0 != moved }),
      let own = result.cameras[replaced].referenceFromCamera,
      let other = result.cameras[home].referenceFromCamera
    else { return nil }
    let found = other.inverse * own
    let truth =
      rig.cameras[home].worldFromCamera.inverse * rig.cameras[replaced].worldFromCamera
    let error = truth.inverse * found
    return (error.rotation.angle, error.translation.length)
  }
}

extension SimulatedRig {
  /// Puts another camera of the same make into a camera's mount.
  fileprivate mutating func exchange(_ camera: Int, _ numbers: inout SeededNumbers) throws {
    let old = cameras[camera].lens
    cameras[camera].lens = try Lens.drawn(
      old.kind, focal: old.parameters[0] / Double(old.width) * numbers.uniform(0.99, 1.01),
      width: old.width, height: old.height, &numbers)
    let motion = RigidTransform(
      rotation: Rotation(rotationVector: numbers.direction() * numbers.uniform(0, 0.03)),
      translation: numbers.direction() * numbers.uniform(0, 3e-3))
    cameras[camera].worldFromCamera = cameras[camera].worldFromCamera * motion
  }

  /// Frames as a person shows them who replaced a camera: to each other camera twice together with
  /// one more, then to the replaced one, near and all over its picture, until `budget` views over the
  /// whole rig are used. False where that leaves the replaced camera too few.
  fileprivate mutating func addRepairFrames(
    _ replaced: Int, budget: Int, _ numbers: inout SeededNumbers
  ) -> Bool {
    let others = cameras.indices.filter { $0 != replaced }
    func shared(_ camera: Int) -> Int {
      frames.indices.count { frame in
        seesWhole(camera: camera, frame: frame)
          && others.contains { $0 != camera && seesWhole(camera: $0, frame: frame) }
      }
    }
    for camera in others {
      var tries = 0
      while shared(camera) < 2, tries < 40 {
        tries += 1
        let before = frames.count
        addFrames(1, Showing(fill: 0.2...0.5, seenBy: 2), cameras: [camera], &numbers)
        guard frames.count > before else { break }
        if !others.contains(where: { $0 != camera && seesWhole(camera: $0, frame: before) }) {
          frames.removeLast()
        }
      }
      guard shared(camera) >= 2 else { return false }
    }
    var turn = 0
    while turn < 60 {
      turn += 1
      let before = frames.count
      addFrames(1, Showing(fill: 0.35...0.85), cameras: [replaced], &numbers)
      guard frames.count > before else { continue }
      guard wholeCounts().reduce(0, +) <= budget else {
        frames.removeLast()
        break
      }
    }
    let linked = frames.indices.count { frame in
      seesWhole(camera: replaced, frame: frame)
        && others.contains { seesWhole(camera: $0, frame: frame) }
    }
    return wholeCounts()[replaced] >= 6 && linked >= 2
      && wholeCounts().reduce(0, +) <= budget
  }
}
