package import Geometry

/// A calibration board: a plain checkerboard, described by its inner corners.
///
/// Board frame: origin at the first inner corner, x along columns, y along rows, z away from the
/// viewer; the square up-left of the origin is black.
package struct BoardSpec: Equatable, Sendable {
  /// Inner corners along x.
  package let columns: Int
  /// Inner corners along y.
  package let rows: Int
  /// Edge of one square, metres.
  package let squareSize: Double

  /// Bounds that keep a typing error from becoming an hour of work.
  package static let cornersPerSide = 2...64
  package static let squareSizes = 0.001...1.0

  /// A board of `columns` x `rows` inner corners with squares of `squareSize` metres.
  package init(columns: Int, rows: Int, squareSize: Double) throws(BoardError) {
    guard Self.cornersPerSide.contains(columns), Self.cornersPerSide.contains(rows) else {
      throw .cornersOutOfRange(columns: columns, rows: rows)
    }
    guard columns >= 3 || rows >= 3 else { throw .cornersOutOfRange(columns: columns, rows: rows) }
    guard Self.squareSizes.contains(squareSize) else { throw .squareOutOfRange(squareSize) }
    self.columns = columns
    self.rows = rows
    self.squareSize = squareSize
  }

  package var cornerCount: Int { columns * rows }

  /// True when the board looks the same after half a turn: columns + rows is even.
  package var isAmbiguous: Bool { (columns + rows).isMultiple(of: 2) }

  /// The position of an inner corner on the flat board, metres.
  package func position(column: Int, row: Int) -> Vector3 {
    Vector3(Double(column) * squareSize, Double(row) * squareSize, 0)
  }

  /// The row-major index of an inner corner.
  package func index(column: Int, row: Int) -> Int { row * columns + column }
}
