/// The members of a mapping whose keys are known: an unknown key is an error that names the nearest
/// known one.
package struct YAMLFields {
  package let node: YAMLNode
  private let what: String
  private let members: [String: YAMLMember]

  /// The members of `node`, which describes `what` (for messages, with its article).
  package init(_ node: YAMLNode, of what: String, known: [String]) throws(YAMLError) {
    guard case .mapping(let members) = node.value else {
      throw node.mismatch(
        "\(what) was expected as a mapping, but this is \(node.kind)",
        "Write key: value with the keys \(known.joined(separator: ", ")).")
    }
    for member in members where !known.contains(member.key) {
      let remedy =
        NearestWord.nearest(member.key, in: known).map { "Did you mean \"\($0)\"?" }
        ?? "Known keys: \(known.joined(separator: ", "))."
      throw .mismatch(
        member.keyPlace,
        detail: "\(what) has no key \"\(SafeText.line(member.key, limit: 80))\"", remedy: remedy)
    }
    self.node = node
    self.what = what
    // Keys of a mapping differ.
    self.members = Dictionary(members.map { ($0.key, $0) }) { first, _ in first }
  }

  /// The value of a key, nil when it is not there.
  package func optional(_ key: String) -> YAMLNode? { members[key]?.value }

  /// The value of a key that must be there; `example` is how it may look.
  package func required(_ key: String, example: String) throws(YAMLError) -> YAMLNode {
    guard let member = members[key] else {
      throw node.mismatch("\(what) lacks the key \"\(key)\"", "Add \(key): \(example)")
    }
    return member.value
  }

  /// The one of several keys that is there.
  package func exactlyOne(
    of keys: [String], example: String
  ) throws(YAMLError) -> (key: String, value: YAMLNode) {
    let given = keys.filter { members[$0] != nil }
    guard let key = given.first, given.count == 1, let member = members[key] else {
      let all = keys.map { "\"\($0)\"" }.joined(separator: ", ")
      let detail =
        given.isEmpty ? "\(what) lacks one of the keys \(all)" : "\(what) has several of \(all)"
      throw node.mismatch(detail, "Give exactly one, for example \(example)")
    }
    return (key, member.value)
  }
}
