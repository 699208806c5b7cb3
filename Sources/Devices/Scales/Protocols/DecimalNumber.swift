/// Numbers as scales write them.
enum DecimalNumber {
  /// The value of a text of digits with at most one point and a sign before them: `-0.05`, `00.000`.
  /// Nil for anything else, such as exponents, and beyond 16 characters.
  static func value(_ text: some Collection<UInt8>) -> Double? {
    guard (1...16).contains(text.count) else { return nil }
    var rest = Array(text)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard rest.contains(where: isDigit), rest.filter({ $0 == UInt8(ascii: ".") }).count <= 1,
      rest.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    // Digits as one integer over a power of ten: the nearest value to what is written.
    let digits = rest.filter(isDigit).reduce(0.0) { $0 * 10 + Double($1 - 48) }
    let places = rest.firstIndex(of: UInt8(ascii: ".")).map { rest.endIndex - $0 - 1 } ?? 0
    let magnitude = digits / (0..<places).reduce(1.0) { product, _ in product * 10 }
    return isNegative ? -magnitude : magnitude
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
