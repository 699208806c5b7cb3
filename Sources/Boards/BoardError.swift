/// What is wrong with a board description.
package enum BoardError: Error, Equatable {
  /// The part of a board word that cannot be read.
  package enum Part: Equatable, Sendable {
    case kind
    case parts
    case charucoParts
    case counts(String)
    case square(String)
    case marker(String)
    case extra(String)
  }

  case malformed(word: String, Part)
  case cornersOutOfRange(columns: Int, rows: Int)
  case squareOutOfRange(Double)
  case unknownDictionary(String)
  case markerOutOfRange(marker: Double, square: Double)
  case tooFewMarkers(dictionary: String, count: Int, needed: Int)
}

extension BoardError: CustomStringConvertible {
  package var description: String {
    let example =
      "Write checkerboard:COLUMNSxROWS:SQUARE with inner corners and a unit, "
      + "for example checkerboard:9x6:25mm."
    let charuco =
      "Write charuco:COLUMNSxROWS:SQUARE:MARKER:DICTIONARY with squares, not corners, for example "
      + "charuco:11x8:25mm:18mm:DICT_5X5_100."
    switch self {
    case .malformed(let word, let part):
      let isCharuco = word.hasPrefix("charuco")
      return "\"\(word)\" does not describe a board: \(Self.detail(part)). "
        + (isCharuco ? charuco : example)
    case .cornersOutOfRange(let columns, let rows):
      return "A board of \(columns) x \(rows) inner corners cannot be used: each side has 2 to 64 "
        + "and one at least 3. Count the points where four squares meet. \(example)"
    case .squareOutOfRange(let metres):
      return "A square of \(metres) m cannot be right: squares are 1 mm to 1 m. "
        + "Measure one square, and mind the unit. \(example)"
    case .unknownDictionary(let name):
      let known = MarkerDictionary.names.joined(separator: ", ")
      return "There is no marker dictionary \"\(name)\". OpenCV's are known: \(known)."
    case .markerOutOfRange(let marker, let square):
      return "Markers of \(BoardSpec.millimetres(marker)) in squares of "
        + "\(BoardSpec.millimetres(square)) cannot be used: a marker is 0.3 to 0.9 of its square, "
        + "so that white is left around it. The square stands before the marker. \(charuco)"
    case .tooFewMarkers(let dictionary, let count, let needed):
      return "The board needs \(needed) markers, but \(dictionary) has \(count). "
        + "Take a larger dictionary, or fewer squares."
    }
  }

  private static func detail(_ part: Part) -> String {
    switch part {
    case .kind: return "it begins neither with checkerboard: nor with charuco:"
    case .parts: return "it is not made of three parts with a colon between"
    case .charucoParts: return "it is not made of five parts with a colon between"
    case .counts(let text): return "\"\(text)\" is not two whole numbers with an x between"
    case .square(let text): return length("square", text)
    case .marker(let text): return length("marker", text)
    case .extra(let text): return "\"\(text)\" is not one of legacy and inverted, said once"
    }
  }

  private static func length(_ what: String, _ text: String) -> String {
    if text.contains(",") { return "the \(what) \"\(text)\" has a comma; write a point, 25.4mm" }
    if text.last?.isNumber == true { return "the \(what) \"\(text)\" needs a unit: mm, cm or m" }
    return "the \(what) \"\(text)\" is no length in mm, cm or m"
  }
}
