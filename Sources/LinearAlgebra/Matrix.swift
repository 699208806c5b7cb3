/// A dense matrix, stored by columns.
@usableFromInline
package struct Matrix: Equatable, Sendable {
  @usableFromInline package let rows: Int
  @usableFromInline package let columns: Int
  /// Element (row, column) stands at `row + column * rows`.
  @usableFromInline package var elements: [Double]

  /// A matrix of zeros.
  package init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0)
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: 0, count: rows * columns)
  }

  /// The matrix whose columns follow each other in `elements`.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  package static func identity(_ order: Int) -> Matrix {
    var matrix = Matrix(rows: order, columns: order)
    for index in 0..<order { matrix[index, index] = 1 }
    return matrix
  }

  @inlinable package subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      return elements[row + column * rows]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      elements[row + column * rows] = newValue
    }
  }

  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for column in 0..<columns {
      for row in 0..<rows { result[column, row] = self[row, column] }
    }
    return result
  }

  package var isSquare: Bool { rows == columns }

  /// True when no element is infinite or NaN.
  package var isFinite: Bool { elements.allSatisfy { $0.isFinite } }
}
