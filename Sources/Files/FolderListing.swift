import Glibc

/// One name in a folder, as the bytes the kernel keeps.
package struct FolderEntry: Equatable, Sendable {
  /// The name, where it is valid UTF-8.
  package let name: String?
  /// The name with every invalid byte replaced, for messages.
  package let shownName: String
}

extension Files {
  /// The names in a folder without `.` and `..`, sorted by their bytes (`readdir`).
  ///
  /// Stops with `.tooLarge` past `limit` names.
  package static func list(_ path: String, limit: Int) throws(FileError) -> [FolderEntry] {
    guard !path.utf8.contains(0), let folder = opendir(path) else {
      let code = errno
      if code == ENOTDIR, let kind = try kind(of: path) {
        throw .notAFolder(path: path, kind: kind)
      }
      throw .system(call: "opendir", path: path, code: code)
    }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        let code = errno
        if code != 0 { throw .system(call: "readdir", path: path, code: code) }
        break
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      guard names.count < limit else {
        throw .tooLarge(path: path, bytes: names.count + 1, limit: limit)
      }
      names.append(name)
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names.map { bytes in
      FolderEntry(
        name: String(validating: bytes, as: UTF8.self),
        shownName: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Removes a folder and all that is in it, without following links.
  package static func removeTree(_ path: String) throws(FileError) {
    guard let kind = try kind(of: path, followingLinks: false) else { return }
    guard kind == .folder else { return try remove(path) }
    for entry in try list(path, limit: .max) {
      if let name = entry.name { try removeTree(path + "/" + name) }
    }
    try remove(path, folder: true)
  }
}
