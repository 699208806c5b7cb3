/// A JSON value as it stands in a file.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number written without point and exponent that fits 64 bits.
  case integer(Int)
  case real(Double)
  case string(String)
  case array([JSONNode])
  case object([String: JSONNode])

  /// The kind of value in words, for messages.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .real: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}

/// A JSON value with the line it begins on.
package struct JSONNode: Equatable, Sendable {
  package var value: JSONValue
  /// Counted from 1; 0 for values that come from no file.
  package var line: Int

  package init(_ value: JSONValue, line: Int = 0) {
    self.value = value
    self.line = line
  }
}

/// Where in a document a value stands, as people write it: `cameras.cam0.distortion[2]`.
func keyPathText(_ path: [any CodingKey]) -> String {
  var text = ""
  for key in path {
    if let index = key.intValue {
      text += "[\(index)]"
    } else {
      text += (text.isEmpty ? "" : ".") + key.stringValue
    }
  }
  return text.isEmpty ? "the whole document" : text
}

/// A member name or a list position.
struct JSONKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ text: String) { (stringValue, intValue) = (text, nil) }
  init(_ index: Int) { (stringValue, intValue) = (String(index), index) }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { self.init(intValue) }
}
