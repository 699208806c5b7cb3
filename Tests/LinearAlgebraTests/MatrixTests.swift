import LinearAlgebra
import Testing

/// A matrix of numbers in -1...1 that only depends on `seed`.
func sample(rows: Int, columns: Int, seed: UInt64) -> Matrix {
  var state = seed &* 2 &+ 1
  return Matrix(
    rows: rows, columns: columns,
    elements: (0..<rows * columns).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 52) - 1
    })
}

func distance(_ a: Matrix, _ b: Matrix) -> Double {
  zip(a.elements, b.elements).map { abs($0 - $1) }.max() ?? 0
}

@Test func productEqualsItsDefinition() {
  let a = sample(rows: 5, columns: 3, seed: 1)
  let b = sample(rows: 3, columns: 4, seed: 2)
  let product = a * b
  for row in 0..<5 {
    for column in 0..<4 {
      let sum = (0..<3).reduce(0) { $0 + a[row, $1] * b[$1, column] }
      #expect(abs(product[row, column] - sum) < 1e-14)
    }
  }
  let x = [0.5, -1, 2]
  #expect(
    distance(
      Matrix(rows: 5, columns: 1, elements: a * x), a * Matrix(rows: 3, columns: 1, elements: x))
      < 1e-14)
  #expect(a.transposed.transposed == a)
  #expect(Matrix(rows: 0, columns: 3) * b == Matrix(rows: 0, columns: 4))
}
