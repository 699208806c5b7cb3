import Simulation
import Testing

@testable import CameraCalibration

@Test(arguments: [3, 4, 5, 6])
func normalMatrixEqualsTheSumOfProducts(_ vectors: Int) {
  var numbers = SeededNumbers(UInt64(vectors))
  let count = 13
  let rows = (0..<count * vectors).map { _ in
    SIMD4((0..<4).map { _ in numbers.uniform(-1, 1) })
  }
  var matrix = Array(repeating: SIMD4<Double>.zero, count: 4 * vectors * vectors)
  rows.withUnsafeBufferPointer { rows in
    matrix.withUnsafeMutableBufferPointer { matrix in
      guard let from = rows.baseAddress, let to = matrix.baseAddress else { return }
      addNormalMatrix(rows: from, count: count, vectors: vectors, to: to)
    }
  }
  func element(_ row: Int, _ column: Int) -> Double { rows[row * vectors + column / 4][column % 4] }
  for i in 0..<4 * vectors {
    for j in i..<4 * vectors {
      let sum = (0..<count).reduce(0) { $0 + element($1, i) * element($1, j) }
      #expect(abs(matrix[i * vectors + j / 4][j % 4] - sum) < 1e-13)
    }
  }
}

@Test func smallCholeskySolves() throws {
  var numbers = SeededNumbers(5)
  var matrix = InlineArray<6, SIMD8<Double>>(repeating: .zero)
  for _ in 0..<9 {
    var row = SIMD8<Double>.zero
    for i in 0..<6 { row[i] = numbers.uniform(-1, 1) }
    for i in 0..<6 { matrix[i] += row[i] * row }
  }
  let x = SIMD8<Double>(1, -2, 3, 0.5, 0, 7, 0, 0)
  var right = SIMD8<Double>.zero
  for i in 0..<6 { right[i] = (matrix[i] * x).sum() }
  let factor = try #require(SmallCholesky<6>(matrix, damping: 0))
  let solved = factor.backward(factor.forward(right))
  for i in 0..<6 { #expect(abs(solved[i] - x[i]) < 1e-10) }
  matrix[5] = matrix[4]
  for i in 0..<6 { matrix[i][5] = matrix[i][4] }
  #expect(SmallCholesky<6>(matrix, damping: 0) == nil)
}
