import CLAPACKE

/// The least-squares solution of A x = b, with the rank of A.
package struct LeastSquares: Sendable {
  /// Of all minimisers the one of least length.
  package let solution: [Double]
  package let rank: Int

  /// Solves by a complete orthogonal factorisation with column pivoting (`dgelsy`); directions in
  /// which A is smaller than `relativeTolerance` times its size count as none.
  package init(
    _ matrix: Matrix, _ right: [Double], relativeTolerance: Double = 1e-12
  ) throws(LinearAlgebraError) {
    precondition(right.count == matrix.rows)
    guard matrix.isFinite, right.allSatisfy({ $0.isFinite }) else { throw .notFinite }
    let (m, n) = (matrix.rows, matrix.columns)
    guard m > 0, n > 0 else {
      solution = Array(repeating: 0, count: n)
      rank = 0
      return
    }
    var a = matrix
    var b = right + Array(repeating: 0, count: max(0, n - m))
    var pivots = Array(repeating: Int32(0), count: n)
    var found: Int32 = 0
    let info = LibraryLock.hold {
      LAPACKE_dgelsy(
        LAPACK_COL_MAJOR, Int32(m), Int32(n), 1, &a.elements, Int32(m), &b, Int32(max(m, n)),
        &pivots, relativeTolerance, &found)
    }
    guard info == 0 else { throw .notConverged }
    solution = Array(b.prefix(n))
    rank = Int(found)
  }
}
