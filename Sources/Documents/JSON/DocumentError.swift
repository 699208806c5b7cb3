/// What is wrong with a document, as data.
public enum DocumentError: Error, Equatable, Sendable {
  /// The file could not be read.
  case unreadable(file: String, reason: String)
  /// The text is not JSON (RFC 8259).
  case malformed(file: String, line: Int, column: Int, detail: String)
  /// It is JSON, but not what this kind of document holds.
  case mismatch(file: String, line: Int, keyPath: String, detail: String)
  case tooLarge(file: String, bytes: Int, limit: Int)
  case tooDeep(file: String, line: Int, limit: Int)
  /// The document says that it is of another kind.
  case wrongSchema(file: String, found: String, expected: String)
  /// The document is of this kind, but of a version that this software does not know yet.
  case newerSchema(file: String, found: String, known: String)
  /// A value to be written is infinite or not a number, which JSON cannot hold.
  case notFinite(keyPath: String)
  /// A value cannot be written as JSON.
  case unencodable(keyPath: String, detail: String)
}

extension DocumentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason). Check the name and the permissions."
    case .malformed(let file, let line, let column, let detail):
      "\(file):\(line):\(column): this is not JSON: \(detail). "
        + "Mend the file at this place, or have the program that wrote it write it again."
    case .mismatch(let file, let line, let keyPath, let detail):
      "\(file):\(line): \(keyPath): \(detail.asSentence) "
        + "Mend the file at this place, or have the program that wrote it write it again."
    case .tooLarge(let file, let bytes, let limit):
      "\(file) has \(bytes) bytes; the limit is \(limit). Check that it is the file you mean."
    case .tooDeep(let file, let line, let limit):
      "\(file):\(line): lists and objects are nested more than \(limit) deep. "
        + "Check that it is the file you mean."
    case .wrongSchema(let file, let found, let expected):
      "\(file) says it is \(found), but \(expected) is needed. Name the right file."
    case .newerSchema(let file, let found, let known):
      "\(file) is \(found), newer than this software knows (\(known)). Update the software."
    case .notFinite(let keyPath):
      "\(keyPath) is infinite or not a number and cannot be written. Please report this."
    case .unencodable(let keyPath, let detail):
      "\(keyPath) cannot be written: \(detail). Please report this."
    }
  }
}
