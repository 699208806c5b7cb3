import CBLAS

extension Matrix {
  /// The product of two matrices (`cblas_dgemm`).
  package static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows)
    var result = Matrix(rows: a.rows, columns: b.columns)
    guard a.rows > 0, b.columns > 0, a.columns > 0 else { return result }
    LibraryLock.hold {
      cblas_dgemm(
        CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(a.rows), Int32(b.columns),
        Int32(a.columns), 1, a.elements, Int32(a.rows), b.elements, Int32(b.rows), 0,
        &result.elements, Int32(a.rows))
    }
    return result
  }

  /// The product of a matrix and a column (`cblas_dgemv`).
  package static func * (a: Matrix, x: [Double]) -> [Double] {
    precondition(a.columns == x.count)
    var result = Array(repeating: 0.0, count: a.rows)
    guard a.rows > 0, a.columns > 0 else { return result }
    LibraryLock.hold {
      cblas_dgemv(
        CblasColMajor, CblasNoTrans, Int32(a.rows), Int32(a.columns), 1, a.elements,
        Int32(a.rows), x, 1, 0, &result, 1)
    }
    return result
  }
}

extension Matrix {
  /// Subtracts `factor` times its transpose; only the lower triangle is written (`cblas_dsyrk`).
  package mutating func subtractProductWithTranspose(_ factor: Matrix) {
    precondition(isSquare && factor.rows == rows)
    guard rows > 0, factor.columns > 0 else { return }
    LibraryLock.hold {
      cblas_dsyrk(
        CblasColMajor, CblasLower, CblasNoTrans, Int32(rows), Int32(factor.columns), -1,
        factor.elements, Int32(rows), 1, &elements, Int32(rows))
    }
  }
}
