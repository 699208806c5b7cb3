package import Geometry

/// A calibration board: a checkerboard, plain or with markers, described by its inner corners.
///
/// Board frame: origin at the first inner corner, x along columns, y along rows, z away from the
/// viewer. The square up-left of the origin is black, except on inverted ChArUco boards and those
/// of the old layout.
package struct BoardSpec: Equatable, Sendable {
  /// Inner corners along x.
  package let columns: Int
  /// Inner corners along y.
  package let rows: Int
  /// Edge of one square, metres.
  package let squareSize: Double
  /// What tells the board's corners apart when only a part of it is seen.
  package let marking: BoardMarking

  /// Bounds that keep a typing error from becoming an hour of work.
  package static let cornersPerSide = 2...64
  package static let squareSizes = 0.001...1.0
  /// Side of a marker over that of its square: with less white around them corners cannot be
  /// measured, and smaller ones cannot be read.
  package static let markerShares = 0.3...0.9

  /// A board of `columns` x `rows` inner corners with squares of `squareSize` metres.
  package init(
    columns: Int, rows: Int, squareSize: Double, marking: BoardMarking = .none
  ) throws(BoardError) {
    guard Self.cornersPerSide.contains(columns), Self.cornersPerSide.contains(rows) else {
      throw .cornersOutOfRange(columns: columns, rows: rows)
    }
    guard columns >= 3 || rows >= 3 else { throw .cornersOutOfRange(columns: columns, rows: rows) }
    guard Self.squareSizes.contains(squareSize) else { throw .squareOutOfRange(squareSize) }
    if case .charuco(let markers) = marking {
      guard Self.markerShares.contains(markers.markerSize / squareSize) else {
        throw .markerOutOfRange(marker: markers.markerSize, square: squareSize)
      }
      let needed = CharucoLayout(
        columns: columns + 1, rows: rows + 1, isLegacy: markers.isLegacy
      ).markerCount
      guard needed <= markers.dictionary.count else {
        throw .tooFewMarkers(
          dictionary: markers.dictionary.name, count: markers.dictionary.count, needed: needed)
      }
    }
    self.columns = columns
    self.rows = rows
    self.squareSize = squareSize
    self.marking = marking
  }

  package var cornerCount: Int { columns * rows }

  /// The markers, of a ChArUco board.
  package var charuco: CharucoMarkers? {
    if case .charuco(let markers) = marking { return markers }
    return nil
  }

  /// True when markers tell which corner is which.
  package var isMarked: Bool { marking != .none }

  /// True when the board looks the same after half a turn: columns + rows is even, and no marker
  /// says more.
  package var isAmbiguous: Bool { !isMarked && (columns + rows).isMultiple(of: 2) }

  /// True when the square up-left of the first inner corner is black.
  package var startsBlack: Bool {
    guard let charuco else { return true }
    let isShifted = charuco.isLegacy && (rows + 1).isMultiple(of: 2)
    return isShifted == charuco.isInverted
  }

  /// How much of a square, from its edges, is of one colour: parts of its side.
  package var plainShare: Double {
    guard let charuco else { return 0.5 }
    return 0.5 * (1 - charuco.markerSize / squareSize)
  }

  /// The position of an inner corner on the flat board, metres.
  package func position(column: Int, row: Int) -> Vector3 {
    Vector3(Double(column) * squareSize, Double(row) * squareSize, 0)
  }

  /// The row-major index of an inner corner.
  package func index(column: Int, row: Int) -> Int { row * columns + column }
}
