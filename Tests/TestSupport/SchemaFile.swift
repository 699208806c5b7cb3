import Documents
import Files

/// One of the project's schemas, to hold written files against.
package struct SchemaFile {
  private let root: JSONNode

  /// The schema at `path` below the package root.
  package init(_ path: String) throws {
    let package = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    root = try JSONDocument.parse(
      Files.read(package + "/Sources/" + path, limit: 1 << 20), file: path)
  }

  /// What is wrong with a document by this schema, each with its place; empty when nothing is.
  package func problems(in document: [UInt8]) throws -> [String] {
    var check = SchemaCheck(schema: root)
    check.check(try JSONDocument.parse(document, file: "document"), root, at: "document")
    return check.problems
  }

  /// The words a definition allows.
  package func words(_ definition: String) -> Set<String> {
    guard case .array(let choices)? = root["$defs"]?[definition]?["oneOf"]?.value else { return [] }
    return Set(
      choices.compactMap { choice in
        guard case .string(let word)? = choice["const"]?.value else { return nil }
        return word
      })
  }

  /// What a definition says of keys that are left out, by key.
  package func absences(_ definition: String) -> [String: String] {
    guard case .object(let keys)? = root["$defs"]?[definition]?["properties"]?.value else {
      return [:]
    }
    return keys.compactMapValues { key in
      guard case .string(let text)? = key["x-optional"]?.value else { return nil }
      return text
    }
  }

  /// What the schema fails to say, by place: a key without a description, a key that may be left
  /// out without a word of what that means (`x-optional`; otherwise absent values are null), a
  /// number without its unit, a word without its meaning.
  package var omissions: [String] { Self.omissions(in: root, at: "schema") }

  private static func omissions(in schema: JSONNode, at path: String) -> [String] {
    guard case .object(let rules) = schema.value else { return [] }
    var found: [String] = []
    if rules["const"] != nil, rules["description"] == nil { found.append("\(path): no meaning") }
    if case .object(let keys)? = rules["properties"]?.value {
      var required: Set<String> = []
      if case .array(let names)? = rules["required"]?.value {
        for case .string(let name) in names.map(\.value) { required.insert(name) }
      }
      let optional = keys.filter { $0.value["x-optional"] != nil }.keys
      if required.union(optional) != Set(keys.keys) || !required.isDisjoint(with: optional) {
        found.append("\(path): not every key is required or says what leaving it out means")
      }
      for (key, schema) in keys {
        if schema["description"] == nil { found.append("\(path).\(key): no description") }
        let kinds = [schema["type"], schema["items"]?["type"]].compactMap { $0 }
        if kinds.contains(where: isNumber), schema["x-unit"] == nil {
          found.append("\(path).\(key): no unit")
        }
      }
    }
    for (rule, node) in rules {
      switch node.value {
      case .object: found += omissions(in: node, at: "\(path).\(rule)")
      case .array(let nodes): found += nodes.flatMap { omissions(in: $0, at: "\(path).\(rule)") }
      default: break
      }
    }
    return found
  }

  /// True for `number` and for `number` or null; counts need no unit.
  private static func isNumber(_ kind: JSONNode) -> Bool {
    if case .array(let kinds) = kind.value { return kinds.contains(where: isNumber) }
    return kind.value == .string("number")
  }
}
