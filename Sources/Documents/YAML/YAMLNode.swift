/// A value of a YAML file with its place.
package struct YAMLNode: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    /// A text as it stands; `isPlain` when without quotes, so that it may also be a number.
    case scalar(text: String, isPlain: Bool)
    case list([YAMLNode])
    /// Members in the order of the file; keys are different from each other.
    case mapping([YAMLMember])
  }

  package var value: Value
  package var place: YAMLPlace

  package init(_ value: Value, at place: YAMLPlace) {
    self.value = value
    self.place = place
  }

  /// The kind of value in words, for messages.
  var kind: String {
    switch value {
    case .scalar("", true), .scalar("~", true), .scalar("null", true): "nothing"
    case .scalar: "a single value"
    case .list: "a list"
    case .mapping: "a mapping (key: value)"
    }
  }

  /// True for nothing at all, `~` and `null`.
  package var isNull: Bool { kind == "nothing" }

  /// That this value is not what stands here, with what to do.
  package func mismatch(_ detail: String, _ remedy: String) -> YAMLError {
    .mismatch(place, detail: detail, remedy: remedy)
  }
}

/// A key of a mapping with its value.
package struct YAMLMember: Equatable, Sendable {
  package var key: String
  package var keyPlace: YAMLPlace
  package var value: YAMLNode

  package init(key: String, keyPlace: YAMLPlace, value: YAMLNode) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }
}
