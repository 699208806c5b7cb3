import Glibc
import TestSupport
import Testing

@testable import Devices

/// A pipe with a name stands for the hidraw node.
struct HIDScaleTests {
  private func withPipe(_ body: (HIDScale, CInt, String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    let path = folder("hidraw0")
    try #require(mkfifo(path, 0o600) == 0)
    let end = open(path, O_RDWR)
    defer { close(end) }
    try body(HIDScale(path), end, path)
  }

  private func send(_ end: CInt, _ report: [UInt8]) {
    _ = report.withUnsafeBytes { write(end, $0.baseAddress, $0.count) }
  }

  @Test func theFirstReportIsStale() throws {
    try withPipe { scale, end, path in
      send(end, [3, 4, 2, 0, 99, 0])
      #expect(throws: DeviceError.silent(node: path, seconds: 0.1)) {
        try scale.next(within: 0.1)
      }
      send(end, [3, 4, 2, 0, 0xF4, 0x01])
      let sample = try scale.next(within: 1)
      #expect(sample.mass == 0.5 && sample.status == .stable)
    }
  }

  @Test func reportsThatAreNoWeightArePassedOver() throws {
    try withPipe { scale, end, path in
      for report: [UInt8] in [[9, 9], [3, 4, 2, 0, 1, 0], [3, 99, 2, 0, 1, 0]] {
        send(end, report)
        #expect(throws: DeviceError.silent(node: path, seconds: 0.05)) {
          try scale.next(within: 0.05)
        }
      }
      send(end, [3, 2, 2, 0, 0, 0])
      let sample = try scale.next(within: 1)
      #expect(sample.status == [.stable, .zero])
    }
  }

  @Test func zeroingSendsItsReport() throws {
    try withPipe { scale, end, _ in
      try scale.zero()
      var bytes = [UInt8](repeating: 0, count: 8)
      #expect(read(end, &bytes, 8) == 2 && Array(bytes[..<2]) == [0x02, 0x02])
    }
  }
}
