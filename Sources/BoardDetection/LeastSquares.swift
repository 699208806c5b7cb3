/// Linear least squares of a few unknowns by normal equations and Cholesky's factor.
struct LeastSquares {
  private(set) var solution: [Double]
  private let unknowns: Int
  /// The normal matrix, lower triangle row-major; its factor after `solve`.
  private var matrix: [Double]
  private var right: [Double]

  init(unknowns: Int) {
    self.unknowns = unknowns
    matrix = Array(repeating: 0, count: unknowns * unknowns)
    right = Array(repeating: 0, count: unknowns)
    solution = right
  }

  /// Adds the equation `row` . solution = `value`.
  mutating func add(_ row: [Double], equals value: Double) {
    for i in 0..<unknowns where row[i] != 0 {
      right[i] += row[i] * value
      for j in 0...i { matrix[i * unknowns + j] += row[i] * row[j] }
    }
  }

  /// Solves; false when the equations do not determine all unknowns.
  mutating func solve() -> Bool {
    let n = unknowns
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i * n + j]
        for k in 0..<j { sum -= matrix[i * n + k] * matrix[j * n + k] }
        if i == j {
          guard sum > 1e-12 * matrix[i * n + i] else { return false }
          matrix[i * n + i] = sum.squareRoot()
        } else {
          matrix[i * n + j] = sum / matrix[j * n + j]
        }
      }
    }
    solution = forward(right)
    for i in (0..<n).reversed() {
      for k in (i + 1)..<n { solution[i] -= matrix[k * n + i] * solution[k] }
      solution[i] /= matrix[i * n + i]
    }
    return solution.allSatisfy(\.isFinite)
  }

  /// The variance of `row` . solution for equations of unit variance; after `solve`.
  func variance(of row: [Double]) -> Double { forward(row).reduce(0) { $0 + $1 * $1 } }

  private func forward(_ vector: [Double]) -> [Double] {
    let n = unknowns
    var result = vector
    for i in 0..<n {
      for k in 0..<i { result[i] -= matrix[i * n + k] * result[k] }
      result[i] /= matrix[i * n + i]
    }
    return result
  }
}
