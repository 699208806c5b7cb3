import Files

/// Folders that are there whole or not at all, also after a crash or a power cut.
package enum AtomicFolder {
  /// Writes `files` (paths relative to the new folder, `/` between levels) as the folder `name` in
  /// `parent`, which must exist: into a temporary folder beside it, everything synced, read back
  /// and compared, then renamed, then the parent synced. On failure the temporary folder is removed.
  ///
  /// Throws `.exists` when something of that name is there already. A writer that competes for the
  /// same name must hold a lock.
  package static func write(
    _ files: [(path: String, bytes: [UInt8])], as name: String, in parent: String
  ) throws(StorageError) {
    let final = parent + "/" + name
    let partial = parent + "/" + PartialName.make(for: name)
    var changed: String?
    do throws(FileError) {
      try fill(partial, files)
      changed = try firstDifference(partial, files)
      if changed == nil {
        if try Files.kind(of: final, followingLinks: false) != nil {
          throw .system(call: "rename", path: final, code: FileError.existsCode)
        }
        try Files.rename(partial, to: final)
        try Files.syncFolder(parent)
      }
    } catch {
      Files.removeTreeIfThere(partial)
      // People know the final name, not the temporary one.
      let inner = error.path.hasPrefix(partial) ? error.path.dropFirst(partial.count) : ""
      throw StorageError(writing: error.at(final + inner))
    }
    if let changed {
      Files.removeTreeIfThere(partial)
      throw .damaged(
        path: final + "/" + changed, detail: "the disk gave back other bytes than were written")
    }
  }

  private static func fill(
    _ folder: String, _ files: [(path: String, bytes: [UInt8])]
  ) throws(FileError) {
    try Files.makeFolder(folder)
    var folders = [folder]
    for file in files {
      let path = folder + "/" + file.path
      let inner = AtomicFile.split(path).folder
      if !folders.contains(inner) {
        try Files.makeFolders(inner)
        folders.append(inner)
      }
      try Files.writeNew(path, file.bytes)
    }
    for inner in folders.reversed() { try Files.syncFolder(inner) }
  }

  /// Reads back what was written, from the disk since its cached pages were dropped: the first file
  /// that came back changed.
  private static func firstDifference(
    _ folder: String, _ files: [(path: String, bytes: [UInt8])]
  ) throws(FileError) -> String? {
    for file in files {
      let found = try Files.read(folder + "/" + file.path, limit: .max)
      if found != file.bytes { return file.path }
    }
    return nil
  }
}
