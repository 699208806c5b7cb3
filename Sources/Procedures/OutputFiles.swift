import Documents
import Files
import Glibc

/// Files a procedure is asked to write at its end.
enum OutputFiles {
  /// Throws when a file cannot be made at `path`, before long work is spent on it.
  static func check(_ path: String) throws(ProcedureError) {
    guard path != "-" else {
      throw .storage(
        .unwritable(path: path, reason: "a file name is needed (/dev/stdout for standard output)"))
    }
    let (folder, _) = AtomicFile.split(path)
    let problem: String?
    do throws(FileError) {
      problem =
        switch try Files.kind(of: folder) {
        case nil: "the folder \(folder) does not exist"
        case .folder where access(folder, W_OK | X_OK) != 0:
          "you may not write in the folder \(folder)"
        case .folder: try Files.kind(of: path) == .folder ? "it is a folder" : nil
        default: "\(folder) is not a folder"
        }
    } catch {
      throw .storage(StorageError(writing: error))
    }
    if let problem { throw .storage(.unwritable(path: path, reason: problem)) }
  }

  /// Throws when something is at `path` already, where a new file or folder is to be made.
  static func checkNew(_ path: String) throws(ProcedureError) {
    let kind: FileKind?
    do throws(FileError) {
      kind = try Files.kind(of: path, followingLinks: false)
    } catch {
      throw .storage(StorageError(writing: error))
    }
    guard kind == nil else { throw .outputExists(path: path) }
  }

  /// Throws when a folder cannot be made at `path`: above it stands something that is no folder, or
  /// one that may not be written in.
  static func checkFolder(_ path: String) throws(ProcedureError) {
    var folder = path
    do throws(FileError) {
      while true {
        if let kind = try Files.kind(of: folder) {
          guard kind == .folder else { throw .notAFolder(path: folder, kind: kind) }
          break
        }
        let above = AtomicFile.split(folder).folder
        if above == folder { break }
        folder = above
      }
    } catch {
      throw .storage(StorageError(writing: error))
    }
    guard access(folder, W_OK | X_OK) != 0 else { return }
    throw .storage(
      .unwritable(path: path, reason: "you may not write in the folder \(folder)"))
  }

  /// Makes a folder, and those above it, unless it is there already.
  static func makeFolder(_ path: String) throws(ProcedureError) {
    do throws(FileError) {
      try Files.makeFolders(path)
    } catch {
      throw .storage(StorageError(writing: error))
    }
  }

  /// Writes a value as canonical JSON.
  static func write(_ value: some Encodable, to path: String) throws(ProcedureError) {
    let bytes: [UInt8]
    do throws(DocumentError) {
      bytes = try JSONDocument.encode(value)
    } catch {
      throw .document(error)
    }
    try write(bytes, to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(ProcedureError) {
    do throws(StorageError) {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw .storage(error)
    }
  }
}
