/// A strict JSON parser (RFC 8259): no comments, no trailing commas, no duplicate keys, valid
/// UTF-8, bounded depth. A byte order mark at the start is skipped.
struct JSONParser {
  let file: String
  let maximumDepth: Int
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1

  init(_ bytes: [UInt8], file: String, maximumDepth: Int) {
    self.bytes = bytes
    self.file = file
    self.maximumDepth = maximumDepth
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  mutating func parse() throws(DocumentError) -> JSONNode {
    let node = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw malformed("something follows the end") }
    return node
  }

  private mutating func value(depth: Int) throws(DocumentError) -> JSONNode {
    guard depth <= maximumDepth else {
      throw .tooDeep(file: file, line: line, limit: maximumDepth)
    }
    skipSpace()
    guard at < bytes.count else { throw malformed("it ends where a value was expected") }
    let start = line
    let value: JSONValue
    switch bytes[at] {
    case UInt8(ascii: "{"): value = .object(try object(depth))
    case UInt8(ascii: "["): value = .array(try array(depth))
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    default: value = try number()
    }
    return JSONNode(value, line: start)
  }

  private mutating func object(_ depth: Int) throws(DocumentError) -> [String: JSONNode] {
    var members: [String: JSONNode] = [:]
    at += 1
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw malformed("a key in double quotes was expected")
      }
      let key = try string()
      skipSpace()
      guard take(":") else { throw malformed("a colon was expected after a key") }
      let node = try value(depth: depth + 1)
      guard members.updateValue(node, forKey: key) == nil else {
        throw malformed("the key \"\(key)\" stands twice in one object")
      }
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw malformed("a comma or } was expected") }
    }
  }

  private mutating func array(_ depth: Int) throws(DocumentError) -> [JSONNode] {
    var elements: [JSONNode] = []
    at += 1
    skipSpace()
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw malformed("a comma or ] was expected") }
    }
  }

  private mutating func number() throws(DocumentError) -> JSONValue {
    let start = at
    _ = take("-")
    if !take("0"), !takeDigits() { throw malformed("a value was expected") }
    var isInteger = true
    if take(".") {
      isInteger = false
      guard takeDigits() else { throw malformed("digits were expected after the point") }
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      guard takeDigits() else { throw malformed("digits were expected in the exponent") }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    // "-0" is the real number -0.
    if isInteger, text != "-0", let integer = Int(text) { return .integer(integer) }
    guard let real = Double(text), real.isFinite else {
      throw malformed("the number \(text.prefix(40)) is out of range")
    }
    return .real(real)
  }

  private mutating func string() throws(DocumentError) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"),
      bytes[at] >= 0x20
    { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      at += 1
      return try text(bytes[start..<at - 1])
    }
    var content = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return try text(content[...])
      }
      guard byte >= 0x20 else { throw malformed("a text holds a raw control character") }
      if byte == UInt8(ascii: "\\") {
        content += Array(String(try escape()).utf8)
      } else {
        content.append(byte)
        at += 1
      }
    }
    throw malformed("a text is not closed")
  }

  private func text(_ content: ArraySlice<UInt8>) throws(DocumentError) -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw malformed("a text is not valid UTF-8")
    }
    return text
  }

  private mutating func escape() throws(DocumentError) -> Unicode.Scalar {
    at += 1
    guard at < bytes.count else { throw malformed("a text is not closed") }
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw malformed("unknown escape in a text")
    }
  }

  private mutating func unicodeEscape() throws(DocumentError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800...0xDBFF).contains(first), take("\\"), take("u") else {
      throw malformed("half a surrogate pair")
    }
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw malformed("half a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(DocumentError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue,
        bytes[at] < 0x80
      else { throw malformed("four hexadecimal digits were expected after \\u") }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(DocumentError) -> JSONValue {
    let text = "\(word)".utf8
    guard bytes[at...].starts(with: text) else { throw malformed("a value was expected") }
    at += text.count
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func takeDigits() -> Bool {
    let start = at
    while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
    return at > start
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x0A: line += 1
      case 0x20, 0x09, 0x0D: break
      default: return
      }
      at += 1
    }
  }

  private func malformed(_ detail: String) -> DocumentError {
    let lineStart = bytes[..<min(at, bytes.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return .malformed(file: file, line: line, column: at - lineStart + 1, detail: detail)
  }
}
