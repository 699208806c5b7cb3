import Documents
import Files

/// The lines of a key or signature as `minisign` writes them, read with bounds.
struct MinisignLines {
  let path: String
  private let lines: [String]

  static let untrusted = "untrusted comment: "
  static let trusted = "trusted comment: "
  /// Longer ones are not written by anybody.
  private static let sizeLimit = 1 << 14

  init(_ bytes: [UInt8], path: String) throws(SigningError) {
    self.path = path
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(path: path, detail: "it is not text")
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.hasSuffix("\r") ? line.dropLast() : line)
    }
    while lines.last == "" { lines.removeLast() }
    self.lines = lines
  }

  static func read(_ path: String) throws(SigningError) -> MinisignLines {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: sizeLimit)
    } catch {
      throw .storage(StorageError(reading: error))
    }
    return try MinisignLines(bytes, path: path)
  }

  func require(_ count: Int) throws(SigningError) {
    guard lines.count == count else {
      throw .malformed(path: path, detail: "it has \(lines.count) lines instead of \(count)")
    }
  }

  /// What follows `prefix` in a line, counted from 1.
  func comment(line: Int, _ prefix: String) throws(SigningError) -> String {
    guard lines[line - 1].hasPrefix(prefix) else {
      throw .malformed(path: path, detail: "line \(line) does not begin with \"\(prefix)\"")
    }
    return String(lines[line - 1].dropFirst(prefix.count))
  }

  func base64(line: Int, count: Int) throws(SigningError) -> [UInt8] {
    guard let bytes = Base64.bytes(lines[line - 1], count: count) else {
      throw .malformed(path: path, detail: "line \(line) is not base64 of \(count) bytes")
    }
    return bytes
  }
}
