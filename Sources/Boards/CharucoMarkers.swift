/// The markers of a ChArUco board: one in the middle of every second square.
///
/// Squares count from (0, 0) at the board's first corner, x along columns, y along rows. Since
/// OpenCV 4.6 the first square is black and those with x + y odd carry markers; before (and with
/// `setLegacyPattern`) the first square of a board with an even number of rows carried one. Markers
/// are numbered from 0, row by row. On an inverted board black and white are exchanged everywhere.
package struct CharucoMarkers: Equatable, Sendable {
  /// Side of a marker with its black border, metres.
  package let markerSize: Double
  package let dictionary: MarkerDictionary
  /// True for the layout of OpenCV before 4.6; only boards with an even number of rows of squares
  /// differ by it.
  package let isLegacy: Bool
  package let isInverted: Bool

  package init(
    markerSize: Double, dictionary: MarkerDictionary, isLegacy: Bool = false,
    isInverted: Bool = false
  ) {
    self.markerSize = markerSize
    self.dictionary = dictionary
    self.isLegacy = isLegacy
    self.isInverted = isInverted
  }
}

/// Which square carries which marker.
package struct CharucoLayout: Equatable, Sendable {
  /// Squares along x and y.
  package let columns: Int
  package let rows: Int
  /// 0 where squares with x + y even carry markers, 1 where those with x + y odd do.
  private let parity: Int

  package init(columns: Int, rows: Int, isLegacy: Bool) {
    self.columns = columns
    self.rows = rows
    parity = isLegacy && rows.isMultiple(of: 2) ? 0 : 1
  }

  /// How many markers the board has.
  package var markerCount: Int { (columns * rows + (1 - parity)) / 2 }

  /// The number of the marker in a square; nil where it has none or is not on the board.
  package func marker(x: Int, y: Int) -> Int? {
    guard (0..<columns).contains(x), (0..<rows).contains(y), (x + y) & 1 == parity else {
      return nil
    }
    // Markers in the rows above: rows y with y + parity even begin with one.
    let evenRows = (y + 1) / 2
    let oddRows = y / 2
    let wide = (columns + 1) / 2
    let narrow = columns / 2
    let above =
      parity == 0 ? evenRows * wide + oddRows * narrow : evenRows * narrow + oddRows * wide
    return above + x / 2
  }
}
