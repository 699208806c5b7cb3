import Documents
import Files

/// A session folder in the making: under another name beside its final one until it is whole.
struct SimulatedSessionWriter {
  private let final: String
  private let partial: String
  private let parent: String

  /// Throws when something is at `folder`, or nothing can be made there.
  init(_ folder: String) throws(ProcedureError) {
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    final = path
    let (parent, name) = AtomicFile.split(path)
    self.parent = parent
    partial = parent + "/" + PartialName.make(for: name)
    try OutputFiles.checkNew(final)
    try OutputFiles.checkFolder(parent)
    try OutputFiles.makeFolder(parent)
    try OutputFiles.makeFolder(partial)
  }

  /// Writes a file of the session; its folder is made where needed.
  func write(_ name: String, _ bytes: [UInt8]) throws(ProcedureError) {
    let path = partial + "/" + name
    try OutputFiles.makeFolder(AtomicFile.split(path).folder)
    do throws(FileError) {
      try Files.writeNew(path, bytes)
    } catch {
      // People know the final name, not the one in the making.
      throw .storage(StorageError(writing: error.at(final + "/" + name)))
    }
  }

  /// Gives the folder its name.
  func finish() throws(ProcedureError) {
    try OutputFiles.checkNew(final)
    do throws(FileError) {
      try Files.rename(partial, to: final)
      try Files.syncFolder(parent)
    } catch {
      throw .storage(StorageError(writing: error.at(final)))
    }
  }

  /// Removes what there is of it.
  func giveUp() { Files.removeTreeIfThere(partial) }
}
