/// Writes JSON in one canonical form: keys sorted by their UTF-8 bytes, two spaces a level, numbers
/// in the shortest form that reads back to the same value, one newline at the end.
///
/// A list or object that holds no other list or object stands on one line when the line fits 100
/// columns, so that a corner or a pose reads as one thing. The compact form keeps all on one line,
/// for files that grow by a line at a time.
struct JSONWriter {
  static let columns = 100
  private(set) var bytes: [UInt8] = []
  private var isCompact = false

  static func bytes(of node: JSONNode, compact: Bool = false) -> [UInt8] {
    var writer = JSONWriter()
    writer.isCompact = compact
    writer.write(node.value, indent: 0, column: 0)
    writer.bytes.append(0x0A)
    return writer.bytes
  }

  /// `column` is how much of the line is taken already.
  private mutating func write(_ value: JSONValue, indent: Int, column: Int) {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .integer(let integer): append(String(integer))
    case .real(let real): append(Self.text(real))
    case .string(let string): write(string)
    case .array(let elements):
      let start = bytes.count
      if isCompact || !elements.contains(where: \.value.isContainer) {
        append("[")
        for (index, element) in elements.enumerated() {
          if index > 0 { append(", ") }
          write(element.value, indent: 0, column: 0)
        }
        append("]")
        if isCompact || column + bytes.count - start < Self.columns { return }
        bytes.removeSubrange(start...)
      }
      append("[")
      for (index, element) in elements.enumerated() {
        newLine(indent + 1, comma: index > 0)
        write(element.value, indent: indent + 1, column: 2 * indent + 2)
      }
      newLine(indent)
      append("]")
    case .object(let members):
      write(members, indent: indent, column: column)
    }
  }

  private mutating func write(_ members: [String: JSONNode], indent: Int, column: Int) {
    let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let start = bytes.count
    if isCompact || !sorted.contains(where: { $0.value.value.isContainer }) {
      append("{")
      for (index, member) in sorted.enumerated() {
        append(index > 0 ? ", " : "")
        write(member.key)
        append(": ")
        write(member.value.value, indent: 0, column: 0)
      }
      append("}")
      if isCompact || column + bytes.count - start < Self.columns { return }
      bytes.removeSubrange(start...)
    }
    append("{")
    for (index, member) in sorted.enumerated() {
      newLine(indent + 1, comma: index > 0)
      let lineStart = bytes.count
      write(member.key)
      append(": ")
      write(
        member.value.value, indent: indent + 1, column: 2 * indent + 2 + bytes.count - lineStart)
    }
    newLine(indent)
    append("}")
  }

  /// The shortest decimal that reads back to the same value, without ".0" on whole numbers.
  static func text(_ real: Double) -> String {
    let text = real.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case ..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func newLine(_ indent: Int, comma: Bool = false) {
    if comma { append(",") }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * indent))
  }
}
