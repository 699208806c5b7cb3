import Execution
import Files
import Glibc

/// A serial line as scales use it: no echo, no editing, no flow control, for this process alone.
struct SerialLine: ~Copyable {
  /// Speed and form of the characters.
  struct Form: Equatable, Sendable {
    let speed: speed_t
    /// 7 or 8.
    let dataBits: Int
    let hasEvenParity: Bool

    /// 9600 baud, 8 bits, no parity: what MT-SICS scales come with.
    static let plain = Form(speed: speed_t(B9600), dataBits: 8, hasEvenParity: false)
    /// 9600 baud, 7 bits, even parity: what Toledo 8217 asks for.
    static let evenSeven = Form(speed: speed_t(B9600), dataBits: 7, hasEvenParity: true)
  }

  private let file: DeviceFile

  /// Opens `path` (`tcsetattr`); what had arrived before is dropped.
  init(_ path: String, _ form: Form) throws(FileError) {
    let opened = try DeviceFile(path, .readWrite)
    let descriptor = opened.descriptor
    // A second program would take bytes of the same answers.
    try systemCall("TIOCEXCL", path) { ioctl(descriptor, UInt(TIOCEXCL), 0) }
    var settings = termios()
    try systemCall("tcgetattr", path) { tcgetattr(descriptor, &settings) }
    cfmakeraw(&settings)
    settings.c_cflag &= ~tcflag_t(CSIZE | PARENB | PARODD | CSTOPB)
    settings.c_cflag |= tcflag_t(form.dataBits == 7 ? CS7 : CS8) | tcflag_t(CLOCAL | CREAD)
    if form.hasEvenParity {
      settings.c_cflag |= tcflag_t(PARENB)
      // A character with wrong parity arrives as NUL, which no protocol here has.
      settings.c_iflag |= tcflag_t(INPCK)
    }
    cfsetispeed(&settings, form.speed)
    cfsetospeed(&settings, form.speed)
    try systemCall("tcsetattr", path) { tcsetattr(descriptor, TCSANOW, &settings) }
    try systemCall("tcflush", path) { tcflush(descriptor, TCIOFLUSH) }
    file = opened
  }

  var path: String { file.path }

  /// A line that was unplugged is ENODEV.
  func write(_ bytes: [UInt8]) throws(FileError) {
    do throws(FileError) {
      try file.write(bytes)
    } catch {
      throw error.code == EIO ? .system(call: "write", path: file.path, code: ENODEV) : error
    }
  }

  /// What arrives until `deadline` (seconds on CLOCK_MONOTONIC), at least one byte; empty when none
  /// did. A line that was unplugged is ENODEV.
  func read(until deadline: Double) throws(FileError) -> [UInt8] {
    guard try file.waitReadable(seconds: deadline - ResourceUse.wallSeconds) else { return [] }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count: Int
    do throws(FileError) {
      count = try file.read(into: &buffer)
    } catch {
      if error.code == EAGAIN { return [] }
      if error.code == EIO { throw .system(call: "read", path: file.path, code: ENODEV) }
      throw error
    }
    // The end of the line: its adapter was unplugged.
    guard count > 0 else { throw .system(call: "read", path: file.path, code: ENODEV) }
    return Array(buffer[..<count])
  }
}
