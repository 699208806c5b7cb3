/// Board words: `checkerboard:9x6:25mm` counts inner corners, columns x rows, then the square.
/// `charuco:11x8:25mm:18mm:DICT_5X5_100` counts squares as OpenCV does, then square, marker and
/// dictionary; `:legacy` and `:inverted` may follow.
extension BoardSpec {
  /// The board a word describes. Lengths carry a unit: `mm`, `cm` or `m`.
  package init(word: String) throws(BoardError) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch parts[0] {
    case "checkerboard":
      guard parts.count == 3 else { throw .malformed(word: word, .parts) }
      let (columns, rows, square) = try Self.sizes(parts, word)
      try self.init(columns: columns, rows: rows, squareSize: square)
    case "charuco":
      guard (5...7).contains(parts.count) else { throw .malformed(word: word, .charucoParts) }
      let (columns, rows, square) = try Self.sizes(parts, word)
      let markers = try Self.markers(parts, word)
      guard columns > 0, rows > 0 else { throw .cornersOutOfRange(columns: 0, rows: 0) }
      try self.init(
        columns: columns - 1, rows: rows - 1, squareSize: square, marking: .charuco(markers))
    default:
      throw .malformed(word: word, .kind)
    }
  }

  private static func sizes(
    _ parts: [String], _ word: String
  ) throws(BoardError) -> (columns: Int, rows: Int, square: Double) {
    let counts = parts[1].lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard counts.count == 2, let columns = count(counts[0]), let rows = count(counts[1])
    else { throw .malformed(word: word, .counts(parts[1])) }
    guard let square = length(parts[2]) else { throw .malformed(word: word, .square(parts[2])) }
    return (columns, rows, square)
  }

  private static func markers(
    _ parts: [String], _ word: String
  ) throws(BoardError) -> CharucoMarkers {
    guard let size = length(parts[3]) else { throw .malformed(word: word, .marker(parts[3])) }
    guard let dictionary = MarkerDictionary(name: parts[4]) else {
      throw .unknownDictionary(parts[4])
    }
    let words = parts.dropFirst(5)
    for (index, extra) in words.enumerated() {
      guard ["legacy", "inverted"].contains(extra), !words.prefix(index).contains(extra) else {
        throw .malformed(word: word, .extra(extra))
      }
    }
    return CharucoMarkers(
      markerSize: size, dictionary: dictionary, isLegacy: words.contains("legacy"),
      isInverted: words.contains("inverted"))
  }

  /// The word that describes this board, in millimetres.
  package var word: String {
    guard let charuco else {
      return "checkerboard:\(columns)x\(rows):\(Self.millimetres(squareSize))"
    }
    return "charuco:\(columns + 1)x\(rows + 1):\(Self.millimetres(squareSize))"
      + ":\(Self.millimetres(charuco.markerSize)):\(charuco.dictionary.name)"
      + (charuco.isLegacy ? ":legacy" : "") + (charuco.isInverted ? ":inverted" : "")
  }

  /// A length as text, for example `25mm`.
  package static func millimetres(_ metres: Double) -> String {
    let millimetres = (metres * 1e9).rounded() / 1e6
    let text =
      millimetres == millimetres.rounded()
      ? String(Int(millimetres)) : String(describing: millimetres)
    return text + "mm"
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
