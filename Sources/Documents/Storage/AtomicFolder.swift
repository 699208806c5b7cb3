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
    do throws(StorageError) {
      try translating { () throws(FileError) in try fill(partial, files) }
      try check(partial, files)
      try translating { () throws(FileError) in
        if try Files.kind(of: final, followingLinks: false) != nil {
          throw .system(call: "rename", path: final, code: FileError.existsCode)
        }
        try Files.rename(partial, to: final)
        try Files.syncFolder(parent)
      }
    } catch {
      Files.removeTreeIfThere(partial)
      throw error
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

  /// Reads back what was written; its cached pages were dropped, so it comes from the disk.
  private static func check(
    _ folder: String, _ files: [(path: String, bytes: [UInt8])]
  ) throws(StorageError) {
    for file in files {
      let path = folder + "/" + file.path
      let found: [UInt8]
      do throws(FileError) {
        found = try Files.read(path, limit: file.bytes.count)
      } catch {
        throw StorageError(reading: error)
      }
      guard found == file.bytes else {
        throw .damaged(path: path, detail: "the disk gave back other bytes than were written")
      }
    }
  }

  private static func translating(
    _ body: () throws(FileError) -> Void
  ) throws(StorageError) {
    do throws(FileError) { try body() } catch { throw StorageError(writing: error) }
  }
}
