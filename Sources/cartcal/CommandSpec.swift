/// What a command takes, as data: its parser and its help text both come from here.
struct CommandSpec {
  /// One option. `value` names what follows it; nil marks a flag.
  struct Option {
    let name: String
    let value: String?
    let help: String

    init(_ name: String, _ value: String? = nil, _ help: String) {
      self.name = name
      self.value = value
      self.help = help
    }
  }

  /// What stands without a dash.
  struct Operand {
    let name: String
    let help: String
    let count: ClosedRange<Int>
  }

  /// As typed, for example `cartcal solve`.
  let path: String
  let summary: String
  let operand: Operand?
  let options: [Option]
  /// Paragraphs below the options.
  let notes: [String]

  /// Options that every command takes.
  static let everywhere = [Option("--help", nil, "Show this and end.")]

  var allOptions: [Option] { options + Self.everywhere }

  /// The page printed by `--help`, at most 80 columns wide.
  var help: String {
    var lines = [summary, "", "usage: \(usage)"]
    if let operand {
      lines += ["", Self.row(operand.name, operand.help)]
    }
    lines += ["", "options:"]
    lines += allOptions.map { option in
      Self.row([option.name, option.value].compactMap { $0 }.joined(separator: " "), option.help)
    }
    for note in notes { lines += [""] + TextWrap.lines(note, indent: 0, width: 80) }
    return lines.joined(separator: "\n")
  }

  private var usage: String {
    guard let operand else { return path + " [options]" }
    let operands =
      switch operand.count {
      case 0...1: "[\(operand.name)]"
      case 1...1, 2...2: operand.name
      default: "\(operand.name)..."
      }
    return "\(path) \(operands) [options]"
  }

  private static func row(_ label: String, _ text: String) -> String {
    let column = 26
    let wrapped = TextWrap.lines(text, indent: column, width: 80).joined(separator: "\n")
    guard label.count + 2 < column else { return "  \(label)\n" + wrapped }
    return "  " + label + wrapped.dropFirst(2 + label.count)
  }
}
