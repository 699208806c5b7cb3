/// Board words: `checkerboard:9x6:25mm` counts inner corners, columns x rows, then the square.
extension BoardSpec {
  /// The board a word describes. Lengths carry a unit: `mm`, `cm` or `m`.
  package init(word: String) throws(BoardError) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let kind = parts[0]
    guard kind == "checkerboard" else {
      throw kind == "charuco" ? .unsupportedKind(kind) : .malformed(word: word, .kind)
    }
    guard parts.count == 3 else { throw .malformed(word: word, .parts) }
    let counts = parts[1].lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard counts.count == 2, let columns = Self.count(counts[0]), let rows = Self.count(counts[1])
    else { throw .malformed(word: word, .counts(parts[1])) }
    guard let square = Self.length(parts[2]) else {
      throw .malformed(word: word, .square(parts[2]))
    }
    try self.init(columns: columns, rows: rows, squareSize: square)
  }

  /// The word that describes this board, in millimetres.
  package var word: String {
    let millimetres = (squareSize * 1e9).rounded() / 1e6
    let text =
      millimetres == millimetres.rounded()
      ? String(Int(millimetres)) : String(describing: millimetres)
    return "checkerboard:\(columns)x\(rows):\(text)mm"
  }

  private static func count(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.count <= 4, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    return Int(text)
  }

  /// Metres of a text such as `25mm`, `2.5cm` or `0.025m`.
  private static func length(_ text: String) -> Double? {
    let units: [(suffix: String, divisor: Double)] = [("mm", 1000), ("cm", 100), ("m", 1)]
    for unit in units where text.hasSuffix(unit.suffix) {
      let digits = text.dropLast(unit.suffix.count)
      let plain = digits.allSatisfy { $0 == "." || ($0.isASCII && $0.isNumber) }
      guard plain, let value = Double(String(digits)), value.isFinite else { return nil }
      return value / unit.divisor
    }
    return nil
  }
}
