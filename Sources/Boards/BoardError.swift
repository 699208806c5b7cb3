/// What is wrong with a board description.
package enum BoardError: Error, Equatable {
  case malformed(word: String)
  case unsupportedKind(String)
  case cornersOutOfRange(columns: Int, rows: Int)
  case squareOutOfRange(Double)
}

extension BoardError: CustomStringConvertible {
  package var description: String {
    let example =
      "Write checkerboard:COLUMNSxROWS:SQUARE with inner corners and a unit, "
      + "for example checkerboard:9x6:25mm."
    switch self {
    case .malformed(let word):
      return "\"\(word)\" does not describe a board. \(example)"
    case .unsupportedKind(let kind):
      return "\(kind) boards cannot be detected by this version, only plain checkerboards. "
        + example
    case .cornersOutOfRange(let columns, let rows):
      return "A board of \(columns) x \(rows) inner corners cannot be used: each side has 2 to 64 "
        + "and one at least 3. Count the points where four squares meet. \(example)"
    case .squareOutOfRange(let metres):
      return "A square of \(metres) m cannot be right: squares are 1 mm to 1 m. "
        + "Measure one square, and mind the unit. \(example)"
    }
  }
}
