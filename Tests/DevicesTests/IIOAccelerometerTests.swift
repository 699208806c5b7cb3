import Glibc
import TestSupport
import Testing

@testable import Devices

struct IIOAccelerometerTests {
  private func device(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, Array((text + "\n").utf8)) }
    return folder
  }

  @Test func readingsAreScaledAndTurnedIntoTheCart() throws {
    let folder = try device([
      "in_accel_x_raw": "10", "in_accel_y_raw": "-20", "in_accel_z_raw": "980",
      "in_accel_scale": "0.01", "in_accel_z_offset": "1",
      "in_accel_mount_matrix": "0, 1, 0; -1, 0, 0; 0, 0, 1",
    ])
    let felt = try IIOAccelerometer(folder: folder.path).acceleration()
    let expected = SIMD3(-0.2, -0.1, 9.81)
    #expect(((felt - expected) * (felt - expected)).sum() < 1e-20)
  }

  /// A cart turned about one axis is tilted by just that angle.
  @Test(arguments: [-0.2, -0.01, 0, 0.05, 0.3])
  func theTiltIsTheAngleTurned(_ angle: Double) {
    let aboutX = IIOAccelerometer.tilt(SIMD3(0, sin(angle), cos(angle)) * 9.81)
    #expect(abs((aboutX?.x ?? 9) - angle) < 1e-12 && abs(aboutX?.y ?? 9) < 1e-12)
    let aboutY = IIOAccelerometer.tilt(SIMD3(-sin(angle), 0, cos(angle)) * 9.81)
    #expect(abs((aboutY?.y ?? 9) - angle) < 1e-12 && abs(aboutY?.x ?? 9) < 1e-12)
  }

  @Test(arguments: [SIMD3(0, 0, 0), SIMD3(0, 0, 30), SIMD3(0.1, 0, 2)])
  func whatIsNoGravityGivesNoTilt(_ felt: SIMD3<Double>) {
    #expect(IIOAccelerometer.tilt(felt) == nil)
  }

  @Test func withoutAnAxisItIsRefused() throws {
    let folder = try device([
      "in_accel_x_raw": "10", "in_accel_y_raw": "-20", "in_accel_scale": "0.01",
    ])
    let error = #expect(throws: DeviceError.self) { try IIOAccelerometer(folder: folder.path) }
    #expect("\(error as Any)".contains("axis z"))
  }

  @Test func oneThatIsUnpluggedIsGone() throws {
    let files = [
      "in_accel_x_raw": "1", "in_accel_y_raw": "1", "in_accel_z_raw": "1", "in_accel_scale": "1",
    ]
    let folder = try device(files)
    let accelerometer = try IIOAccelerometer(folder: folder.path)
    #expect(unlink(folder("in_accel_y_raw")) == 0)
    #expect(throws: DeviceError.gone(node: folder.path)) { try accelerometer.acceleration() }
  }
}
