/// A place in a JSON tree that is filled while a value encodes itself.
final class JSONSlot {
  /// Scalars are held as they are; only lists and objects need a place of their own.
  enum Part {
    case value(JSONValue)
    case slot(JSONSlot)

    var node: JSONNode {
      switch self {
      case .value(let value): JSONNode(value)
      case .slot(let slot): slot.node
      }
    }
  }

  enum Content {
    case value(JSONValue)
    case array([Part])
    case object([String: Part])
  }

  var content = Content.value(.null)

  /// Adds a member to this object.
  func set(_ key: String, _ part: Part) {
    guard case .object(var members) = content else { return content = .object([key: part]) }
    content = .value(.null)  // Keeps the dictionary unique, so that it is not copied.
    members[key] = part
    content = .object(members)
  }

  /// Adds an element to this list.
  func append(_ part: Part) {
    guard case .array(var elements) = content else { return content = .array([part]) }
    content = .value(.null)
    elements.append(part)
    content = .array(elements)
  }

  var count: Int {
    if case .array(let elements) = content { elements.count } else { 0 }
  }

  var node: JSONNode {
    switch content {
    case .value(let value): JSONNode(value)
    case .array(let elements): JSONNode(.array(elements.map(\.node)))
    case .object(let members): JSONNode(.object(members.mapValues(\.node)))
    }
  }

  /// The JSON value of a number, or the error that names its place.
  static func value(
    _ real: Double, at path: @autoclosure () -> [any CodingKey]
  ) throws -> JSONValue {
    guard real.isFinite else { throw DocumentError.notFinite(keyPath: keyPathText(path())) }
    return .real(real)
  }
}
