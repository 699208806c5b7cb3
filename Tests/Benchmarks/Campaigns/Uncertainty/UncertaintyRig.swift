import Boards
import CameraCalibration
import LensModels
import Simulation

/// The rigs on which uncertainties are held against true errors. Everything is drawn anew for each
/// seed: lenses, places, boards, noise.
enum UncertaintyRig: String, CaseIterable, Sendable {
  /// 4 pinhole cameras on the rim of a basket.
  case fourPinhole = "four-pinhole"
  /// 6 cameras of all lens models around a workspace, and a board bent by half a millimetre.
  case sixMixed = "six-mixed-bent"
  /// Two fisheyes 100 mm apart.
  case stereoFisheye = "stereo-fisheye"
  /// Two cameras and 6 frames.
  case fewFrames = "few-frames"

  /// The lens model of each camera.
  var kinds: [LensKind] {
    switch self {
    case .fourPinhole: Array(repeating: .pinhole, count: 4)
    case .sixMixed: [.opencv5, .kannalaBrandt4, .pinhole, .opencv4, .opencv8, .kannalaBrandt4]
    case .stereoFisheye: [.kannalaBrandt4, .kannalaBrandt4]
    case .fewFrames: [.opencv4, .opencv4]
    }
  }

  private var frames: Int {
    switch self {
    case .fourPinhole: 24
    case .sixMixed: 40
    case .stereoFisheye: 24
    case .fewFrames: 6
    }
  }

  /// A rig with its boards, all well captured.
  func rig(_ numbers: inout SeededNumbers) throws -> SimulatedRig {
    while true {
      let lenses = try kinds.map { kind in
        let focal = focal(kind, &numbers)
        return kind == .opencv8
          ? try rationalLens(focal: focal, &numbers)
          : try Lens.drawn(kind, focal: focal, &numbers)
      }
      var rig = try placed(lenses, &numbers)
      let bend = self == .sixMixed ? 5e-4 : 1e-4
      rig.board.warp = BoardWarp(
        x: numbers.uniform(-bend, bend), y: numbers.uniform(-bend, bend))
      rig.addGuidedFrames(frames, SimulatedRig.Showing(), &numbers)
      if rig.isWellCaptured(views: self == .fewFrames ? 5 : 8, sharedFrames: 3) { return rig }
    }
  }

  private func focal(_ kind: LensKind, _ numbers: inout SeededNumbers) -> Double {
    kind == .kannalaBrandt4 ? numbers.uniform(0.3, 0.4) : numbers.uniform(0.5, 0.8)
  }

  private func placed(
    _ lenses: [Lens], _ numbers: inout SeededNumbers
  ) throws -> SimulatedRig {
    let board = try SimulatedRig.standardBoard()
    switch self {
    case .fourPinhole: return SimulatedRig.onRim(lenses, board: board, &numbers)
    case .stereoFisheye:
      return SimulatedRig.sideBySide(lenses, board: board, baseline: 0.1, &numbers)
    case .sixMixed, .fewFrames:
      return SimulatedRig.around(lenses, board: board, spread: 0.25, &numbers)
    }
  }

  /// Noise with a different size in each view and corner, rightly stated, and a few outliers.
  var noise: CornerNoise { CornerNoise(sigma: 0.1...0.2, spread: 1.2, outliers: 0.005) }
}
