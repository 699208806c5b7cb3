import Documents

/// A command line that does not make sense.
enum UsageError: Error, Equatable {
  case unknownCommand(String, known: [String])
  case missingCommand(String, known: [String])
  case unknownOption(String, path: String, suggestion: String?)
  case missingValue(String, path: String)
  case missingOption(String, path: String)
  case unexpectedValue(String, path: String)
  case repeated(String, path: String)
  case operandCount(name: String, path: String, given: Int)
  case unexpectedOperand(String, path: String)
  case badValue(option: String, value: String, expected: String, path: String)
  case notText(String)
  case together(String, path: String)
}

extension UsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownCommand(let word, let known):
      return "there is no command \"\(word)\". Commands: \(known.joined(separator: ", ")). "
        + "See: cartcal --help"
    case .missingCommand(let path, let known):
      return "say what to do: \(known.map { "\(path) \($0)" }.joined(separator: " or ")). "
        + "See: \(path) --help"
    case .unknownOption(let option, let path, let suggestion):
      let hint = suggestion.map { " Did you mean \($0)?" } ?? ""
      return "there is no option \(option).\(hint) See: \(path) --help"
    case .missingValue(let option, let path):
      return "\(option) needs a value after it. See: \(path) --help"
    case .missingOption(let option, let path):
      return "\(option) is needed. See: \(path) --help"
    case .unexpectedValue(let option, let path):
      return "\(option) takes no value. See: \(path) --help"
    case .repeated(let option, let path):
      return "\(option) is given twice. Give it once. See: \(path) --help"
    case .operandCount(let name, let path, let given):
      return given == 0
        ? "\(name) is missing. See: \(path) --help"
        : "\(given) arguments where one \(name) is expected. Quote names with spaces. "
          + "See: \(path) --help"
    case .unexpectedOperand(let word, let path):
      return "\"\(word)\" was not expected here. See: \(path) --help"
    case .badValue(let option, let value, let expected, let path):
      return "\(option) \"\(value)\": expected \(expected). See: \(path) --help"
    case .notText(let word):
      return "\"\(word)\" is not UTF-8 text. Rename the file or folder, then try again."
    case .together(let problem, let path):
      return "\(problem) See: \(path) --help"
    }
  }
}

/// The words of a command line, sorted by a command's spec.
struct Arguments {
  let path: String
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []

  private static let shortNames = ["-h": "--help", "-o": "--output"]

  /// Sorts `words`. Options may stand anywhere, as `--name value` or `--name=value`; after `--`
  /// everything is an operand. Counts are checked unless `--help` is among them.
  init(_ words: ArraySlice<String>, spec: CommandSpec) throws(UsageError) {
    path = spec.path
    var rest = words
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      try take(option: Self.shortNames[word] ?? word, from: &rest, spec: spec)
    }
    guard !has("--help") else { return }
    try checkOperands(spec)
  }

  /// The value of an option, nil where it was not given.
  func value(_ option: String) -> String? { values[option] }

  /// The value of an option that names a file or folder; an empty one names none.
  func place(_ option: String) throws(UsageError) -> String? {
    guard values[option]?.isEmpty != true else { throw .missingValue(option, path: path) }
    return values[option]
  }

  /// True when the flag was given.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The value of an option as a whole number within `range`.
  func integer(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = values[option] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badValue(
        option: option, value: text,
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", path: path)
    }
    return number
  }

  /// The value of an option as one of the words of an enumeration.
  func choice<Word: RawRepresentable & CaseIterable>(
    _ option: String, of: Word.Type
  ) throws(UsageError) -> Word? where Word.RawValue == String {
    guard let text = values[option] else { return nil }
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue)
      throw .badValue(
        option: option, value: text,
        expected: words.dropLast().joined(separator: ", ") + " or " + words.suffix(1).joined(),
        path: path)
    }
    return word
  }

  /// The value of an option as names with commas between them.
  func names(_ option: String) throws(UsageError) -> [String]? {
    guard let text = values[option] else { return nil }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else {
      throw .badValue(
        option: option, value: text, expected: "names with commas between them", path: path)
    }
    return names
  }

  private mutating func take(
    option word: String, from rest: inout ArraySlice<String>, spec: CommandSpec
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = spec.allOptions.first(where: { $0.name == name }) else {
      throw .unknownOption(
        name, path: path, suggestion: NearestWord.nearest(name, in: spec.allOptions.map(\.name)))
    }
    guard values[name] == nil, !flags.contains(name) else { throw .repeated(name, path: path) }
    guard option.value != nil else {
      guard parts.count == 1 else { throw .unexpectedValue(name, path: path) }
      flags.insert(name)
      return
    }
    if parts.count == 2 {
      values[name] = String(parts[1])
    } else if let next = rest.first, !next.hasPrefix("--") {
      values[name] = next
      rest.removeFirst()
    } else {
      throw .missingValue(name, path: path)
    }
  }

  private func checkOperands(_ spec: CommandSpec) throws(UsageError) {
    guard let operand = spec.operand else {
      if let first = operands.first { throw .unexpectedOperand(first, path: path) }
      return
    }
    guard !operands.contains("") else {
      throw .operandCount(name: operand.name, path: path, given: 0)
    }
    guard operand.count.contains(operands.count) else {
      throw .operandCount(name: operand.name, path: path, given: operands.count)
    }
  }
}
