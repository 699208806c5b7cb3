import CV4L2
import Files
import Glibc

/// A video node opened through libv4l2, whose plug-ins may stand between; closed when it goes out of
/// scope. Pictures are not converted: they come as the camera sends them.
struct V4L2Handle: ~Copyable {
  let descriptor: CInt
  let path: String

  init(_ path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .system(call: "open", path: path, code: EINVAL) }
    let opened = try systemCall("open", path) { open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK) }
    let wrapped = v4l2_fd_open(opened, V4L2_DISABLE_CONVERSION)
    guard wrapped >= 0 else {
      let code = errno
      _ = close(opened)
      throw .system(call: "v4l2_fd_open", path: path, code: code)
    }
    descriptor = wrapped
    self.path = path
  }

  deinit { _ = v4l2_close(descriptor) }

  /// A request to the driver (`v4l2_ioctl`) that fills or takes `argument`, a plain C structure.
  func control<Argument>(
    _ request: UInt, _ argument: inout Argument, _ name: String
  ) throws(FileError) {
    try systemCall(name, path) {
      withUnsafeMutableBytes(of: &argument) {
        cartcal_v4l2_ioctl(descriptor, request, $0.baseAddress)
      }
    }
  }

  /// Memory shared with the driver (`v4l2_mmap`).
  func map(offset: UInt32, length: Int) throws(FileError) -> UnsafeMutableRawBufferPointer {
    let start = v4l2_mmap(
      nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, Int64(offset))
    guard let start, start != MAP_FAILED else {
      throw .system(call: "mmap", path: path, code: errno)
    }
    return UnsafeMutableRawBufferPointer(start: start, count: length)
  }
}
