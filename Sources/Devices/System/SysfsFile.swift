import Files

/// Attributes in sysfs: small files whose size the kernel does not tell.
enum SysfsFile {
  /// The text of an attribute without the newline at its end; at most 4096 bytes are kept.
  static func read(_ path: String) throws(FileError) -> String {
    var text = String(decoding: try readBytes(path), as: UTF8.self)[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }

  /// The same; nil where it cannot be read.
  static func text(_ path: String) -> String? {
    do throws(FileError) { return try read(path) } catch { return nil }
  }

  /// The bytes of an attribute; nil where it cannot be read.
  static func bytes(_ path: String) -> [UInt8]? {
    do throws(FileError) { return try readBytes(path) } catch { return nil }
  }

  /// Writes an attribute.
  static func write(_ path: String, _ text: String) throws(FileError) {
    try Files.writeStream(path, Array(text.utf8))
  }

  private static func readBytes(_ path: String) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try Files.readPieces(path) { piece in
      bytes += piece.prefix(max(0, 4096 - bytes.count))
    }
    return bytes
  }
}
