import Files

/// Bounds on what a JSON file may ask of this program.
public struct JSONLimits: Equatable, Sendable {
  public var bytes = 64 << 20
  /// How deep lists and objects may be nested; it bounds the stack that reading takes.
  public var depth = 64

  public init() {}
}

/// Reads and writes values as JSON documents.
///
/// Writing is canonical: the same value gives the same bytes. Reading names file, line and key path
/// of what is wrong, refuses duplicate keys, and ignores keys that the value does not know.
public enum JSONDocument {
  /// The canonical bytes of `value`, ending with a newline.
  ///
  /// Throws `.notFinite` with the key path for infinities and NaN.
  public static func encode(_ value: some Encodable) throws(DocumentError) -> [UInt8] {
    JSONWriter.bytes(of: try JSONTree.encode(value))
  }

  /// The canonical bytes of `value` on one line that ends with a newline, for files that grow by a
  /// line at a time.
  package static func encodeLine(_ value: some Encodable) throws(DocumentError) -> [UInt8] {
    JSONWriter.bytes(of: try JSONTree.encode(value), compact: true)
  }

  /// A value from the bytes of a document; `file` stands in messages.
  ///
  /// With `schema`, for example `cartcal.bundle/1`, the document's own `schema` is checked first:
  /// another kind and a newer version are refused.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], file: String, schema: String? = nil,
    limits: JSONLimits = JSONLimits()
  ) throws(DocumentError) -> Value {
    let tree = try parse(bytes, file: file, limits: limits)
    if let schema { try JSONTree.check(tree, schema: schema, file: file) }
    return try JSONTree.decode(type, from: tree, file: file)
  }

  /// A value from a file.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, file path: String, schema: String? = nil,
    limits: JSONLimits = JSONLimits()
  ) throws(DocumentError) -> Value {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: limits.bytes)
    } catch {
      if case .tooLarge(_, let bytes, let limit) = error {
        throw .tooLarge(file: path, bytes: bytes, limit: limit)
      }
      throw .unreadable(file: path, reason: error.reason)
    }
    return try decode(type, from: bytes, file: path, schema: schema, limits: limits)
  }

  /// The tree of a document, with line numbers.
  package static func parse(
    _ bytes: [UInt8], file: String, limits: JSONLimits = JSONLimits()
  ) throws(DocumentError) -> JSONNode {
    guard bytes.count <= limits.bytes else {
      throw .tooLarge(file: file, bytes: bytes.count, limit: limits.bytes)
    }
    var parser = JSONParser(bytes, file: file, maximumDepth: limits.depth)
    return try parser.parse()
  }
}
