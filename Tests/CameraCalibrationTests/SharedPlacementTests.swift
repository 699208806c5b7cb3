import BoardDetection
import Boards
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

/// Parts of a board whose place is unknown, seen while another camera sees the whole.
@Suite struct SharedPlacementTests {
  /// Three cameras round a bent board held so near that many pictures show a part of it.
  private static func rig(seed: UInt64, _ board: BoardSpec) throws -> SimulatedRig {
    var numbers = SeededNumbers(seed)
    let lenses = try (0..<3).map { _ in try Lens.drawn(.opencv5, focal: 0.7, &numbers) }
    var rig = SimulatedRig.around(lenses, board: board, spread: 0.5, &numbers)
    rig.board.warp = BoardWarp(x: 4e-4, y: -3e-4)
    rig.addFrames(30, &numbers)
    return rig
  }

  private static func input(
    _ rig: SimulatedRig, _ parts: CornerNoise.PartialViews
  ) -> CalibrationInput {
    var numbers = SeededNumbers(5)
    var noise = CornerNoise(sigma: 0.03)
    noise.partialViews = parts
    return rig.session(noise, &numbers).input
  }

  private static func solve(_ input: CalibrationInput) throws -> CalibrationResult {
    try calibrate(input, options: CalibrationOptions(lens: .fixed(.opencv5)))
  }

  /// The largest distance of a camera from where it is, metres.
  private static func error(_ result: CalibrationResult, _ rig: SimulatedRig) throws -> Double {
    var worst = 0.0
    for (index, camera) in result.cameras.enumerated() {
      let truth = rig.worldFromCamera[0].inverse * rig.worldFromCamera[index]
      let found = try #require(camera.referenceFromCamera)
      worst = max(worst, (truth.inverse * found).translation.length)
    }
    return worst
  }

  @Test func partsAreAsGoodAsIfTheyHadMarkers() throws {
    let rig = try Self.rig(seed: 31, SimulatedRig.standardBoard())
    let input = Self.input(rig, .unanchored)
    let unanchored = input.views.filter { !$0.anchored }
    let seenWhole = Set(input.views.filter(\.anchored).map(\.frame))
    let shared = unanchored.count { seenWhole.contains($0.frame) }
    #expect(shared >= 10)
    let result = try Self.solve(input)
    // All that share their frame with a whole board are placed, and none is thrown out.
    #expect(result.cameras.reduce(0) { $0 + $1.unanchoredViews } == unanchored.count - shared)
    #expect(
      result.cameras.reduce(0) { $0 + $1.views } == input.views.count - unanchored.count + shared)
    #expect((result.rmsPixels ?? 9) < 0.045)
    #expect(result.outliers.count < 10)
    let named = try Self.solve(Self.input(rig, .anchored))
    let (found, best) = (try Self.error(result, rig), try Self.error(named, rig))
    #expect(found < 1.5 * best + 2e-5, "\(found) m instead of \(best) m")
  }

  @Test func partsOfAnotherBoardStayWhereTheyAre() throws {
    let rig = try Self.rig(seed: 32, SimulatedRig.standardBoard())
    var input = Self.input(rig, .unanchored)
    // Each part was seen a frame earlier or later: the board was elsewhere.
    var moved = 0
    for index in input.views.indices where !input.views[index].anchored {
      let frame = input.views[index].frame
      input.views[index].frame = frame == 0 ? 1 : frame - 1
      moved += 1
    }
    #expect(moved >= 10)
    let result = try Self.solve(input)
    #expect(result.cameras.reduce(0) { $0 + $1.unanchoredViews } >= moved - 1)
    #expect(try Self.error(result, rig) < 5e-4)
    #expect((result.rmsPixels ?? 9) < 0.045)
  }

  @Test func gridsThatFitTwiceAreLeftAlone() throws {
    // After half a turn this board looks the same: parts could be placed in two ways.
    let even = try BoardSpec(columns: 9, rows: 7, squareSize: 0.025)
    let rig = try Self.rig(seed: 33, even)
    let input = Self.input(rig, .unanchored)
    let result = try Self.solve(input)
    #expect(
      result.cameras.reduce(0) { $0 + $1.unanchoredViews } == input.views.count { !$0.anchored })
  }

  @Test func nonsenseGridsDoNoHarm() throws {
    let rig = try Self.rig(seed: 34, SimulatedRig.standardBoard())
    var input = Self.input(rig, .unanchored)
    var numbers = SeededNumbers(6)
    for index in input.views.indices where !input.views[index].anchored {
      // All corners in one place, anywhere, in a line, or mirrored.
      for corner in input.views[index].corners.indices {
        switch index % 4 {
        case 0: input.views[index].corners[corner].x = 300
        case 1:
          input.views[index].corners[corner].x = numbers.uniform(0, 1000)
          input.views[index].corners[corner].y = numbers.uniform(0, 700)
        case 2: input.views[index].corners[corner].y = input.views[index].corners[corner].x
        default:
          input.views[index].corners[corner].x = 1000 - input.views[index].corners[corner].x
        }
      }
    }
    let result = try Self.solve(input)
    #expect(try Self.error(result, rig) < 5e-4)
  }
}
