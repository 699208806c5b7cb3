import Execution
import Files
import Glibc

/// Load cells on a converter under IIO, read through its buffer: every conversion that its trigger
/// asks for, all inputs together, with the kernel's own time
/// (Documentation/iio/iio_devbuf.rst).
///
/// Which trigger drives it is the system's business (`trigger/current_trigger`); converters with one
/// of their own need none.
package final class BufferedIIOScale: Scale {
  package var cells: Int { offsets.count }
  private let folder: String
  private let file: DeviceFile
  private let layout: IIOScanLayout
  /// By cell: its position among the values of a scan, and what is added to it.
  private let positions: [Int]
  private let offsets: [Double]
  /// By cell: the bits of its converter.
  private let bits: [Int]
  /// Where the time stands among the values; nil without one on our clock.
  private let timePosition: Int?
  private var bytes: [UInt8] = []
  private var waiting: [ScaleSample] = []

  /// Scans that the kernel keeps while nobody reads.
  private static let length = 256

  /// Whether a device can be read so: it has a node and channels that can be put into its buffer.
  package static func isPossible(folder: String) -> Bool {
    let folders = Folders(folder)
    return IIOChannels(folder: folder).voltages.contains {
      SysfsFile.text("\(folders.elements)/\($0)_type") != nil
    }
  }

  /// `folder` is the device's in sysfs, `node` its node; `inputs` names the inputs in the order of
  /// the cells, nil takes all voltage inputs in the order of their numbers.
  package init(folder: String, node: String, inputs: [String]? = nil) throws(DeviceError) {
    let found = IIOChannels(folder: folder)
    let names = inputs ?? found.voltages
    guard !names.isEmpty else {
      throw .unsupported(node: folder, problem: "it has no voltage inputs")
    }
    let folders = Folders(folder)
    do throws(FileError) {
      try SysfsFile.write(folders.buffer + "/enable", "0")
      let elements = try Self.enable(names, folders)
      // Times on the clock of the cameras, where the kernel lets it be chosen (since 4.8).
      let hasTime = Self.chooseClock(folder) && elements.contains { $0.name == "in_timestamp" }
      let layout = IIOScanLayout(elements)
      var positions: [Int] = []
      for name in names {
        guard let position = layout.elements.firstIndex(where: { $0.name == name }) else {
          throw FileError.system(call: "scan", path: "\(folders.elements)/\(name)", code: ENOENT)
        }
        positions.append(position)
      }
      self.layout = layout
      self.positions = positions
      bits = positions.map { layout.elements[$0].type.bits }
      timePosition =
        hasTime ? layout.elements.firstIndex { $0.name == "in_timestamp" } : nil
      offsets = names.map { name in
        let own =
          SysfsFile.text("\(folder)/\(name)_offset")
          ?? SysfsFile.text(folder + "/in_voltage_offset")
        return LoadCellConverter.offset(
          driver: found.name, attribute: own.flatMap { DecimalNumber.value($0.utf8) })
      }
      try SysfsFile.write(folders.buffer + "/length", "\(Self.length)")
      file = try DeviceFile(node, .read)
      try SysfsFile.write(folders.buffer + "/enable", "1")
    } catch {
      if error.code == EINVAL || error.code == ENOENT {
        throw .unsupported(
          node: folder, problem: "its buffer cannot be switched on; it may need a trigger")
      }
      throw DeviceError(error, node: node, rule: AccessRule.converter)
    }
    self.folder = folder
  }

  deinit {
    // A device that is gone cannot be switched off, and need not be.
    do throws(FileError) { try SysfsFile.write(Folders(folder).buffer + "/enable", "0") } catch {}
  }

  package func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    let end = ResourceUse.wallSeconds + seconds
    do throws(FileError) {
      while waiting.isEmpty {
        guard try file.waitReadable(seconds: end - ResourceUse.wallSeconds) else {
          throw FileError.system(call: "poll", path: file.path, code: ETIMEDOUT)
        }
        try fill()
      }
    } catch {
      if error.code == ETIMEDOUT { throw .silent(node: folder, seconds: seconds) }
      throw DeviceError(error, node: folder, rule: AccessRule.converter)
    }
    return waiting.removeFirst()
  }

  package func zero() throws(DeviceError) {
    throw .unsupported(
      node: folder, problem: "a converter has no zero of its own; the scale model has")
  }

  /// Reads what is there and takes the whole scans out of it.
  private func fill() throws(FileError) {
    var piece = [UInt8](repeating: 0, count: max(4096, layout.scanBytes))
    let count: Int
    do throws(FileError) {
      count = try file.read(into: &piece)
    } catch {
      if error.code == EAGAIN { return }
      throw error
    }
    guard count > 0 else { throw .system(call: "read", path: file.path, code: ENODEV) }
    bytes += piece[..<count]
    let (scans, used) = layout.scans(bytes)
    bytes.removeFirst(used)
    let now = ResourceUse.wallSeconds
    waiting += scans.map { sample($0, now: now) }
  }

  private func sample(_ scan: [Int64], now: Double) -> ScaleSample {
    var status: ScaleStatus = []
    let counts = positions.indices.map { cell in
      let count = Double(scan[positions[cell]]) + offsets[cell]
      if LoadCellConverter.isSaturated(count, bits: bits[cell]) {
        status.insert(count > 0 ? .over : .under)
      }
      return count
    }
    let time = timePosition.map { Double(scan[$0]) * 1e-9 } ?? now
    return ScaleSample(time: time, counts: counts, status: status)
  }
}

extension BufferedIIOScale {
  /// Where the buffer and its elements are: kernels since 5.11 keep all in `buffer0`, and the older
  /// places beside it.
  private struct Folders {
    let buffer: String
    let elements: String

    init(_ folder: String) {
      let isOld = SysfsFile.text(folder + "/buffer/enable") != nil
      buffer = folder + (isOld ? "/buffer" : "/buffer0")
      elements = folder + (isOld ? "/scan_elements" : "/buffer0")
    }
  }

  /// Puts the inputs and the time into the buffer, and nothing else; what is then in it.
  private static func enable(
    _ inputs: [String], _ folders: Folders
  ) throws(FileError) -> [IIOScanLayout.Element] {
    var elements: [IIOScanLayout.Element] = []
    for entry in try Files.list(folders.elements, limit: 10_000) {
      guard let file = entry.name, file.hasSuffix("_en") else { continue }
      let name = String(file.dropLast(3))
      let isWanted = inputs.contains(name) || name == "in_timestamp"
      try SysfsFile.write("\(folders.elements)/\(file)", isWanted ? "1" : "0")
      guard isWanted else { continue }
      let path = "\(folders.elements)/\(name)"
      guard let type = IIOElementType(try SysfsFile.read(path + "_type")),
        let index = Int(try SysfsFile.read(path + "_index"))
      else { throw .system(call: "read", path: path + "_type", code: EINVAL) }
      elements.append(IIOScanLayout.Element(name: name, index: index, type: type))
    }
    return elements
  }

  private static func chooseClock(_ folder: String) -> Bool {
    do throws(FileError) {
      try SysfsFile.write(folder + "/current_timestamp_clock", "monotonic")
      return true
    } catch { return false }
  }
}
