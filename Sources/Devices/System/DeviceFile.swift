import CV4L2
import Files
import Glibc

/// An open device node; closed when it goes out of scope.
struct DeviceFile: ~Copyable {
  let descriptor: CInt
  let path: String

  /// How a node is opened: what is asked of the permissions.
  enum Access {
    case read
    case readWrite

    fileprivate var flags: CInt { self == .read ? O_RDONLY : O_RDWR }
    fileprivate var mode: CInt { self == .read ? R_OK : R_OK | W_OK }
  }

  /// Opens a node without waiting on it, for this process alone (`open`).
  init(_ path: String, _ access: Access) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .system(call: "open", path: path, code: EINVAL) }
    descriptor = try systemCall("open", path) {
      open(path, access.flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    }
    self.path = path
  }

  deinit { _ = close(descriptor) }

  /// Whether a node could be opened, without opening it: opening a serial line moves its modem
  /// lines, which restarts some boards (`access`).
  static func check(_ path: String, _ access: Access) throws(FileError) {
    try systemCall("access", path) { Glibc.access(path, access.mode) }
  }

  /// A request to the driver (`ioctl`) that fills or takes `argument`, a plain C structure.
  func control<Argument>(
    _ request: UInt, _ argument: inout Argument, _ name: String
  ) throws(FileError) {
    try systemCall(name, path) {
      withUnsafeMutableBytes(of: &argument) {
        cartcal_ioctl(descriptor, request, $0.baseAddress)
      }
    }
  }

  /// Reads what is there, up to `buffer.count` bytes (`read`); 0 at the end.
  func read(into buffer: inout [UInt8]) throws(FileError) -> Int {
    let size = buffer.count
    return try systemCall("read", path) { Glibc.read(descriptor, &buffer, size) }
  }

  /// Writes all of `bytes` (`write`).
  func write(_ bytes: [UInt8]) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try systemCall("write", path) {
        rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits until there is something to read, at most `seconds` (`poll`). False when time is up; true
  /// also when the device is gone, which the next read then says.
  func waitReadable(seconds: Double) throws(FileError) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(max(0, min(seconds, 3600) * 1000).rounded(.up))
    return try systemCall("poll", path) { poll(&waiting, 1, milliseconds) } > 0
  }
}
