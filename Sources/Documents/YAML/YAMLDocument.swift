import Files

/// Bounds on what a YAML file may ask of this program.
package struct YAMLLimits: Equatable, Sendable {
  package var bytes = 1 << 20
  /// How deep lists and mappings may be nested, aliases followed.
  package var depth = 32
  /// Values of the file with every alias written out.
  package var values = 100_000

  package init() {}
}

/// Reads YAML files written by people: one document of mappings, lists and single values.
///
/// Every value knows its line and column. Duplicate keys, tags, keys that are no single values,
/// several documents and aliases to what is not complete are refused; aliases count as what they
/// stand for. Merge keys (`<<`) have no meaning. What a single value means (a number, a word) is
/// for the reader to say: see `YAMLNode.number` and the like.
package enum YAMLDocument {
  /// The value that the bytes of a file hold; `file` stands in messages.
  package static func parse(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLError) -> YAMLNode {
    guard bytes.count <= limits.bytes else {
      throw .tooLarge(file: file, bytes: bytes.count, limit: limits.bytes)
    }
    var composer = YAMLComposer(YAMLEvents(bytes, file: file), file: file, limits: limits)
    return try composer.document()
  }

  /// The value that a file holds.
  package static func parse(
    file path: String, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLError) -> YAMLNode {
    try parse(read(file: path, limits: limits), file: path, limits: limits)
  }

  /// The bytes of a file.
  package static func read(
    file path: String, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLError) -> [UInt8] {
    do throws(FileError) {
      return try Files.read(path, limit: limits.bytes)
    } catch {
      if case .tooLarge(_, let bytes, let limit) = error {
        throw .tooLarge(file: path, bytes: bytes, limit: limit)
      }
      throw .unreadable(file: path, reason: error.reason)
    }
  }
}
