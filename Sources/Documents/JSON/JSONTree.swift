/// Between Swift values and JSON trees.
enum JSONTree {
  static func encode(_ value: some Encodable) throws(DocumentError) -> JSONNode {
    let slot = JSONSlot()
    do {
      try JSONTreeEncoder(slot: slot, codingPath: []).encode(value)
    } catch let error as DocumentError {
      throw error
    } catch EncodingError.invalidValue(_, let context) {
      throw .unencodable(
        keyPath: keyPathText(context.codingPath), detail: context.debugDescription)
    } catch {
      throw .unencodable(keyPath: keyPathText([]), detail: "\(error)")
    }
    return slot.node
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from tree: JSONNode, file: String
  ) throws(DocumentError) -> Value {
    do {
      return try JSONTreeDecoder(node: tree, file: file, codingPath: []).decode(type)
    } catch let error as DocumentError {
      throw error
    } catch let error as DecodingError {
      let context =
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context),
          .typeMismatch(_, let context), .valueNotFound(_, let context):
          context
        @unknown default:
          DecodingError.Context(codingPath: [], debugDescription: "\(error)")
        }
      throw .mismatch(
        file: file, line: line(of: context.codingPath, in: tree),
        keyPath: keyPathText(context.codingPath), detail: context.debugDescription)
    } catch {
      // An error of the value's own initializer.
      throw .mismatch(
        file: file, line: tree.line, keyPath: keyPathText([]), detail: "\(error)")
    }
  }

  /// Refuses another kind of document and a version newer than `schema`, as `name/version`.
  static func check(
    _ tree: JSONNode, schema: String, file: String
  ) throws(DocumentError) {
    guard case .object(let members) = tree.value, let node = members["schema"],
      case .string(let found) = node.value
    else {
      throw .mismatch(
        file: file, line: tree.line, keyPath: "schema",
        detail: "the document does not say its kind; \"schema\": \"\(schema)\" was expected")
    }
    if found == schema { return }
    let known = schema.split(separator: "/", maxSplits: 1)
    let parts = found.split(separator: "/", maxSplits: 1)
    if parts.count == 2, known.count == 2, parts[0] == known[0], let version = Int(parts[1]),
      let knownVersion = Int(known[1]), version > knownVersion
    {
      throw .newerSchema(file: file, found: found, known: schema)
    }
    throw .wrongSchema(file: file, found: found, expected: schema)
  }

  /// The line of the deepest value along a path that exists.
  private static func line(of path: [any CodingKey], in tree: JSONNode) -> Int {
    var node = tree
    for key in path {
      switch node.value {
      case .object(let members):
        guard let next = members[key.stringValue] else { return node.line }
        node = next
      case .array(let elements):
        guard let index = key.intValue, elements.indices.contains(index) else { return node.line }
        node = elements[index]
      default: return node.line
      }
    }
    return node.line
  }
}
