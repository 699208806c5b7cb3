import Execution
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct RationalPoleTests {
  private let core = [500.0, 500, 639.5, 399.5]

  @Test func lensesWithoutPolesPass() throws {
    var numbers = SeededNumbers(71)
    for focal in [0.35, 0.5, 0.9, 1.4] {
      let lens = try Lens.drawn(.opencv8, focal: focal, &numbers)
      #expect(!RationalPole.isAmongCorners(lens.parameters, radius: 780))
    }
    let pinhole = core + Array(repeating: 0, count: 8)
    #expect(!RationalPole.isAmongCorners(pinhole, radius: 780))
  }

  /// 1 - 0.2 s is zero at a tangent of 2.24, so 1118 pixels from the middle.
  @Test func polesCountAmongTheCorners() {
    let pole = core + [-0.2, 0, 0, 0, 0, -0.2001, 0, 0]
    #expect(RationalPole.isAmongCorners(pole, radius: 1200))
    #expect(!RationalPole.isAmongCorners(pole, radius: 750))
  }

  @Test func profilesThatFallAreFound() {
    // t (1 - 0.1 t^2) is largest at a tangent of 1.83, where it is 1.22: 609 pixels.
    let falling = core + [-0.1, 0, 0, 0, 0, 0, 0, 0]
    #expect(RationalPole.isAmongCorners(falling, radius: 620))
    #expect(!RationalPole.isAmongCorners(falling, radius: 400))
  }

  /// Noise that bends a rational lens to a pole beside the last corners is not followed: the lens
  /// stays near the truth.
  @Test func lensesAreCalledBackFromPoles() throws {
    var worst = 0.0
    for seed in 0..<12 {
      var numbers = SeededNumbers(700 + UInt64(seed))
      let lens = try Lens.drawn(.opencv8, focal: 0.4, &numbers)
      var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
      rig.addFrames(10, &numbers)
      let result = try calibrate(
        rig.input(noise: 0.3, &numbers), options: CalibrationOptions(lens: .fixed(.opencv8)))
      let found = try #require(result.cameras[0].lens)
      #expect(!RationalPole.isAmongCorners(found.parameters, radius: 400))
      let edge = try #require(lens.unproject(Vector2(300, 200)))
      worst = max(worst, (try #require(found.project(edge)) - Vector2(300, 200)).length)
    }
    #expect(worst < 10)
  }
}
