import BoardDetection
import Boards
import Execution
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct CalibrateTests {
  /// The largest distance between what two lenses make of the same directions, pixels, over the
  /// middle of the picture.
  static func difference(_ lens: Lens?, _ truth: Lens) throws -> Double {
    let lens = try #require(lens)
    var worst = 0.0
    for x in stride(from: 0.15, through: 0.85, by: 0.1) {
      for y in stride(from: 0.15, through: 0.85, by: 0.1) {
        let pixel = Vector2(x * Double(truth.width), y * Double(truth.height))
        let direction = try #require(truth.unproject(pixel))
        worst = max(worst, (try #require(lens.project(direction)) - pixel).length)
      }
    }
    return worst
  }

  @Test(arguments: LensKind.allCases, [0.35, 0.6, 1.5])
  func exactCornersGiveTheTruth(_ kind: LensKind, _ focal: Double) throws {
    // Perspective models end where the picture would need more than 60 degrees.
    guard kind == .kannalaBrandt4 || focal > 0.5 else { return }
    var numbers = SeededNumbers(21)
    let lenses = try [0, 1, 2].map { _ in try Lens.drawn(kind, focal: focal, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.2, &numbers)
    rig.board.warp = BoardWarp(x: 4e-4, y: -2e-4)
    rig.addFrames(24, &numbers)
    let input = rig.input(&numbers)
    let result = try calibrate(input, options: CalibrationOptions(lens: .fixed(kind)))
    #expect((result.rmsPixels ?? 1) < 1e-6)
    // Without noise nothing pulls at a rational lens, whose coefficients are then left open.
    #expect(result.verdict == (kind == .opencv8 ? .notDetermined : .pass))
    #expect(result.outliers.isEmpty)
    let warp = try #require(result.boardWarp)
    #expect(abs(warp.x - rig.board.warp.x) < 1e-8 && abs(warp.y - rig.board.warp.y) < 1e-8)
    for (index, camera) in result.cameras.enumerated() {
      #expect(try Self.difference(camera.lens, lenses[index]) < 1e-3)
      let truth = rig.worldFromCamera[0].inverse * rig.worldFromCamera[index]
      let pose = try #require(camera.referenceFromCamera)
      let error = truth.inverse * pose
      #expect(error.translation.length < 1e-6)
      #expect(error.rotation.angle < 1e-6)
    }
    #expect(result.referenceFromBoard.allSatisfy { $0 != nil })
  }

  @Test func whatFewFramesCannotTellIsNamed() throws {
    var numbers = SeededNumbers(9)
    let lens = try Lens.drawn(.opencv4, focal: 0.6, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(3, &numbers)
    let result = try calibrate(rig.session(CornerNoise(sigma: 0.05), &numbers).input)
    // Nothing can be held out of three frames.
    #expect(result.cameras[0].lens != nil && result.verdict == .notDetermined)
    let finding = try #require(result.findings.first { $0.code == "not_validated" })
    #expect(finding.subject == "camera0" && finding.remedy.contains("10 frames"))
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    var numbers = SeededNumbers(4)
    let kinds: [LensKind] = [.opencv5, .kannalaBrandt4, .opencv8, .opencv4]
    let lenses = try kinds.map { try Lens.drawn($0, focal: 0.5, &numbers) }
    var rig = SimulatedRig.around(lenses, board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(40, &numbers)
    let input = rig.input(noise: 0.1, outliers: 0.02, &numbers)
    let results = try [1, 2, 3].map { threads in
      var result = try calibrate(
        input, options: CalibrationOptions(threads: ThreadCount(threads)))
      result.times = CalibrationTimes()
      return result
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func autoTakesModelsThatPredictBest() throws {
    var numbers = SeededNumbers(6)
    let lenses = [
      try Lens.drawn(.pinhole, focal: 0.9, &numbers),
      try Lens.drawn(.kannalaBrandt4, focal: 0.35, &numbers),
      try Lens.drawn(.opencv8, focal: 0.5, &numbers),
    ]
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.2, &numbers)
    rig.addFrames(45, &numbers)
    let result = try calibrate(rig.input(noise: 0.05, &numbers))
    #expect(result.cameras[0].lens?.kind == .pinhole)
    #expect(result.cameras[1].lens?.kind == .kannalaBrandt4)
    for camera in result.cameras {
      #expect((camera.rmsPixels ?? 9) < 0.05 * 2.squareRoot() * 1.05)
      #expect((camera.holdoutRMSPixels ?? 9) < 0.05 * 2.squareRoot() * 1.3)
      #expect(camera.lensCandidates.count == LensKind.allCases.count)
    }
    #expect(result.findings.isEmpty, "\(result.findings)")
  }

  @Test func outliersAreThrownOutAndListed() throws {
    var numbers = SeededNumbers(31)
    let lenses = try [0, 1].map { _ in try Lens.drawn(.opencv5, focal: 0.8, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.2, &numbers)
    rig.addFrames(20, &numbers)
    var input = rig.input(noise: 0.1, &numbers)
    input.views[2].corners[7].x += 30
    input.views[5].corners[0].y -= 3
    input.views[9].corners[20].x = .nan
    let result = try calibrate(input, options: CalibrationOptions(lens: .fixed(.opencv5)))
    func isOut(_ view: Int, _ corner: Int) -> OutlierCorner? {
      result.outliers.first {
        $0.image == input.views[view].image
          && $0.column == input.views[view].corners[corner].column
          && $0.row == input.views[view].corners[corner].row
      }
    }
    let far = try #require(isOut(2, 7))
    #expect(abs((far.residual?.x ?? 0) - 30) < 1 && far.reason == .beyondFourSigma)
    #expect(isOut(5, 0) != nil)
    #expect(isOut(9, 20)?.reason == .notInPicture)
    #expect(result.outliers.count < 10)
    // Without rejection only what is no number stays out.
    let kept = try calibrate(
      input, options: CalibrationOptions(lens: .fixed(.opencv5), rejectsOutliers: false))
    #expect(kept.outliers.count == 1)
    #expect((kept.rmsPixels ?? 0) > (result.rmsPixels ?? 9))
  }

  /// A part of a bent board is put where it belongs: its bend fits nowhere else.
  @Test func unanchoredViewsOfABentBoardDoNoHarm() throws {
    var numbers = SeededNumbers(14)
    let lens = try Lens.drawn(.opencv5, focal: 0.7, &numbers)
    let board = try BoardSpec(columns: 10, rows: 7, squareSize: 0.025)
    var rig = SimulatedRig.around([lens], board: board, &numbers)
    rig.board.warp = BoardWarp(x: 2e-3, y: -1e-3)
    rig.addFrames(24, &numbers)
    var input = rig.input(noise: 0.02, &numbers)
    for index in stride(from: 0, to: input.views.count, by: 2) {
      let turned = index.isMultiple(of: 4)
      input.views[index].anchored = false
      input.views[index].corners = input.views[index].corners.compactMap { corner in
        var (i, j) = (corner.column - 3, corner.row - 1)
        // Half a turn keeps the colours of a part that ends on an even corner.
        if turned { (i, j) = (8 - corner.column, 6 - corner.row) }
        guard i >= 0, j >= 0 else { return nil }
        return BoardCorner(column: i, row: j, x: corner.x, y: corner.y, sigma: corner.sigma)
      }
    }
    let result = try calibrate(input, options: CalibrationOptions(lens: .fixed(.opencv5)))
    #expect(result.cameras[0].unanchoredViews == 12)
    #expect((result.rmsPixels ?? 9) < 0.03)
    #expect(result.outliers.count < 10)
  }

  @Test func placesKeepTheColours() throws {
    let board = try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)
    // A full board fits in one way only; one column less in two, the second turned by half.
    #expect(
      GridPlacement.all(width: 9, height: 6, on: board)
        == [GridPlacement(quarterTurns: 0, column: 0, row: 0)])
    let places = GridPlacement.all(width: 8, height: 6, on: board)
    #expect(places.map(\.quarterTurns) == [0, 2])
    #expect(GridPlacement.all(width: 10, height: 2, on: board).isEmpty)
  }

  @Test func unanchoredViewsServeTheLens() throws {
    var numbers = SeededNumbers(12)
    let lens = try Lens.drawn(.opencv5, focal: 0.7, &numbers)
    let board = try SimulatedRig.standardBoard()
    var rig = SimulatedRig.around([lens], board: board, &numbers)
    rig.addFrames(12, &numbers)
    var input = rig.input(noise: 0.02, &numbers)
    for index in stride(from: 0, to: input.views.count, by: 2) {
      // A part of the board, counted from its own corner.
      input.views[index].anchored = false
      input.views[index].corners = input.views[index].corners
        .filter { $0.column >= 2 && $0.row >= 2 }
        .map {
          BoardCorner(column: $0.column - 2, row: $0.row - 2, x: $0.x, y: $0.y, sigma: $0.sigma)
        }
    }
    let result = try calibrate(input, options: CalibrationOptions(lens: .fixed(.opencv5)))
    #expect(result.cameras[0].views == 6 && result.cameras[0].unanchoredViews == 6)
    #expect((result.rmsPixels ?? 9) < 0.03)
    #expect(try Self.difference(result.cameras[0].lens, lens) < 1)
    // Only anchored views place the board.
    #expect(result.referenceFromBoard.map { $0 != nil } == (0..<12).map { $0 % 2 == 1 })
  }

  @Test func inputThatContradictsItselfThrows() throws {
    var numbers = SeededNumbers(2)
    let lens = try Lens.drawn(.pinhole, focal: 0.7, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(4, &numbers)
    let good = rig.input(&numbers)
    func error(_ change: (inout CalibrationInput) -> Void) -> CalibrationError? {
      var input = good
      change(&input)
      do {
        _ = try calibrate(input)
        return nil
      } catch {
        return error
      }
    }
    #expect(error { $0.cameras = [] } == .noCameras)
    #expect(error { $0.cameras += $0.cameras } == .duplicateCameraName("camera0"))
    #expect(
      error { $0.views[0].camera = 3 } == .unknownCamera(index: 3, image: "camera0/0.png"))
    #expect(error { $0.views[0].frame = -1 } == .unknownFrame(index: -1, image: "camera0/0.png"))
    #expect(
      error { $0.views[0].corners[0].column = 9 }
        == .cornerOutsideBoard(image: "camera0/0.png", column: 9, row: 0))
    #expect(
      error { $0.views[0].corners[0].column = 1 }
        == .cornerTwice(image: "camera0/0.png", column: 1, row: 0))
    #expect(
      error { $0.cameras[0].width = 0 }
        == .pictureSizeOutOfRange(camera: "camera0", width: 0, height: 800))
    #expect(throws: CalibrationError.unknownLensCamera("x")) {
      try calibrate(good, options: CalibrationOptions(lens: .perCamera(["x": .pinhole])))
    }
  }
}
