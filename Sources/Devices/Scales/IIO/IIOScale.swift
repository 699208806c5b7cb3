import Execution
import Files
import Glibc

/// Load cells on a converter under IIO, read one conversion at a time through sysfs.
package final class IIOScale: Scale {
  /// One input.
  private struct Channel {
    let path: String
    let offset: Double
  }

  package var cells: Int { channels.count }
  package var answersAtOnce: Bool { true }
  private let folder: String
  private let channels: [Channel]
  private let temperature: String?

  /// `folder` is the device's in sysfs; `inputs` names the inputs in the order of the cells, such as
  /// `in_voltage0`; nil takes all voltage inputs in the order of their numbers.
  package init(folder: String, inputs: [String]? = nil) throws(DeviceError) {
    let found = IIOChannels(folder: folder)
    let names = inputs ?? found.voltages
    guard !names.isEmpty else {
      throw .unsupported(node: folder, problem: "it has no voltage inputs")
    }
    if let missing = names.first(where: { !found.voltages.contains($0) }) {
      throw .unsupported(
        node: folder,
        problem: "it has no input \(missing), only \(found.voltages.joined(separator: ", "))")
    }
    self.folder = folder
    channels = names.map { name in
      let own =
        SysfsFile.text("\(folder)/\(name)_offset")
        ?? SysfsFile.text(
          folder + "/in_voltage_offset")
      return Channel(
        path: "\(folder)/\(name)_raw",
        offset: LoadCellConverter.offset(
          driver: found.name, attribute: own.flatMap { DecimalNumber.value($0.utf8) }))
    }
    let input = folder + "/in_temp_input"
    temperature = SysfsFile.text(input) == nil ? nil : input
  }

  /// The time is that before the first cell is read; each conversion takes its own while, up to
  /// 100 ms on a slow converter. The driver, not `seconds`, bounds how long.
  package func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    let time = ResourceUse.wallSeconds
    var counts: [Double] = []
    var status: ScaleStatus = []
    for channel in channels {
      let text: String
      do throws(FileError) {
        text = try SysfsFile.read(channel.path)
      } catch {
        if error.code == ETIMEDOUT { throw .silent(node: folder, seconds: seconds) }
        // The folder of a device that was unplugged is gone with it.
        throw error.code == ENOENT
          ? .gone(node: folder) : DeviceError(error, node: folder, rule: "")
      }
      guard let raw = DecimalNumber.value(text.utf8) else {
        throw .nonsense(node: folder, problem: "\(channel.path) does not hold a number")
      }
      let count = raw + channel.offset
      if LoadCellConverter.isSaturated(count) { status.insert(count > 0 ? .over : .under) }
      counts.append(count)
    }
    // Thousandths of a degree (sysfs-bus-iio).
    let degrees = temperature.flatMap { SysfsFile.text($0) }
      .flatMap { DecimalNumber.value($0.utf8) }.map { $0 / 1000 }
    return ScaleSample(time: time, counts: counts, status: status, temperature: degrees)
  }

  package func zero() throws(DeviceError) {
    throw .unsupported(
      node: folder, problem: "a converter has no zero of its own; the scale model has")
  }
}
