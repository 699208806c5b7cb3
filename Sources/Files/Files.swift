import Glibc

/// The calls on files and folders that the modules above need, each one system call or a short
/// loop over one. Paths are UTF-8 and taken as they are.
package enum Files {
  /// What `path` names (`stat`, or `lstat` when links are not followed); nil when nothing does.
  package static func kind(
    of path: String, followingLinks: Bool = true
  ) throws(FileError) -> FileKind? {
    var status = stat()
    do {
      try systemCall("stat", path) {
        followingLinks ? stat(path, &status) : lstat(path, &status)
      }
    } catch {
      if error.isMissing { return nil }
      throw error
    }
    return FileKind(mode: status.st_mode)
  }

  /// Opens a regular file for reading; anything else is refused without waiting on it (a pipe or a device may wait for ever, and opening a device may act on it).
  package static func openRegular(_ path: String) throws(FileError) -> OpenFile {
    if let kind = try kind(of: path), kind != .regular {
      throw .notRegular(path: path, kind: kind)
    }
    let file = try OpenFile(path, flags: O_RDONLY)
    guard file.kind == .regular else { throw .notRegular(path: path, kind: file.kind) }
    return file
  }

  /// All bytes of a regular file of at most `limit` bytes.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = try openRegular(path)
    let size = file.size
    guard size <= limit else { throw .tooLarge(path: path, bytes: size, limit: limit) }
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      do throws(FileError) {
        while count < size {
          let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[count...]))
          if got == 0 { return }  // The file shrank while it was read: what is there is returned.
          count += got
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Calls `body` with one piece of a regular file after another.
  package static func readPieces(
    _ path: String, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(FileError) -> Int {
    let file = try openRegular(path)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    var total = 0
    while true {
      let got = try file.read(into: piece)
      if got == 0 { return total }
      total += got
      body(UnsafeRawBufferPointer(rebasing: piece[..<got]))
    }
  }

  /// Creates a file that must not exist, writes it, forces it to the disk and drops its cache.
  package static func writeNew(
    _ path: String, _ bytes: [UInt8], mode: Int = 0o644
  ) throws(FileError) {
    let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: mode_t(mode))
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try file.write(raw) } catch { failure = error }
    }
    if let failure { throw failure }
    try file.sync()
    file.dropCache()
  }

  /// Creates a file that must not exist, to be written piece by piece at its end.
  package static func create(_ path: String) throws(FileError) -> OpenFile {
    try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_APPEND)
  }

  /// Adds to the end of a file, which is made where there is none, and forces it to the disk.
  package static func append(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_APPEND)
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try file.write(raw) } catch { failure = error }
    }
    if let failure { throw failure }
    try file.sync()
  }

  /// Creates a file that must not exist and writes it. It reaches the disk when the system finds the
  /// time.
  package static func writeUnsynced(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL)
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try file.write(raw) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Writes to a pipe, a terminal or another device, waiting while it is busy.
  package static func writeStream(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = try OpenFile(path, flags: O_WRONLY)
    try systemCall("fcntl", path) { fcntl(file.descriptor, F_SETFL, O_WRONLY) }
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try file.write(raw) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// When the content of what `path` names was last written, seconds since 1970 (`stat`).
  package static func modificationTime(of path: String) throws(FileError) -> Int {
    var status = stat()
    try systemCall("stat", path) { stat(path, &status) }
    return status.st_mtim.tv_sec
  }

  /// The path without symbolic links (`realpath`); it must exist.
  package static func resolve(_ path: String) throws(FileError) -> String {
    guard let resolved = realpath(path, nil) else {
      throw .system(call: "realpath", path: path, code: errno)
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Removes what is at `path` after another failure: that failure is what is told, so one more
  /// here is not.
  package static func removeIfThere(_ path: String) { _ = unlink(path) }

  /// Like `removeIfThere`, for a folder with all that is in it.
  package static func removeTreeIfThere(_ path: String) {
    do throws(FileError) { try removeTree(path) } catch {}
  }

  /// Forces a folder's entries to the disk (`fsync` of the folder).
  package static func syncFolder(_ path: String) throws(FileError) {
    try OpenFile(path, flags: O_RDONLY | O_DIRECTORY).sync()
  }

  /// Forces all that was written so far to the disks (`sync`), for many files at once.
  package static func syncAll() { sync() }

  /// Who may read, write and run what `path` names: the twelve bits that `chmod` sets.
  package static func permissions(of path: String) throws(FileError) -> Int {
    var status = stat()
    try systemCall("stat", path) { stat(path, &status) }
    return Int(status.st_mode & 0o7777)
  }

  /// The size of what `path` names, bytes (`stat`).
  package static func size(of path: String) throws(FileError) -> Int {
    var status = stat()
    try systemCall("stat", path) { stat(path, &status) }
    return Int(status.st_size)
  }

  /// Renames within a file system, replacing what is there (`rename`).
  package static func rename(_ old: String, to new: String) throws(FileError) {
    try systemCall("rename", new) { Glibc.rename(old, new) }
  }

  /// Removes a file, a link or, where `folder`, an empty folder.
  package static func remove(_ path: String, folder: Bool = false) throws(FileError) {
    try systemCall("unlink", path) { folder ? rmdir(path) : unlink(path) }
  }

  /// Creates one folder (`mkdir`).
  package static func makeFolder(_ path: String) throws(FileError) {
    try systemCall("mkdir", path) { mkdir(path, 0o755) }
  }

  /// Creates a folder and the folders above it; what exists is left.
  package static func makeFolders(_ path: String) throws(FileError) {
    if let kind = try kind(of: path) {
      guard kind == .folder else { throw .notAFolder(path: path, kind: kind) }
      return
    }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolders(String(path[..<slash]))
    }
    do { try makeFolder(path) } catch {
      guard try kind(of: path) == .folder else { throw error }
    }
  }

  /// A symbolic link at `path` that points to `target` (`symlink`).
  package static func makeLink(_ path: String, to target: String) throws(FileError) {
    try systemCall("symlink", path) { symlink(target, path) }
  }

  /// Where a symbolic link points (`readlink`); nil when there is none.
  package static func linkTarget(_ path: String) throws(FileError) -> String? {
    guard try kind(of: path, followingLinks: false) == .link else { return nil }
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let size = buffer.count
    let count = try systemCall("readlink", path) {
      buffer.withUnsafeMutableBytes { raw in
        guard let start = raw.baseAddress else { return 0 }
        return readlink(path, start.assumingMemoryBound(to: CChar.self), size)
      }
    }
    return String(validating: buffer[..<count], as: UTF8.self)
  }
}

extension Files {
  /// Where a file is, or would be made: the same text for every way to write its path. Nil for
  /// pipes and devices, which several can share, and where it cannot be told.
  package static func place(of path: String) -> String? {
    var status = stat()
    if stat(path, &status) == 0 {
      guard FileKind(mode: status.st_mode) != .special else { return nil }
      return "\(status.st_dev):\(status.st_ino)"
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard stat(folder, &status) == 0 else { return nil }
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    return "\(status.st_dev):\(status.st_ino)/\(name)"
  }
}
