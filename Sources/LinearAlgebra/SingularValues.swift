import CLAPACKE

/// The singular value decomposition A = U diag(s) Vᵀ, thin form, values descending.
package struct SingularValues: Sendable {
  package let u: Matrix
  package let values: [Double]
  package let vTransposed: Matrix

  /// Decomposes `matrix` (`dgesdd`).
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite }
    let (m, n) = (matrix.rows, matrix.columns)
    let rank = min(m, n)
    var a = matrix
    var u = Matrix(rows: m, columns: rank)
    var s = Array(repeating: 0.0, count: rank)
    var vt = Matrix(rows: rank, columns: n)
    if rank > 0 {
      let info = LibraryLock.hold {
        LAPACKE_dgesdd(
          LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), Int32(m), Int32(n), &a.elements, Int32(m), &s,
          &u.elements, Int32(m), &vt.elements, Int32(rank))
      }
      guard info == 0 else { throw .notConverged }
    }
    self.u = u
    values = s
    vTransposed = vt
  }
}
