import Glibc
import LinearAlgebra

/// Equations divided by their standard deviations, priors below them: J z = r in least squares.
struct WeightedRows {
  /// Column-major, one row an equation; placements' rows first, three each.
  var jacobian: Matrix
  var residuals: [Double]
  /// Logarithm of the determinant of the placements' covariances.
  var logDeterminant: Double

  /// Weights rows with a scatter of the mass (kilograms) and a placing error (metres).
  init(
    _ equations: ScaleEquations, _ rows: [ScaleEquations.Rows], unknowns: [Double],
    scatter: Double, placing: Double
  ) {
    let cells = equations.cellCount
    let shared = equations.sharedPriorRows
    let plain = equations.unknownCount - 2 * cells
    jacobian = Matrix(
      rows: 3 * rows.count + shared.count + plain, columns: equations.unknownCount)
    residuals = Array(repeating: 0, count: jacobian.rows)
    logDeterminant = 0
    for (number, row) in rows.enumerated() {
      let covariance = (0..<6).map {
        row.noise[$0] + scatter * scatter * row.byScatter[$0] + placing * placing
          * row.byPlacing[$0]
      }
      let whitening = Whitening(covariance)
      logDeterminant += whitening.logDeterminant
      let residual = whitening.apply(row.residuals)
      for axis in 0..<3 { residuals[3 * number + axis] = residual[axis] }
      for (column, derivative) in row.jacobian.enumerated() where derivative != .zero {
        let white = whitening.apply(derivative)
        for axis in 0..<3 { jacobian[3 * number + axis, column] = white[axis] }
      }
    }
    var next = 3 * rows.count
    for row in shared {
      for (column, value) in row {
        jacobian[next, column] = value
        residuals[next] += value * unknowns[column]
      }
      next += 1
    }
    let taken = Set(
      (0..<cells).flatMap { [equations.index(cell: $0, 0), equations.index(cell: $0, 4)] })
    for column in 0..<equations.unknownCount where !taken.contains(column) {
      jacobian[next, column] = 1
      residuals[next] = unknowns[column]
      next += 1
    }
  }

  /// Jᵀ J.
  var normalMatrix: Matrix { jacobian.transposed * jacobian }

  /// Minus twice the logarithm of the likelihood of the equations when every unknown is integrated
  /// out, less a constant, at the minimum of this linearisation.
  func cost() throws(LinearAlgebraError) -> Double {
    let factor = try Cholesky(normalMatrix)
    let gradient = jacobian.transposed * residuals
    let decrease = zip(gradient, factor.solve(gradient)).reduce(0) { $0 + $1.0 * $1.1 }
    var determinant = 0.0
    for index in 0..<jacobian.columns { determinant += 2 * log(factor.factor[index, index]) }
    return residuals.reduce(0) { $0 + $1 * $1 } - decrease + determinant + logDeterminant
  }
}

/// Division of three correlated numbers by the Cholesky factor of their covariance.
private struct Whitening {
  private let a: Double, b: Double, c: Double, d: Double, e: Double, f: Double

  /// From xx, xy, xz, yy, yz, zz.
  init(_ covariance: [Double]) {
    // A floor far below any load cell keeps exact data from dividing by zero.
    let floor = 1e-18
    a = max(covariance[0], floor).squareRoot()
    b = covariance[1] / a
    c = covariance[2] / a
    d = max(covariance[3] - b * b, floor).squareRoot()
    e = (covariance[4] - b * c) / d
    f = max(covariance[5] - c * c - e * e, floor).squareRoot()
  }

  var logDeterminant: Double { 2 * log(a * d * f) }

  func apply(_ v: SIMD3<Double>) -> SIMD3<Double> {
    let x = v.x / a
    let y = (v.y - b * x) / d
    return SIMD3(x, y, (v.z - c * x - e * y) / f)
  }
}
