import BoardDetection
import Boards
import Geometry
import LensModels
import Measurements
import Simulation
import Testing

@testable import CameraCalibration

/// Data that cannot give an answer: it is named, nothing crashes, the rest is solved.
struct HostileInputTests {
  static func rig(
    _ cameras: Int, frames: Int, board: BoardSpec? = nil, seed: UInt64 = 17
  ) throws -> (SimulatedRig, SeededNumbers) {
    var numbers = SeededNumbers(seed)
    let lenses = try (0..<cameras).map { _ in
      try Lens.drawn(.opencv5, focal: 0.7, &numbers)
    }
    var rig = SimulatedRig.around(
      lenses, board: try board ?? SimulatedRig.standardBoard(), spread: 0.25, &numbers)
    rig.addFrames(frames, &numbers)
    return (rig, numbers)
  }

  static func solve(
    _ input: CalibrationInput, _ lens: LensChoice = .fixed(.opencv5)
  ) throws -> CalibrationResult {
    try calibrate(input, options: CalibrationOptions(lens: lens))
  }

  static func codes(_ result: CalibrationResult, _ subject: String? = nil) -> [String] {
    result.findings.filter { subject == nil || $0.subject == subject }.map(\.code)
  }

  @Test func cameraWithoutBoardIsNamedAndTheOthersSolved() throws {
    var (rig, numbers) = try Self.rig(3, frames: 20)
    var input = rig.input(noise: 0.1, &numbers)
    input.views.removeAll { $0.camera == 1 }
    let result = try Self.solve(input)
    #expect(Self.codes(result) == ["no_board_found"])
    #expect(result.findings.first?.subject == "camera1")
    #expect(result.verdict == .notDetermined)
    #expect(result.cameras[1].lens == nil && result.cameras[1].referenceFromCamera == nil)
    #expect(result.cameras[0].referenceFromCamera == .identity)
    #expect(result.cameras[2].referenceFromCamera != nil)
    #expect((result.rmsPixels ?? 9) < 0.16)
  }

  @Test func stretchedPicturesAreNamed() throws {
    var (rig, numbers) = try Self.rig(1, frames: 15)
    var input = rig.input(noise: 0.1, &numbers)
    input.cameras[0].width *= 2
    for view in input.views.indices {
      for corner in input.views[view].corners.indices { input.views[view].corners[corner].x *= 2 }
    }
    let result = try Self.solve(input)
    #expect(Self.codes(result).contains("pixels_not_square"))
    #expect(result.verdict == .notDetermined)
  }

  @Test func nothingAtAll() throws {
    let (rig, _) = try Self.rig(2, frames: 1)
    let input = CalibrationInput(
      board: rig.board.spec, cameras: [CameraInput(name: "a", width: 640, height: 480)], frames: [],
      views: [])
    let result = try Self.solve(input, .auto)
    #expect(Self.codes(result) == ["no_board_found"])
    #expect(result.rmsPixels == nil && result.verdict == .notDetermined)
  }

  @Test(arguments: 1...5) func fewViewsAreNamed(_ views: Int) throws {
    var (rig, numbers) = try Self.rig(1, frames: views)
    for lens in [LensChoice.auto, .fixed(.opencv5)] {
      let result = try Self.solve(rig.input(noise: 0.1, &numbers), lens)
      #expect(Self.codes(result).contains("too_few_views"))
      if views < 3 {
        #expect(result.verdict == .notDetermined && result.cameras[0].lens == nil)
      }
    }
  }

  @Test func sameViewRepeatedIsNamed() throws {
    var (rig, numbers) = try Self.rig(1, frames: 1)
    rig.worldFromBoard = Array(repeating: rig.worldFromBoard[0], count: 12)
    let result = try Self.solve(rig.input(noise: 0.02, &numbers))
    #expect(Self.codes(result) == ["duplicated_views"])
    #expect(result.verdict == .notDetermined && result.cameras[0].lens == nil)
  }

  @Test func boardAlwaysParallelToThePictureIsNamed() throws {
    var (rig, numbers) = try Self.rig(1, frames: 12)
    let camera = rig.worldFromCamera[0]
    rig.worldFromBoard = rig.worldFromBoard.map { pose in
      var flat = camera.inverse * pose
      flat.rotation = .identity
      flat.translation.z = 0.35
      return camera * flat
    }
    for lens in [LensChoice.auto, .fixed(.opencv5), .fixed(.pinhole)] {
      let result = try Self.solve(rig.input(noise: 0.1, &numbers), lens)
      #expect(
        !Set(Self.codes(result)).isDisjoint(with: [
          "focal_not_determined", "duplicated_views", "no_lens_fits",
        ]))
    }
  }

  @Test func camerasThatNeverMeetAreNamed() throws {
    var (rig, numbers) = try Self.rig(4, frames: 40)
    var input = rig.input(noise: 0.1, &numbers)
    // Cameras 0 and 1 see the even frames, 2 and 3 the odd ones.
    input.views.removeAll { ($0.camera < 2) != $0.frame.isMultiple(of: 2) }
    let result = try Self.solve(input)
    let finding = try #require(result.findings.first { $0.code == "disconnected_cameras" })
    #expect(finding.text.contains("camera2, camera3") && finding.text.contains("frame1"))
    #expect(result.verdict == .notDetermined)
    #expect(result.cameras.allSatisfy { $0.lens != nil && ($0.rmsPixels ?? 9) < 0.17 })
    #expect(result.cameras.map { $0.referenceFromCamera != nil } == [true, true, false, false])
  }

  @Test func randomCornersAreNoLens() throws {
    var (rig, numbers) = try Self.rig(2, frames: 15)
    var input = rig.input(noise: 0.1, &numbers)
    for view in input.views.indices where input.views[view].camera == 1 {
      for corner in input.views[view].corners.indices {
        input.views[view].corners[corner].x = numbers.uniform(0, 1279)
        input.views[view].corners[corner].y = numbers.uniform(0, 799)
      }
    }
    for lens in [LensChoice.auto, .fixed(.opencv8)] {
      let result = try Self.solve(input, lens)
      #expect(Self.codes(result, "camera1").contains("no_lens_fits"))
      #expect(result.cameras[1].lens == nil)
      #expect((result.cameras[0].rmsPixels ?? 9) < 0.16)
    }
  }

  @Test func picturesOfDifferentInstantsAreNamed() throws {
    var (rig, numbers) = try Self.rig(3, frames: 24)
    var input = rig.input(noise: 0.1, &numbers)
    // Camera 2 is five frames late.
    for view in input.views.indices where input.views[view].camera == 2 {
      input.views[view].frame = (input.views[view].frame + 5) % 24
    }
    let result = try Self.solve(input)
    #expect(Self.codes(result, "camera2").contains("cameras_disagree"))
    #expect(result.cameras[2].referenceFromCamera == nil)
    #expect(result.cameras[1].referenceFromCamera != nil)
    #expect((result.rmsPixels ?? 9) < 0.16)
    #expect(result.verdict == .notDetermined)
  }

  @Test func evenBoardServesOneCameraOnly() throws {
    let board = try BoardSpec(columns: 8, rows: 6, squareSize: 0.03)
    var (alone, numbers) = try Self.rig(1, frames: 15, board: board)
    let single = try Self.solve(alone.input(noise: 0.1, &numbers))
    #expect(single.verdict == .pass && single.cameras[0].referenceFromCamera != nil)
    var (pair, more) = try Self.rig(2, frames: 15, board: board)
    let result = try Self.solve(pair.input(noise: 0.1, &more))
    #expect(Self.codes(result).contains("ambiguous_board"))
    #expect(result.verdict == .notDetermined)
    #expect(result.cameras.allSatisfy { $0.lens != nil && $0.referenceFromCamera == nil })
  }

  @Test func rationalLensOnAnOrdinaryOneStaysReasonable() throws {
    var numbers = SeededNumbers(5)
    let lens = try Lens.drawn(.opencv4, focal: 1.2, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(12, &numbers)
    let result = try Self.solve(rig.input(noise: 0.2, &numbers), .fixed(.opencv8))
    let solved = try #require(result.cameras[0].lens)
    #expect(solved.distortion.allSatisfy { abs($0) < 100 })
    #expect(solved.unproject(Vector2(0, 0)) != nil)
  }

  @Test func brokenNumbersNeverCrash() throws {
    var (rig, numbers) = try Self.rig(2, frames: 8)
    let good = rig.input(noise: 0.1, &numbers)
    let odd: [Double] = [.nan, .infinity, -.infinity, 1e300, -1e300, 0, 1e-300]
    for round in 0..<30 {
      var input = good
      for view in input.views.indices {
        for corner in input.views[view].corners.indices where numbers.uniform() < 0.3 {
          let value = odd[numbers.index(odd.count)]
          switch round % 3 {
          case 0: input.views[view].corners[corner].x = value
          case 1: input.views[view].corners[corner].sigma = value
          default:
            input.views[view].corners[corner].x = 100
            input.views[view].corners[corner].y = 100
          }
        }
        if round % 5 == 0 { input.views[view].corners.removeLast(numbers.index(54)) }
      }
      let result = try Self.solve(input, round.isMultiple(of: 2) ? .auto : .fixed(.kannalaBrandt4))
      #expect(result.cameras.allSatisfy { $0.rmsPixels.map { $0.isFinite } ?? true })
    }
    for change in [
      { (corner: inout BoardCorner) in (corner.x, corner.y) = (7, 7) },
      { (corner: inout BoardCorner) in corner.y = corner.x * 0.5 },
    ] {
      var input = good
      for view in input.views.indices {
        for corner in input.views[view].corners.indices {
          change(&input.views[view].corners[corner])
        }
      }
      let result = try Self.solve(input, .auto)
      #expect(result.verdict == .notDetermined)
      #expect(Self.codes(result).contains("unusable_views"))
    }
  }
}
