import Files
import Glibc
import Testing

/// A fresh folder, removed when the test lets go of it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/cartcal-test-XXXXXX".utf8CString)
    path = String(cString: try #require(mkdtemp(&template)))
  }

  deinit { #expect(throws: Never.self) { try Files.removeTree(path) } }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Files.writeNew(path + "/" + name, bytes)
  }
}
