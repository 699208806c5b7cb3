import Files

/// Files that are there whole or not at all, also after a crash or a power cut.
package enum AtomicFile {
  /// Writes `bytes` to `path`, replacing a file that is there: a temporary file in the same folder
  /// is written, synced and renamed, then the folder is synced. On failure the temporary file is
  /// removed and what was there stays.
  ///
  /// A symbolic link is followed, so that its target is replaced; pipes and devices (such as
  /// /dev/stdout) are written to directly.
  package static func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
    do throws(FileError) {
      switch try Files.kind(of: path) {
      case .special: try Files.writeStream(path, bytes)
      case .folder: throw .notRegular(path: path, kind: .folder)
      case .regular: try replace(Files.resolve(path), bytes)
      case .link, nil: try replace(path, bytes)
      }
    } catch {
      throw StorageError(writing: error)
    }
  }

  private static func replace(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let (folder, name) = split(path)
    let partial = folder + "/" + PartialName.make(for: name)
    do throws(FileError) {
      try Files.writeNew(partial, bytes)
      try Files.rename(partial, to: path)
    } catch {
      Files.removeIfThere(partial)
      // People know the final name, not the temporary one.
      throw error.at(path)
    }
    try Files.syncFolder(folder)
  }

  /// The folder of a path, `.` when it names none, and the name in it.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }
}
