/// Why a board cannot be printed.
package enum BoardPrintError: Error, Equatable {
  case unknownPaper(String)
  /// The board looks the same after half a turn.
  case ambiguous(BoardSpec)
  /// The white around a marker is less than 0.7 of its bits, millimetres.
  case whiteTooNarrow(white: Double, bit: Double, largestMarker: Double)
  /// `legacy` of a board that has but one layout.
  case onlyOneLayout(rows: Int)
  /// Millimetres that the sheet needs, and has; `fitting` is a size that would do.
  case tooLarge(width: Double, height: Double, paper: PaperSize, fitting: String?)
  case unknownFormat(String)
}

extension BoardPrintError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownPaper(let word):
      let names = (PaperSize.iso + PaperSize.american).map(\.name).joined(separator: ", ")
      return "There is no paper \"\(word)\". Say one of \(names), or width x height in "
        + "millimetres from 50 to 3000, for example 500x400."
    case .ambiguous(let board):
      return "A plain board of \(board.columns) x \(board.rows) inner corners looks the same after "
        + "half a turn, so that several cameras cannot agree on it. Print "
        + "\(board.columns + 1) x \(board.rows), or a board with markers (charuco:...)."
    case .whiteTooNarrow(let white, let bit, let largest):
      return "The white around the markers would be \(Self.text(white)) mm with bits of "
        + "\(Self.text(bit)) mm: below 0.7 bits OpenCV does not find markers reliably. "
        + "Take markers of at most \(Self.text(largest)) mm, or larger squares."
    case .onlyOneLayout(let rows):
      return "With \(rows) rows of squares, an odd number, the old layout is the current one. "
        + "Leave :legacy out of the board word."
    case .tooLarge(let width, let height, let paper, let fitting):
      let advice = fitting.map { "Say --paper \($0)" } ?? "Say --paper WIDTHxHEIGHT"
      return "The board with its margin and ruler needs \(Self.text(width)) x "
        + "\(Self.text(height)) mm, but \(paper.name) is \(Self.text(paper.width)) x "
        + "\(Self.text(paper.height)) mm. \(advice), or take smaller or fewer squares."
    case .unknownFormat(let file):
      return "\(file) says neither PDF nor SVG. Give the file a name that ends in .pdf or .svg."
    }
  }

  private static func text(_ millimetres: Double) -> String {
    let tenths = (millimetres * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }
}
