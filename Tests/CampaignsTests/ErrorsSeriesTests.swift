import CameraCalibration
import LensModels
import Measurements
import Simulation
import Testing

@testable import campaigns

struct ErrorsSeriesTests {
  private func finding(
    _ code: String, _ subject: String? = nil, _ severity: Finding.Severity = .warning
  ) -> Finding {
    Finding(code: code, severity: severity, subject: subject, text: "", remedy: "")
  }

  @Test func namedRightlyMeansThatCodeAndCameraAndNoOther() {
    func isRight(_ planted: PlantedError, _ findings: [Finding]) -> Bool {
      ErrorsOutcome.isRight(planted, subject: "camera1", findings)
    }
    #expect(isRight(.bend, [finding("bend_not_solved"), finding("holdout_worse")]))
    #expect(!isRight(.bend, [finding("holdout_worse")]))
    #expect(!isRight(.bend, [finding("bend_not_solved"), finding("camera_moved", "camera1")]))
    #expect(isRight(.bump, [finding("camera_moved", "camera1")]))
    #expect(!isRight(.bump, [finding("camera_moved", "camera2")]))
    #expect(
      !isRight(.bump, [finding("camera_moved", "camera1"), finding("camera_moved", "camera0")]))
    #expect(isRight(.healthy, []))
    #expect(!isRight(.healthy, [finding("holdout_worse")]))
  }

  /// What is planted shows in the scene, and only there.
  @Test(arguments: PlantedError.allCases)
  func whatIsPlantedIsInTheScene(_ planted: PlantedError) throws {
    for seed in 0..<4 {
      let draw = try PlantedDraw(planted, seed: UInt64(seed))
      let rig = draw.rig
      #expect((2...6).contains(rig.cameras.count) && (15...40).contains(rig.frames.count))
      #expect(rig.isWellCaptured(views: 8, sharedFrames: 3) || planted == .clocks)
      #expect((draw.subject != nil) == planted.hasSubject)
      let bent = rig.board.warp.x * rig.board.warp.x + rig.board.warp.y * rig.board.warp.y
      #expect((abs(bent - 1.6e-7) < 1e-12) == (planted == .bend))
      #expect(draw.options.solvesBoardWarp == (planted != .bend))
      #expect((rig.board.printScale.x != 1) == (planted == .unequalBoard))
      #expect(rig.cameras.count { $0.bump != nil } == (planted == .bump ? 1 : 0))
      #expect(rig.cameras.count { abs($0.clockOffset) == 0.02 } == (planted == .clocks ? 1 : 0))
      let told = rig.cameras.filter { camera in
        guard let kind = draw.options.lens.kind(camera: camera.name) else { return false }
        return kind != camera.lens.kind
      }
      #expect(told.map(\.name) == (planted == .lensTooSimple ? [draw.subject ?? ""] : []))
    }
  }

  /// A handful of draws; `campaigns errors` runs them all and asks for 98 %.
  @Test(arguments: PlantedError.allCases.filter { $0 != .healthy })
  func whatIsPlantedIsNamed(_ planted: PlantedError) throws {
    let outcomes = try (60..<63).map { seed in
      try ErrorsSeries(planted: planted).outcome(seed: UInt64(seed))
    }
    let right = outcomes.count(where: \.isRight)
    #expect(right >= 2, "\(outcomes.map(\.findings))")
  }

  /// A handful of healthy carts: right answers, the same ones every time. `campaigns errors` runs
  /// them all.
  @Test func healthyCartsComeOutRight() throws {
    let series = ErrorsSeries(planted: .healthy)
    for seed in 50..<53 {
      let outcome = try series.outcome(seed: UInt64(seed))
      #expect((outcome.rmsPixels ?? 9) < 0.4)
      #expect((outcome.largestMoveMillimetres ?? 9) < 2)
      #expect((outcome.largestTurnDegrees ?? 9) < 0.3)
      let again = try series.outcome(seed: UInt64(seed))
      #expect(again.rmsPixels == outcome.rmsPixels)
    }
  }
}
