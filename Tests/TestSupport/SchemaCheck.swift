import Documents

/// As much of JSON Schema (draft 2020-12) as the project's schemas use; what it does not know is
/// reported, so that a schema cannot outgrow the check in silence. Keys that the schema does not
/// name are reported too, which JSON Schema itself would allow.
struct SchemaCheck {
  let root: JSONNode
  private(set) var problems: [String] = []

  init(schema: JSONNode) { root = schema }

  mutating func check(_ value: JSONNode, _ schema: JSONNode, at path: String) {
    guard case .object(let rules) = schema.value else { return note(path, "no schema") }
    for (rule, node) in rules.sorted(by: { $0.key < $1.key }) {
      switch (rule, node.value) {
      case ("$schema", _), ("$defs", _), ("title", _), ("description", _), ("x-unit", _),
        ("x-optional", _):
        break
      case ("$ref", .string(let reference)):
        check(value, definition(reference), at: path)
      case ("const", let expected):
        if value.value != expected { note(path, "is not the constant") }
      case ("enum", .array(let choices)):
        if !choices.contains(where: { $0.value == value.value }) { note(path, "no such choice") }
      case ("type", let kinds): checkType(value, kinds, path)
      case ("oneOf", .array(let choices)):
        let fits = choices.filter { choice in
          var inner = SchemaCheck(schema: root)
          inner.check(value, choice, at: path)
          return inner.problems.isEmpty
        }
        if fits.count != 1 { note(path, "\(fits.count) of oneOf fit") }
      case ("required", .array(let keys)): checkRequired(value, keys, path)
      case ("properties", .object(let known)): checkMembers(value, known, path)
      case ("additionalProperties", .object):
        guard case .object(let members) = value.value else { break }
        for (key, member) in members { check(member, node, at: "\(path).\(key)") }
      case ("propertyNames", .object):
        guard case .object(let members) = value.value else { break }
        for key in members.keys { check(JSONNode(.string(key)), node, at: "\(path).\(key)") }
      case ("items", .object):
        guard case .array(let elements) = value.value else { break }
        for (index, element) in elements.enumerated() {
          check(element, node, at: "\(path)[\(index)]")
        }
      case ("minItems", .integer(let count)):
        if case .array(let elements) = value.value, elements.count < count {
          note(path, "too short")
        }
      case ("maxItems", .integer(let count)):
        if case .array(let elements) = value.value, elements.count > count {
          note(path, "too long")
        }
      case ("minimum", .integer(let least)):
        if let number = number(value), number < Double(least) { note(path, "too small") }
      case ("exclusiveMinimum", .integer(let least)):
        if let number = number(value), number <= Double(least) { note(path, "too small") }
      case ("pattern", .string(let pattern)):
        guard case .string(let text) = value.value else { break }
        do {
          if try text.wholeMatch(of: Regex(pattern)) != nil { break }
          note(path, "does not match \(pattern)")
        } catch { note(path, "bad pattern \(pattern)") }
      default: note(path, "unknown rule \(rule)")
      }
    }
  }

  private mutating func checkType(_ value: JSONNode, _ kinds: JSONValue, _ path: String) {
    let names: [JSONValue] = if case .array(let list) = kinds { list.map(\.value) } else { [kinds] }
    let found: [String] =
      switch value.value {
      case .null: ["null"]
      case .bool: ["boolean"]
      case .integer: ["integer", "number"]
      case .real: ["number"]
      case .string: ["string"]
      case .array: ["array"]
      case .object: ["object"]
      }
    if !found.contains(where: { names.contains(.string($0)) }) { note(path, "wrong type") }
  }

  private mutating func checkRequired(_ value: JSONNode, _ keys: [JSONNode], _ path: String) {
    guard case .object(let members) = value.value else { return }
    for case .string(let key) in keys.map(\.value) where members[key] == nil {
      note(path, "\(key) is missing")
    }
  }

  private mutating func checkMembers(
    _ value: JSONNode, _ known: [String: JSONNode], _ path: String
  ) {
    guard case .object(let members) = value.value else { return }
    for (key, member) in members {
      if let schema = known[key] {
        check(member, schema, at: "\(path).\(key)")
      } else {
        note(path, "\(key) is not in the schema")
      }
    }
  }

  private func definition(_ reference: String) -> JSONNode {
    guard reference.hasPrefix("#/$defs/") else { return JSONNode(.null) }
    return root["$defs"]?[String(reference.dropFirst(8))] ?? JSONNode(.null)
  }

  private func number(_ value: JSONNode) -> Double? {
    switch value.value {
    case .integer(let integer): Double(integer)
    case .real(let real): real
    default: nil
    }
  }

  private mutating func note(_ path: String, _ text: String) { problems.append("\(path): \(text)") }
}

extension JSONNode {
  /// A member of an object; nil where there is none.
  subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members[key]
  }
}
