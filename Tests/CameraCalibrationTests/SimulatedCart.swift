import BoardDetection
import Geometry
import LensModels
import Simulation

@testable import CameraCalibration

/// A simulated rig on the rim of a basket with what people know of it: nominal places, and a board
/// laid in known places on the floor in its first frames.
struct SimulatedCart {
  var rig: SimulatedRig
  var spec: CartFrameSpec
  let kinds: [LensKind]

  static let positionTolerance = 0.03
  static let angleTolerance = 0.1
  static let positionSigma = 1e-4
  static let angleSigma = 4e-4

  /// Boards lie where the datum says, but for normal errors of its sigmas; cameras are where they
  /// are meant to be, but for a scatter of less than half their tolerance along each axis.
  init(
    kinds: [LensKind] = [.opencv5, .kannalaBrandt4, .opencv5, .opencv4], datum: Int = 3,
    frames: Int = 28, _ numbers: inout SeededNumbers
  ) throws {
    self.kinds = kinds
    let lenses = try kinds.map { kind in
      try Lens.drawn(kind, focal: kind == .kannalaBrandt4 ? 0.36 : 0.5, &numbers)
    }
    rig = .onRim(lenses, board: try SimulatedRig.standardBoard(), &numbers)
    rig.board.warp = BoardWarp(x: 6e-4, y: -3e-4)
    spec = CartFrameSpec(nominal: [:], datum: [])
    while rig.frames.count < datum {
      let stated = lying(&numbers)
      let turn = Vector3(numbers.normal(), numbers.normal(), numbers.normal()) * Self.angleSigma
      let move = Vector3(numbers.normal(), numbers.normal(), numbers.normal()) * Self.positionSigma
      let step = SIMD8(turn.x, turn.y, turn.z, move.x, move.y, move.z, 0, 0)
      let found = stated.turned(about: rig.board.middle, by: step)
      rig.frames.append(SimulatedFrame(worldFromBoard: found))
      let frame = rig.frames.count - 1
      guard rig.cameras.indices.contains(where: { rig.seesWhole(camera: $0, frame: frame) }) else {
        rig.frames.removeLast()
        continue
      }
      spec.datum.append(
        DatumPose(
          frame: "frame\(frame)", cartFromBoard: stated, positionSigma: Self.positionSigma,
          angleSigma: Self.angleSigma))
    }
    rig.addFrames(frames, .init(seenBy: 2), &numbers)
    for camera in rig.cameras {
      let turn = numbers.direction() * numbers.uniform(0, 0.4 * Self.angleTolerance)
      let move = numbers.direction() * numbers.uniform(0, 0.4 * Self.positionTolerance)
      let truth = camera.worldFromCamera
      spec.nominal[camera.name] = NominalPlace(
        cartFromCamera: RigidTransform(
          rotation: Rotation(rotationVector: turn) * truth.rotation,
          translation: truth.translation + move),
        positionTolerance: Self.positionTolerance, angleTolerance: Self.angleTolerance)
    }
  }

  /// A board face up on the floor, somewhere.
  private func lying(_ numbers: inout SeededNumbers) -> RigidTransform {
    let rotation =
      Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-Double.pi, Double.pi)))
      * Rotation(w: 0, x: 1, y: 0, z: 0)
    let middle = Vector3(numbers.uniform(-0.15, 0.15), numbers.uniform(-0.1, 0.1), 0.006)
    return RigidTransform(
      rotation: rotation, translation: middle - rotation * rig.board.middle)
  }

  /// What a calibration makes of corners with some noise, pixels. One camera may be kept from
  /// seeing the datum, where another one sees it too.
  func solve(
    noise: Double = 0.05, datumHiddenFrom hidden: Int? = nil, _ numbers: inout SeededNumbers
  ) throws -> CalibrationResult {
    let names = rig.cameras.map(\.name)
    var input = rig.input(noise: noise, &numbers)
    input.views.removeAll { view in
      view.camera == hidden && view.frame < spec.datum.count
        && rig.cameras.indices.contains {
          $0 != hidden && rig.seesWhole(camera: $0, frame: view.frame)
        }
    }
    return try calibrate(
      input,
      options: CalibrationOptions(
        lens: .perCamera(Dictionary(uniqueKeysWithValues: zip(names, kinds))), cartFrame: spec))
  }

  /// Exchanges two cameras' plugs: each delivers its pictures under the other's name.
  mutating func exchange(_ a: Int, _ b: Int) {
    let (first, second) = (rig.cameras[a].name, rig.cameras[b].name)
    let places = spec.nominal
    spec.nominal[first] = places[second]
    spec.nominal[second] = places[first]
  }

  /// How far a camera was put from where it is: w and v as in `CartFrame.covariance`.
  func error(_ frame: CartFrame, camera: Int) -> [Double]? {
    guard let found = frame.cartFromCamera[camera] else { return nil }
    let truth = rig.worldFromCamera[camera]
    let turn = (truth.rotation * found.rotation.inverse).rotationVector
    let move = truth.translation - found.translation
    return [turn.x, turn.y, turn.z, move.x, move.y, move.z]
  }
}
