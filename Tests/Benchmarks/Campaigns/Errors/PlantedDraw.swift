import CameraCalibration
import Execution
import Geometry
import Glibc
import LensModels
import Simulation

/// One cart with one planted error, ready to be calibrated.
struct PlantedDraw: Sendable {
  let planted: PlantedError
  let rig: SimulatedRig
  let session: SimulatedSession
  let options: CalibrationOptions
  /// The camera that the error is of; nil where it is of none.
  let subject: String?
  /// What was planted, in words.
  let words: String

  init(_ planted: PlantedError, seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    let cart = try CartRig.drawn(fewestCameras: planted.fewestCameras, &numbers)
    var planting = Planting(rig: cart.rig)
    // Each camera's right model, or any that the program thinks best.
    let isAutomatic = numbers.chance(0.4) && planted != .lensTooSimple
    var told: (camera: Int, kind: LensKind)?
    switch planted {
    case .healthy: planting.nothing(&numbers)
    case .bend: planting.bend(&numbers)
    case .clocks: planting.clock(&numbers)
    case .bump: planting.bump(&numbers)
    case .unequalBoard: planting.unequalBoard()
    case .lensTooSimple: told = try planting.lens(&numbers)
    }
    self.planted = planted
    rig = planting.rig
    subject = planting.subject
    words = planting.words
    session = rig.session(cart.noise, &numbers)
    var kinds = Dictionary(
      uniqueKeysWithValues: rig.cameras.map { ($0.name, $0.lens.kind) })
    if let told { kinds[rig.cameras[told.camera].name] = told.kind }
    options = CalibrationOptions(
      lens: isAutomatic ? .auto : .perCamera(kinds), solvesBoardWarp: planted != .bend,
      threads: ThreadCount(1))
  }
}

/// A rig on its way to something wrong.
private struct Planting {
  var rig: SimulatedRig
  var subject: String?
  var words = "nothing"

  /// Boards held as still as a hand can, clocks as good as cameras have.
  mutating func nothing(_ numbers: inout SeededNumbers) {
    guard numbers.chance(0.5) else { return }
    rig.addHandMotion(meanSpeed: 0.005, &numbers)
    for index in rig.cameras.indices { rig.cameras[index].clockOffset = 0.002 * numbers.normal() }
  }

  mutating func bend(_ numbers: inout SeededNumbers) {
    let way = numbers.uniform(0, 2 * .pi)
    rig.board.warp = BoardWarp(x: 4e-4 * cos(way), y: 4e-4 * sin(way))
    words = "bend of 0.4 mm that is not solved for"
  }

  mutating func clock(_ numbers: inout SeededNumbers) {
    rig.addHandMotion(meanSpeed: 0.15, &numbers)
    let camera = numbers.index(rig.cameras.count)
    rig.cameras[camera].clockOffset = numbers.chance(0.5) ? 0.02 : -0.02
    words = "\(rig.cameras[camera].name) takes its pictures 20 ms off, board at 0.15 m/s"
  }

  mutating func bump(_ numbers: inout SeededNumbers) {
    let camera = numbers.index(rig.cameras.count)
    let frame = rig.frames.count / 2
    let motion = RigidTransform(
      rotation: Rotation(rotationVector: numbers.direction() * (0.2 * .pi / 180)),
      translation: .zero)
    rig.cameras[camera].bump = SimulatedCamera.Bump(frame: frame, motion: motion)
    subject = rig.cameras[camera].name
    words = "\(rig.cameras[camera].name) turned by 0.2 degrees from frame \(frame) on"
  }

  mutating func unequalBoard() {
    rig.board.printScale = Vector2(1.01, 1)
    words = "board 1 % longer along columns than along rows"
  }

  /// Gives a camera a lens of which the best one of a simpler model is at least 0.3 pixels wrong
  /// at the edge of where boards are seen; the camera and the simpler model.
  mutating func lens(
    _ numbers: inout SeededNumbers
  ) throws -> (camera: Int, kind: LensKind) {
    let camera = numbers.index(rig.cameras.count)
    let old = rig.cameras[camera].lens
    while true {
      let pairs: [(LensKind, LensKind)] = [
        (.opencv8, .opencv4), (.opencv8, .opencv5), (.kannalaBrandt4, .opencv4),
        (.kannalaBrandt4, .opencv5), (.opencv5, .pinhole),
      ]
      let (kind, told) = pairs[numbers.index(pairs.count)]
      let focal =
        kind == .opencv5 ? numbers.uniform(0.5, 0.9) : numbers.uniform(0.4, 0.6)
      let lens = try Lens.drawn(
        kind, focal: focal, width: old.width, height: old.height, &numbers)
      rig.cameras[camera].lens = lens
      // Another field of view sees other boards.
      guard rig.isWellCaptured(views: 8, sharedFrames: 3) else { continue }
      let effect = try effect(of: lens, toldAs: told, at: seenPixels(camera))
      guard effect >= 0.3, effect.isFinite else { continue }
      subject = rig.cameras[camera].name
      words =
        "\(rig.cameras[camera].name) has a \(kind.rawValue) lens and is told \(told.rawValue), "
        + "\((effect * 100).rounded() / 100) px wrong at the edge"
      return (camera, told)
    }
  }

  /// Where a camera sees corners of whole boards; some hundreds of them.
  private func seenPixels(_ camera: Int) -> [Vector2] {
    let all = rig.frames.indices.map { rig.corners(camera: camera, frame: $0) }
      .filter { corners in corners.allSatisfy { $0 != nil } }
      .joined().compactMap { $0 }
    let step = max(1, all.count / 500)
    return stride(from: 0, to: all.count, by: step).map { all[$0] }
  }
}
