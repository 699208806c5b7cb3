/// A board laid out on paper, true to scale: what a printer is to draw.
///
/// Millimetres from the paper's upper left corner, y down. The squares stand in the middle of the
/// paper with white (black on an inverted board) around them; below are a ruler, to see whether the
/// printer kept the scale, and the board's word.
package struct BoardSheet: Equatable, Sendable {
  /// A closed outline.
  package struct Outline: Equatable, Sendable {
    package var points: [SIMD2<Double>]
  }

  /// A line of text; `height` is that of its letters' em, `place` the left end of its base line.
  package struct Text: Equatable, Sendable {
    package var words: String
    package var place: SIMD2<Double>
    package var height: Double
  }

  package let board: BoardSpec
  package let paper: PaperSize
  /// The upper left corner of the squares on the paper.
  package let origin: SIMD2<Double>
  /// What lies under the squares, of an inverted board.
  package let ground: Outline?
  /// Squares and markers: black, white on the black ground of an inverted board. No two touch in
  /// more than a point, so that no renderer leaves a seam.
  package let shapes: [Outline]
  /// The ruler's marks, black.
  package let marks: [Outline]
  package let texts: [Text]

  /// White, or the ground of an inverted board, beside the outermost squares; and what printers
  /// leave free.
  private static let margin = 5.0
  private static let unprinted = 4.0
  /// Room below the squares for ruler and text.
  private static let footer = 14.0

  /// A board on a paper, upright or turned, whichever fits; nil for the smallest ISO size that does.
  package init(_ board: BoardSpec, paper: PaperSize?, software: String) throws(BoardPrintError) {
    try Self.check(board)
    let millimetres = board.squareSize * 1000
    let columns = board.columns + 1
    let rows = board.rows + 1
    let width = Double(columns) * millimetres
    let height = Double(rows) * millimetres
    let needed = SIMD2(
      width + 2 * (Self.margin + Self.unprinted),
      height + 2 * (Self.margin + Self.unprinted) + Self.footer)
    func fitted(_ paper: PaperSize) -> PaperSize? {
      let isAcross = (needed.x > needed.y) != (paper.width > paper.height)
      return (isAcross ? [paper.turned, paper] : [paper, paper.turned]).first {
        $0.width >= needed.x && $0.height >= needed.y
      }
    }
    let smallest = PaperSize.iso.lazy.compactMap(fitted).first
    guard let chosen = paper.map(fitted) ?? smallest else {
      throw .tooLarge(
        width: needed.x, height: needed.y, paper: paper ?? PaperSize.iso[PaperSize.iso.count - 1],
        fitting: smallest?.name)
    }
    self.board = board
    self.paper = chosen
    let origin = SIMD2(
      0.5 * (chosen.width - width), 0.5 * (chosen.height - Self.footer - height))
    self.origin = origin
    let isInverted = board.charuco?.isInverted ?? false
    ground =
      isInverted
      ? .rectangle(
        origin - Self.margin,
        SIMD2(origin.x + width + Self.margin, origin.y + height + Self.margin))
      : nil
    shapes = Self.shapes(board, origin)
    let foot = origin.y + height + Self.margin + 2
    (marks, texts) = Self.footer(
      board, from: SIMD2(origin.x, foot), width: width, software: software)
  }

  private static func check(_ board: BoardSpec) throws(BoardPrintError) {
    guard !board.isAmbiguous else { throw .ambiguous(board) }
    guard let markers = board.charuco else { return }
    if markers.isLegacy, !(board.rows + 1).isMultiple(of: 2) {
      throw .onlyOneLayout(rows: board.rows + 1)
    }
    let modules = Double(markers.dictionary.bitsPerSide + 2)
    let bit = markers.markerSize / modules
    let white = 0.5 * (board.squareSize - markers.markerSize)
    // white = (s - m) / 2 = 0.7 m / modules at the largest marker.
    guard white >= 0.7 * bit - 1e-9 else {
      let largest = board.squareSize / (1 + 1.4 / modules)
      throw .whiteTooNarrow(
        white: white * 1000, bit: bit * 1000,
        largestMarker: (largest * 1e4).rounded(.down) / 10)
    }
  }

  /// Squares of the board's dark colour, and what is dark of the markers.
  private static func shapes(_ board: BoardSpec, _ origin: SIMD2<Double>) -> [Outline] {
    let square = board.squareSize * 1000
    let columns = board.columns + 1
    let rows = board.rows + 1
    let markers = board.charuco
    let layout = CharucoLayout(
      columns: columns, rows: rows, isLegacy: markers?.isLegacy ?? false)
    let codes = markers.map { $0.dictionary.codes(layout.markerCount) } ?? []
    var shapes: [Outline] = []
    for y in 0..<rows {
      for x in 0..<columns {
        let corner = origin + SIMD2(Double(x), Double(y)) * square
        guard let id = layout.marker(x: x, y: y) else {
          shapes.append(.rectangle(corner, corner + square))
          continue
        }
        guard let markers else { continue }
        let bits = markers.dictionary.bitsPerSide
        let size = markers.markerSize * 1000
        let start = corner + 0.5 * (square - size)
        let outlines = LatticeOutlines.trace(columns: bits + 2, rows: bits + 2) { column, row in
          let isBorder = column == 0 || row == 0 || column == bits + 1 || row == bits + 1
          return isBorder
            || !markers.dictionary.isWhite(codes[id], column: column - 1, row: row - 1)
        }
        let module = size / Double(bits + 2)
        for outline in outlines {
          shapes.append(
            Outline(points: outline.map { start + SIMD2(Double($0.x), Double($0.y)) * module }))
        }
      }
    }
    return shapes
  }

  /// The ruler and the board's word.
  private static func footer(
    _ board: BoardSpec, from place: SIMD2<Double>, width: Double, software: String
  ) -> (marks: [Outline], texts: [Text]) {
    let lengths = [200.0, 100, 50, 20, 10]
    let length = lengths.first { $0 + 60 <= width } ?? lengths.first { $0 <= width } ?? 10
    var marks: [Outline] = []
    let line = 0.15
    for step in 0...Int(length) {
      let x = place.x + Double(step)
      let height = step % 10 == 0 ? 4.0 : step % 5 == 0 ? 3.0 : 2.0
      // A mark's left edge is its place, so that the first and the last are a ruler apart exactly.
      marks.append(
        .rectangle(SIMD2(x, place.y), SIMD2(x + line, place.y + height)))
    }
    let below = place.y + 7
    var texts = [
      Text(words: "0", place: SIMD2(place.x, below), height: 2.8),
      Text(
        words: "\(Int(length)) mm: print at 100 %, then measure",
        place: SIMD2(place.x + length + 2, place.y + 4), height: 2.8),
    ]
    texts.append(
      Text(
        words: "\(board.word)   \(software)", place: SIMD2(place.x, below + 4.2), height: 3.2))
    return (marks, texts)
  }
}

extension BoardSheet.Outline {
  static func rectangle(_ low: SIMD2<Double>, _ high: SIMD2<Double>) -> BoardSheet.Outline {
    BoardSheet.Outline(points: [low, SIMD2(high.x, low.y), high, SIMD2(low.x, high.y)])
  }
}
