import Boards
import CameraCalibration
import LensModels
import Simulation

/// A cart as it comes down a line: 2 to 6 cameras, 15 to 40 frames shown by hand, a printed board
/// that is never quite flat, and a detector's noise.
struct CartRig: Sendable {
  var rig: SimulatedRig
  var noise: CornerNoise

  /// A cart whose every camera has seen at least 8 whole boards and all of whose cameras hang
  /// together by pairs with 3 common frames at least.
  static func drawn(fewestCameras: Int = 2, _ numbers: inout SeededNumbers) throws -> CartRig {
    while true {
      let count = fewestCameras + numbers.index(7 - fewestCameras)
      let size = sizes[numbers.index(sizes.count)]
      let lenses = try (0..<count).map { _ in try lens(size, &numbers) }
      let board = try self.board(&numbers)
      var rig =
        numbers.chance(0.6)
        ? SimulatedRig.onRim(lenses, board: board, &numbers)
        : SimulatedRig.around(lenses, board: board, spread: 0.4, &numbers)
      rig.board.warp = BoardWarp(x: bend(&numbers), y: bend(&numbers))
      // What a detector still finds.
      rig.largestIncidence = 1.2
      rig.addGuidedFrames(
        15 + numbers.index(26), SimulatedRig.Showing(fill: 0.2...0.75), &numbers)
      guard rig.isWellCaptured(views: 8, sharedFrames: 3) else { continue }
      return CartRig(rig: rig, noise: noise(&numbers))
    }
  }

  private static let sizes = [(640, 480), (1280, 720), (1280, 800), (1920, 1080)]

  /// A normal, a wide or a fisheye lens.
  private static func lens(
    _ size: (Int, Int), _ numbers: inout SeededNumbers
  ) throws -> Lens {
    let kind: LensKind
    let focal: Double
    switch numbers.uniform() {
    case ..<0.1: (kind, focal) = (.pinhole, numbers.uniform(0.7, 1))
    case ..<0.35: (kind, focal) = (.opencv4, numbers.uniform(0.6, 1))
    case ..<0.6: (kind, focal) = (.opencv5, numbers.uniform(0.5, 0.9))
    case ..<0.8: (kind, focal) = (.opencv8, numbers.uniform(0.45, 0.6))
    default: (kind, focal) = (.kannalaBrandt4, numbers.uniform(0.35, 0.5))
    }
    return try Lens.drawn(kind, focal: focal, width: size.0, height: size.1, &numbers)
  }

  private static func board(_ numbers: inout SeededNumbers) throws -> BoardSpec {
    let boards = [(9, 6, 0.025), (10, 7, 0.025), (8, 5, 0.03), (11, 8, 0.03), (9, 6, 0.03)]
    let (columns, rows, square) = boards[numbers.index(boards.count)]
    return try BoardSpec(columns: columns, rows: rows, squareSize: square)
  }

  /// Metres: a quarter of a millimetre is usual, never over 0.6 mm.
  private static func bend(_ numbers: inout SeededNumbers) -> Double {
    max(-6e-4, min(6e-4, 2.5e-4 * numbers.normal()))
  }

  private static func noise(_ numbers: inout SeededNumbers) -> CornerNoise {
    let sigma = numbers.logUniform(0.03, 0.15)
    return CornerNoise(
      sigma: sigma...(2 * sigma), spread: 1.2, statedScatter: 0.1,
      outliers: numbers.chance(0.5) ? 0 : numbers.uniform(0, 0.02),
      outlierReach: numbers.chance(0.5) ? nil : 10,
      partialViews: numbers.chance(0.5) ? .leftOut : .unanchored)
  }
}
