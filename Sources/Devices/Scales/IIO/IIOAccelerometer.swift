import Files
import Glibc

/// An accelerometer under IIO, which tells how far a cart is tilted; read through sysfs
/// (Documentation/ABI/testing/sysfs-bus-iio).
package struct IIOAccelerometer: Sendable {
  private let folder: String
  /// By axis: raw reading, what is added to it, and metres a square second for one.
  private let channels: [(path: String, offset: Double, scale: Double)]
  /// Rows of the matrix that turns its axes into the cart's.
  private let mounting: [SIMD3<Double>]

  /// `folder` is the device's in sysfs; it has all three axes.
  package init(folder: String) throws(DeviceError) {
    self.folder = folder
    var channels: [(path: String, offset: Double, scale: Double)] = []
    for axis in ["x", "y", "z"] {
      func number(_ what: String) -> Double? {
        let text =
          SysfsFile.text("\(folder)/in_accel_\(axis)_\(what)")
          ?? SysfsFile.text("\(folder)/in_accel_\(what)")
        return text.flatMap { DecimalNumber.value($0.utf8) }
      }
      let path = "\(folder)/in_accel_\(axis)_raw"
      guard SysfsFile.text(path) != nil, let scale = number("scale") else {
        throw .unsupported(node: folder, problem: "it has no axis \(axis) with a scale")
      }
      channels.append((path, number("offset") ?? 0, scale))
    }
    self.channels = channels
    let matrix =
      SysfsFile.text(folder + "/in_accel_mount_matrix")
      ?? SysfsFile.text(folder + "/in_mount_matrix") ?? SysfsFile.text(folder + "/mount_matrix")
    mounting = matrix.flatMap(Self.rows) ?? [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
  }

  /// What it feels along the cart's axes, m/s2: at rest the opposite of gravity.
  package func acceleration() throws(DeviceError) -> SIMD3<Double> {
    var felt = SIMD3<Double>()
    for (axis, channel) in channels.enumerated() {
      let text: String
      do throws(FileError) {
        text = try SysfsFile.read(channel.path)
      } catch {
        throw error.code == ENOENT
          ? .gone(node: folder) : DeviceError(error, node: folder, rule: AccessRule.converter)
      }
      guard let raw = DecimalNumber.value(text.utf8) else {
        throw .nonsense(node: folder, problem: "\(channel.path) does not hold a number")
      }
      felt[axis] = (raw + channel.offset) * channel.scale
    }
    return SIMD3(mounting.map { ($0 * felt).sum() })
  }

  /// How far the cart is turned about its x and y axes, radians, right-handed; at rest. Nil where it
  /// feels nothing near gravity: it falls, or is broken.
  package func tilt() throws(DeviceError) -> SIMD2<Double>? {
    Self.tilt(try acceleration())
  }

  /// The tilt in what is felt. A cart that is turned by a about x feels gravity's opposite along
  /// (0, sin a, cos a), one that is turned by b about y along (-sin b, 0, cos b).
  static func tilt(_ felt: SIMD3<Double>) -> SIMD2<Double>? {
    let strength = (felt * felt).sum().squareRoot()
    guard (5...15).contains(strength) else { return nil }
    return SIMD2(atan2(felt.y, felt.z), atan2(-felt.x, felt.z))
  }

  /// `1, 0, 0; 0, 1, 0; 0, 0, 1`.
  private static func rows(_ text: String) -> [SIMD3<Double>]? {
    let rows = text.split(separator: ";").map { row in
      row.split(separator: ",").compactMap { field in
        DecimalNumber.value(field.filter { $0 != " " }.utf8)
      }
    }
    guard rows.count == 3, rows.allSatisfy({ $0.count == 3 }) else { return nil }
    return rows.map { SIMD3($0) }
  }
}
