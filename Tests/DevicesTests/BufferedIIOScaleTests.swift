import Glibc
import TestSupport
import Testing

@testable import Devices

/// A folder of files stands for the device's folder in sysfs, a pipe for its node: what the kernel
/// does with the attributes is not tested here, only what is written into them.
final class BufferedIIOScaleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func device(buffer: String, elements: String, _ extra: [String: String] = [:]) throws {
    var files = [
      "name": "hx711", "in_voltage0_raw": "0", "in_voltage1_raw": "0",
      "\(buffer)/enable": "1", "\(buffer)/length": "2",
      "\(elements)/in_voltage0_en": "0", "\(elements)/in_voltage0_index": "0",
      "\(elements)/in_voltage0_type": "le:u24/32",
      "\(elements)/in_voltage1_en": "0", "\(elements)/in_voltage1_index": "1",
      "\(elements)/in_voltage1_type": "le:u24/32",
      "\(elements)/in_temp_en": "1", "\(elements)/in_temp_index": "2",
      "\(elements)/in_temp_type": "le:s16/16",
      "\(elements)/in_timestamp_en": "0", "\(elements)/in_timestamp_index": "3",
      "\(elements)/in_timestamp_type": "le:s64/64",
    ]
    files.merge(extra) { _, new in new }
    for (name, text) in files { try folder.write(name, Array((text + "\n").utf8)) }
    #expect(mkfifo(folder("node"), 0o600) == 0)
  }

  /// The scan of two counts above offset binary's zero, and a time in seconds.
  private static func scan(_ a: Int, _ b: Int, _ seconds: Double) -> [UInt8] {
    func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
    return bytes(UInt64(8_388_608 + a), 4) + bytes(UInt64(8_388_608 + b), 4)
      + bytes(UInt64(seconds * 1e9), 8)
  }

  /// Opens the pipe for writing, so that the reader sees no end.
  private func send(_ bytes: [UInt8], _ descriptor: CInt) {
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
  }

  private func text(_ name: String) -> String? { SysfsFile.text(folder(name)) }

  @Test(arguments: [("buffer", "scan_elements"), ("buffer0", "buffer0")])
  func everyScanIsASample(_ buffer: String, _ elements: String) throws {
    try device(buffer: buffer, elements: elements, ["current_timestamp_clock": "realtime"])
    #expect(BufferedIIOScale.isPossible(folder: folder.path))
    let scale = try BufferedIIOScale(folder: folder.path, node: folder("node"))
    let descriptor = open(folder("node"), O_WRONLY)
    defer { close(descriptor) }
    #expect(text("\(buffer)/enable") == "1" && text("current_timestamp_clock") == "monotonic")
    #expect(text("\(elements)/in_voltage1_en") == "1" && text("\(elements)/in_temp_en") == "0")
    let bytes = Self.scan(100, -100, 12.5) + Self.scan(101, 8_388_607, 12.6)
    // In two pieces, torn in the middle of a scan.
    send(Array(bytes[..<21]), descriptor)
    let first = try scale.next(within: 5)
    #expect(first.counts == [100, -100] && first.time == 12.5 && first.status == [])
    #expect(throws: DeviceError.silent(node: folder.path, seconds: 0.05)) {
      try scale.next(within: 0.05)
    }
    send(Array(bytes[21...]), descriptor)
    let second = try scale.next(within: 5)
    #expect(second.counts == [101, 8_388_607] && second.status == .over)
    #expect(abs(second.time - 12.6) < 1e-6)
  }

  @Test func withoutOurClockTheTimeIsThatOfReading() throws {
    try device(buffer: "buffer", elements: "scan_elements")
    let scale = try BufferedIIOScale(folder: folder.path, node: folder("node"))
    let descriptor = open(folder("node"), O_WRONLY)
    send(Self.scan(1, 2, 5e6), descriptor)
    #expect(try scale.next(within: 5).time < 5e6)
    close(descriptor)
    #expect(throws: DeviceError.gone(node: folder.path)) { try scale.next(within: 5) }
  }

  @Test func itIsSwitchedOffAtTheEnd() throws {
    try device(buffer: "buffer", elements: "scan_elements")
    var scale: BufferedIIOScale? = try BufferedIIOScale(
      folder: folder.path, node: folder("node"), inputs: ["in_voltage1"])
    #expect(scale?.cells == 1 && text("scan_elements/in_voltage0_en") == "0")
    scale = nil
    #expect(text("buffer/enable") == "0")
  }

  @Test func aDeviceWithoutABufferIsRefused() throws {
    try folder.write("name", Array("nau7802\n".utf8))
    try folder.write("in_voltage0_raw", Array("1\n".utf8))
    #expect(!BufferedIIOScale.isPossible(folder: folder.path))
    let error = #expect(throws: DeviceError.self) {
      try BufferedIIOScale(folder: folder.path, node: folder("node"))
    }
    #expect(error.map { DeviceStatus($0) } == .unsupported)
  }
}
