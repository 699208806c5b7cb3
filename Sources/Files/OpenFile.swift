import Glibc

/// An open file; closed when it goes out of scope.
package struct OpenFile: ~Copyable {
  let descriptor: CInt
  package let path: String
  /// The size when it was opened, bytes.
  package let size: Int
  let kind: FileKind

  /// Opens `path` (`open`), never following the caller into a wait: pipes open without a writer.
  init(_ path: String, flags: CInt, mode: mode_t = 0o644) throws(FileError) {
    // A NUL would cut the name that the kernel sees short of the name that was checked.
    guard !path.utf8.contains(0) else { throw .system(call: "open", path: path, code: EINVAL) }
    let descriptor = try systemCall("open", path) {
      open(path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, mode)
    }
    var status = stat()
    do {
      try systemCall("fstat", path) { fstat(descriptor, &status) }
    } catch {
      _ = close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
    kind = FileKind(mode: status.st_mode)
  }

  deinit { _ = close(descriptor) }

  /// Writes all of `bytes` (`write`).
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var done = 0
    while done < bytes.count {
      done += try systemCall("write", path) {
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
    }
  }

  /// Reads up to `buffer.count` bytes (`read`); 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    try systemCall("read", path) { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
  }

  /// Forces data and metadata to the disk (`fsync`).
  package func sync() throws(FileError) {
    try systemCall("fsync", path) { fsync(descriptor) }
  }

  /// Drops the cached pages of a synced file, so that the next read comes from the disk
  /// (`posix_fadvise`); advice only, so a refusal does not matter.
  package func dropCache() {
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  }
}

extension FileKind {
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .special
    }
  }
}
