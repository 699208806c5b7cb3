import Glibc

/// An exclusive lock between processes on a lock file (`flock`), held until it goes out of scope;
/// the kernel releases it when the process dies, however that happens.
package struct FileLock: ~Copyable {
  private let file: OpenFile

  /// Waits for the lock on `path`, which is created when missing.
  package init(_ path: String) throws(FileError) {
    let file = try OpenFile(path, flags: O_RDWR | O_CREAT)
    try systemCall("flock", path) { flock(file.descriptor, LOCK_EX) }
    self.file = file
  }
}
