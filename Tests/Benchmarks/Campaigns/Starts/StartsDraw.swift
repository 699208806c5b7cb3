import Boards
import CameraCalibration
import LensModels
import Simulation

/// A rig drawn without mercy: 1 to 12 cameras, any mix of lenses, few frames, tiny overlaps, gross
/// outliers. Some draws cannot be solved.
struct StartsDraw {
  var rig: SimulatedRig
  var session: SimulatedSession
  /// Standard deviation of the corners, pixels per axis.
  var noise: Double
  /// What was drawn, in words.
  var style: String

  init(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    let count = 1 + numbers.index(12)
    let lenses = try (0..<count).map { _ in try Self.lens(&numbers) }
    let board = try Self.board(&numbers)
    let spread = numbers.uniform(0.1, 0.9)
    rig = SimulatedRig.around(lenses, board: board, spread: spread, &numbers)
    // A fisheye's round picture ends 100 degrees off its axis.
    for index in rig.cameras.indices { rig.cameras[index].largestAngle = 1.745 }
    if numbers.chance(0.7) {
      rig.board.warp = BoardWarp(
        x: numbers.uniform(-5e-4, 5e-4), y: numbers.uniform(-5e-4, 5e-4))
    }
    let frames = [3, 4, 5, 6, 8, 12][numbers.index(6)]
    let tilt = Self.tilt(&numbers)
    rig.addFrames(frames * count, tilt: tilt, &numbers)
    let own = rig.frames.count
    // Up to two frames link each camera with another one, besides what happens to be seen by both.
    let bridges = 1 + numbers.index(2)
    for camera in rig.cameras.indices where count > 1 {
      rig.addFrames(
        bridges, SimulatedRig.Showing(tilt: tilt, seenBy: 2), cameras: [camera], &numbers)
    }
    noise = numbers.logUniform(0.02, 0.4)
    session = rig.session(
      CornerNoise(sigma: noise, outliers: numbers.chance(0.7) ? 0.05 : 0), &numbers)
    let isSparse = numbers.chance(0.4)
    style =
      "\(count) cameras, \(frames) frames a camera and \(bridges) to link it, "
      + "tilt \(Int((tilt * 180 / .pi).rounded())) degrees"
      + (isSparse ? ", tiny overlaps" : "")
    if isSparse { thinOut(ownFrames: own) }
  }

  /// The lens models of all cameras, by name.
  var kinds: [String: LensKind] {
    Dictionary(uniqueKeysWithValues: rig.cameras.map { ($0.name, $0.lens.kind) })
  }

  private static func lens(_ numbers: inout SeededNumbers) throws -> Lens {
    let kind = LensKind.allCases[numbers.index(LensKind.allCases.count)]
    // Fisheyes are mostly wide.
    let focal =
      switch kind {
      case .kannalaBrandt4: 0.3...(numbers.chance(0.7) ? 0.6 : 3)
      case .pinhole, .opencv4, .opencv5, .opencv8: 0.3...3.0
      }
    let size = [(640, 480), (1280, 800), (1920, 1080)][numbers.index(3)]
    return try Lens.drawn(
      kind, focal: numbers.logUniform(focal.lowerBound, focal.upperBound), width: size.0,
      height: size.1, &numbers)
  }

  private static func board(_ numbers: inout SeededNumbers) throws -> BoardSpec {
    switch numbers.index(4) {
    case 0: try BoardSpec(columns: 10, rows: 7, squareSize: 0.025)
    case 1: try BoardSpec(columns: 7, rows: 4, squareSize: 0.03)
    default: try SimulatedRig.standardBoard()
    }
  }

  /// One in ten draws shows the board square to the cameras.
  private static func tilt(_ numbers: inout SeededNumbers) -> Double {
    switch numbers.index(10) {
    case 0: numbers.uniform(0, 0.1)
    case 1, 2: numbers.uniform(0.1, 0.4)
    default: numbers.uniform(0.5, 1)
    }
  }

  /// Keeps of each frame the view of the camera it was made for, and in linking frames one more.
  private mutating func thinOut(ownFrames: Int) {
    let cameras = rig.cameras.count
    var partners: [Int: Int] = [:]
    let bridges = max(1, (rig.frames.count - ownFrames) / cameras)
    session.input.views.removeAll { view in
      guard view.frame >= ownFrames else { return view.camera != view.frame % cameras }
      let camera = min(cameras - 1, (view.frame - ownFrames) / bridges)
      guard view.camera != camera else { return false }
      if partners[view.frame] == nil { partners[view.frame] = view.camera }
      return partners[view.frame] != view.camera
    }
    session.truth.outliers = []
  }
}
