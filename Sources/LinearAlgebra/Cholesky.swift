import CLAPACKE

/// The factor L of a symmetric positive definite matrix A = L Lᵀ.
package struct Cholesky: Sendable {
  /// L in the lower triangle; what stands above the diagonal has no meaning.
  package let factor: Matrix

  /// Factors `matrix`, of which only the lower triangle is read (`dpotrf`).
  package init(_ matrix: consuming Matrix) throws(LinearAlgebraError) {
    precondition(matrix.isSquare)
    let order = Int32(matrix.rows)
    let info = LibraryLock.hold {
      LAPACKE_dpotrf_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), order, &matrix.elements, max(1, order))
    }
    if info > 0 { throw .notPositiveDefinite(order: Int(info)) }
    for index in 0..<matrix.rows where !matrix[index, index].isFinite { throw .notFinite }
    factor = matrix
  }

  /// x with A x = `right` (`dpotrs`).
  package func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.rows)
    var x = right
    let order = Int32(factor.rows)
    _ = LibraryLock.hold {
      LAPACKE_dpotrs_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), order, 1, factor.elements, max(1, order), &x,
        max(1, order))
    }
    return x
  }

  /// X with A X = `right` (`dpotrs`).
  package func solve(_ right: Matrix) -> Matrix {
    precondition(right.rows == factor.rows)
    var x = right
    let order = Int32(factor.rows)
    _ = LibraryLock.hold {
      LAPACKE_dpotrs_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), order, Int32(right.columns), factor.elements,
        max(1, order), &x.elements, max(1, order))
    }
    return x
  }

  /// The inverse of A, both triangles (`dpotri`).
  package func inverse() -> Matrix {
    var result = factor
    let order = Int32(factor.rows)
    _ = LibraryLock.hold {
      LAPACKE_dpotri_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), order, &result.elements, max(1, order))
    }
    for column in 0..<result.columns {
      for row in 0..<column { result[row, column] = result[column, row] }
    }
    return result
  }
}
