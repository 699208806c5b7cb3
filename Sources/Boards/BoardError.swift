/// What is wrong with a board description.
package enum BoardError: Error, Equatable {
  /// The part of a board word that cannot be read.
  package enum Part: Equatable, Sendable {
    case kind
    case parts
    case counts(String)
    case square(String)
  }

  case malformed(word: String, Part)
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
    case .malformed(let word, let part):
      return "\"\(word)\" does not describe a board: \(Self.detail(part)). \(example)"
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

  private static func detail(_ part: Part) -> String {
    switch part {
    case .kind: return "it does not begin with checkerboard:"
    case .parts: return "it is not made of three parts with a colon between"
    case .counts(let text): return "\"\(text)\" is not two whole numbers with an x between"
    case .square(let text) where text.contains(","):
      return "the square \"\(text)\" has a comma; write a point, 25.4mm"
    case .square(let text) where text.last?.isNumber == true:
      return "the square \"\(text)\" needs a unit: mm, cm or m"
    case .square(let text): return "\"\(text)\" is no length in mm, cm or m"
    }
  }
}
