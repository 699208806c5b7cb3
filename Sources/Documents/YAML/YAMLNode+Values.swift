extension YAMLNode {
  /// A text: any single value that is not nothing, as it stands.
  package func text() throws(YAMLError) -> String {
    guard case .scalar(let text, _) = value, !isNull else {
      throw mismatch(
        "a text was expected, but this is \(kind)", "Write a word or a text in quotes.")
    }
    return text
  }

  /// A finite number within `range`; `what` it is, for messages, for example `a length in metres`.
  package func number(
    _ what: String, in range: ClosedRange<Double> = -1e9...1e9
  ) throws(YAMLError) -> Double {
    guard case .scalar(let text, true) = value, let number = Self.number(text) else {
      throw mismatch(
        "\(what) was expected, but this is \(shown)", "Write a plain number with a point: 0.25")
    }
    guard range.contains(number) else {
      throw mismatch(
        "\(what) of \(SafeText.line(text, limit: 40)) cannot be right",
        "Write a number from \(JSONWriter.text(range.lowerBound)) to "
          + "\(JSONWriter.text(range.upperBound)), and mind the unit.")
    }
    return number
  }

  /// A whole number within `range`.
  package func integer(_ what: String, in range: ClosedRange<Int>) throws(YAMLError) -> Int {
    guard case .scalar(let text, true) = value, let number = Int(text), range.contains(number)
    else {
      throw mismatch(
        "\(what) was expected, but this is \(shown)",
        "Write a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// A list of values.
  package func list(_ what: String) throws(YAMLError) -> [YAMLNode] {
    guard case .list(let elements) = value else {
      throw mismatch(
        "\(what) was expected as a list, but this is \(kind)",
        "Write each entry in a line of its own that begins with a dash.")
    }
    return elements
  }

  /// A list of `count` finite numbers, each within `range`.
  package func numbers(
    _ what: String, count: Int, in range: ClosedRange<Double> = -1e9...1e9
  ) throws(YAMLError) -> [Double] {
    guard case .list(let elements) = value, elements.count == count else {
      throw mismatch(
        "\(what) was expected as \(count) numbers in a list, but this is "
          + (listCount.map { "a list of \($0)" } ?? shown),
        "Write [\(Array(repeating: "0.1", count: count).joined(separator: ", "))].")
    }
    var numbers: [Double] = []
    for element in elements { numbers.append(try element.number("a number", in: range)) }
    return numbers
  }

  private var listCount: Int? {
    if case .list(let elements) = value { elements.count } else { nil }
  }

  /// What stands here, for messages.
  private var shown: String {
    guard case .scalar(let text, let isPlain) = value, !isNull else { return kind }
    return "\"\(SafeText.line(text, limit: 40))\"" + (isPlain ? "" : " in quotes")
  }

  /// A decimal number as people write it; words such as `inf`, hexadecimal and the like are none.
  private static func number(_ text: String) -> Double? {
    guard !text.isEmpty, text.utf8.count <= 64,
      text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }),
      text.utf8.contains(where: { (48...57).contains($0) }), let number = Double(text),
      number.isFinite
    else { return nil }
    return number
  }
}
