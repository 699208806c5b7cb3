import CLAPACKE

/// Eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix.
package struct SymmetricEigen: Sendable {
  package let values: [Double]
  /// Column i belongs to value i.
  package let vectors: Matrix

  /// Decomposes `matrix`, of which only the lower triangle is read (`dsyevd`).
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.isSquare)
    guard matrix.isFinite else { throw .notFinite }
    var vectors = matrix
    var values = Array(repeating: 0.0, count: matrix.rows)
    let order = Int32(matrix.rows)
    let info = LibraryLock.hold {
      LAPACKE_dsyevd(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), order,
        &vectors.elements, max(1, order), &values)
    }
    guard info == 0 else { throw .notConverged }
    self.values = values
    self.vectors = vectors
  }
}
