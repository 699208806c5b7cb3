/// A symmetric system of up to eight unknowns, factored; mostly the six of one board pose.
///
/// Kept in fixed storage: there are hundreds of these in each iteration.
struct SmallCholesky<let order: Int> {
  /// Rows of the lower factor; element k of row i is L(i, k).
  private var rows: InlineArray<order, SIMD8<Double>>
  private var inverseDiagonal: SIMD8<Double>

  /// Factors `matrix` (rows; its lower triangle counts) with `damping` times its diagonal added;
  /// nil when it is not positive definite.
  init?(_ matrix: InlineArray<order, SIMD8<Double>>, damping: Double) {
    rows = matrix
    inverseDiagonal = .zero
    for i in 0..<order {
      let diagonal = matrix[i][i]
      for k in 0...i {
        var sum = rows[i][k]
        if k == i { sum += damping * diagonal }
        for m in 0..<k { sum -= rows[i][m] * rows[k][m] }
        if k == i {
          // The remainder of a determined unknown is far above rounding.
          guard sum > 1e-14 * diagonal, sum.isFinite else { return nil }
          let root = sum.squareRoot()
          rows[i][i] = root
          inverseDiagonal[i] = 1 / root
        } else {
          rows[i][k] = sum * inverseDiagonal[k]
        }
      }
    }
  }

  /// L^-1 times `vector`.
  @inline(__always)
  func forward(_ vector: SIMD8<Double>) -> SIMD8<Double> {
    var x = vector
    for i in 0..<order {
      var sum = x[i]
      for k in 0..<i { sum -= rows[i][k] * x[k] }
      x[i] = sum * inverseDiagonal[i]
    }
    return x
  }

  /// L^-T times `vector`.
  @inline(__always)
  func backward(_ vector: SIMD8<Double>) -> SIMD8<Double> {
    var x = vector
    for i in (0..<order).reversed() {
      var sum = x[i]
      for k in (i + 1)..<order { sum -= rows[k][i] * x[k] }
      x[i] = sum * inverseDiagonal[i]
    }
    return x
  }
}
