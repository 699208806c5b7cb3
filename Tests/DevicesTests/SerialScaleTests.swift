import Foundation
import Synchronization
import Testing

@testable import Devices

/// A terminal pair stands for the serial line; a thread at its other end plays the scale.
private final class PlayedScale: Sendable {
  let node: String
  private let near: CInt
  private let far: CInt
  private let isRunning = Atomic(true)

  /// `answer` gets what was asked, up to its last byte, and gives what the scale sends.
  init(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws {
    var (near, far): (CInt, CInt) = (-1, -1)
    try #require(openpty(&near, &far, nil, nil, nil) == 0)
    self.near = near
    self.far = far
    node = String(cString: ttyname(far))
    var settings = termios()
    tcgetattr(far, &settings)
    cfmakeraw(&settings)
    tcsetattr(far, TCSANOW, &settings)
    let line = near
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 256)
      while isRunning.load(ordering: .relaxed) {
        var waiting = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 20) > 0 else { continue }
        let count = read(line, &buffer, buffer.count)
        guard count > 0 else { continue }
        let bytes = answer(Array(buffer[..<count]))
        _ = bytes.withUnsafeBytes { write(line, $0.baseAddress, $0.count) }
      }
    }
  }

  func send(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(near, $0.baseAddress, $0.count) }
  }

  func stop() { isRunning.store(false, ordering: .relaxed) }

  func unplug() {
    stop()
    close(near)
  }
}

struct SerialScaleTests {
  @Test func anMTSICSScaleIsAskedAndRead() throws {
    let played = try PlayedScale { asked in
      switch String(decoding: asked, as: UTF8.self) {
      case "SI\r\n": Array("S D     1.2345 kg\r\n".utf8)
      case "Z\r\n": Array("Z A\r\n".utf8)
      default: Array("ES\r\n".utf8)
      }
    }
    defer { played.stop() }
    let scale = try SerialScale(played.node, .mtSICS)
    let sample = try scale.next(within: 5)
    #expect(sample.mass == 1.2345 && sample.status == .motion && sample.counts.isEmpty)
    try scale.zero()
  }

  @Test func aToledoScaleIsAskedAndRead() throws {
    let played = try PlayedScale { asked in
      asked == [0x57] ? [0x00, 0x02] + Array("02.500".utf8) + [0x0D] : [0x02, 0x3F, 0x50, 0x0D]
    }
    defer { played.stop() }
    let scale = try SerialScale(played.node, .toledo8217(.kilogram))
    #expect(try scale.next(within: 5).mass == 2.5)
    try scale.zero()
  }

  /// The first question is lost, the answer to the second comes behind junk.
  @Test func aLostQuestionIsAskedAgain() throws {
    let asked = Mutex(0)
    let played = try PlayedScale { _ in
      let number = asked.withLock { count in
        count += 1
        return count
      }
      return number == 1 ? [] : Array("\u{0}junk\r\nS S 3.0 g\r\n".utf8)
    }
    defer { played.stop() }
    let scale = try SerialScale(played.node, .mtSICS)
    #expect(try scale.next(within: 10).mass == 0.003)
  }

  @Test func aScaleThatIsSilentIsNamed() throws {
    let played = try PlayedScale { _ in [] }
    defer { played.stop() }
    let scale = try SerialScale(played.node, .mtSICS)
    #expect(throws: DeviceError.silent(node: played.node, seconds: 0.2)) {
      try scale.next(within: 0.2)
    }
  }

  @Test func anUnpluggedLineIsGone() throws {
    let played = try PlayedScale { _ in [] }
    let scale = try SerialScale(played.node, .mtSICS)
    played.unplug()
    #expect(throws: DeviceError.gone(node: played.node)) { try scale.next(within: 5) }
  }

  @Test func whatIsNotThereIsMissing() {
    #expect(throws: DeviceError.missing(node: "/dev/no-such-line")) {
      try SerialScale("/dev/no-such-line", .mtSICS)
    }
  }

  @Test func whatIsNoLineDoesNotAnswer() throws {
    #expect(throws: DeviceError.self) { try SerialScale("/dev/null", .mtSICS) }
  }
}
