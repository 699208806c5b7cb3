import Execution
import Files
import Glibc

/// A USB point-of-sale scale, which weighs by itself and sends its reports unasked.
package final class HIDScale: Scale {
  package let cells = 0
  private let node: String
  private let file: DeviceFile
  /// The first report may be one that lay in the scale since it was last read.
  private var hasDroppedFirst = false

  package init(_ node: String) throws(DeviceError) {
    self.node = node
    do throws(FileError) {
      file = try DeviceFile(node, .readWrite)
    } catch {
      throw DeviceError(error, node: node, rule: AccessRule.hid(usbID: nil))
    }
  }

  package func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    let end = ResourceUse.wallSeconds + seconds
    do throws(FileError) {
      while try file.waitReadable(seconds: end - ResourceUse.wallSeconds) {
        var report = [UInt8](repeating: 0, count: 64)
        let count: Int
        do throws(FileError) {
          count = try file.read(into: &report)
        } catch {
          if error.code == EAGAIN { continue }
          // What hidraw says of a device that was unplugged.
          throw error.code == EIO
            ? .system(call: "read", path: node, code: ENODEV) : error
        }
        guard count > 0 else { throw FileError.system(call: "read", path: node, code: ENODEV) }
        guard let indication = HIDScaleReport.indication(report.prefix(count)) else { continue }
        guard hasDroppedFirst else {
          hasDroppedFirst = true
          continue
        }
        return ScaleSample(
          time: ResourceUse.wallSeconds, mass: indication.mass, status: indication.status)
      }
    } catch {
      throw DeviceError(error, node: node, rule: AccessRule.hid(usbID: nil))
    }
    throw .silent(node: node, seconds: seconds)
  }

  /// Asks for zero; some scales do not listen, which the readings after it show.
  package func zero() throws(DeviceError) {
    do throws(FileError) {
      try file.write(HIDScaleReport.zeroCommand)
    } catch {
      if error.code == EPIPE || error.code == EINVAL {
        throw .unsupported(node: node, problem: "this scale cannot be zeroed over USB")
      }
      throw DeviceError(error, node: node, rule: AccessRule.hid(usbID: nil))
    }
  }
}
