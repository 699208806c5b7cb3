import Glibc

/// An exclusive lock between processes on a lock file (`flock`), held until it goes out of scope;
/// the kernel releases it when the process dies, however that happens.
package struct FileLock: ~Copyable {
  private let file: OpenFile

  /// Waits up to `seconds` for the lock on `path`, which is created when missing.
  ///
  /// Throws an error whose `isBusy` is true when another process holds it all that time.
  package init(_ path: String, seconds: Int = 30) throws(FileError) {
    let file = try OpenFile(path, flags: O_RDWR | O_CREAT)
    var tries = seconds * 100
    while true {
      do throws(FileError) {
        try systemCall("flock", path) { flock(file.descriptor, LOCK_EX | LOCK_NB) }
        break
      } catch {
        guard error.isBusy, tries > 0 else { throw error }
        tries -= 1
        usleep(10_000)
      }
    }
    self.file = file
  }
}
