import Files
import Glibc

/// A fresh folder, removed when the test lets go of it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    var template = Array("/tmp/cartcal-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw FileError.system(call: "mkdtemp", path: "/tmp", code: errno)
    }
    path = String(cString: made)
  }

  deinit { Files.removeTreeIfThere(path) }

  /// A path in the folder.
  package func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a file, making the folders it stands in.
  package func write(_ name: String, _ bytes: [UInt8] = []) throws {
    if let slash = name.lastIndex(of: "/") { try Files.makeFolders(self(String(name[..<slash]))) }
    try Files.writeNew(self(name), bytes)
  }

  /// All names in the folder, sorted.
  package func names(in folder: String = "") throws -> [String] {
    try Files.list(self(folder), limit: 10_000).map(\.shownName)
  }
}
