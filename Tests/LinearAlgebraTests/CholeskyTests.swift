import LinearAlgebra
import Testing

@Test(arguments: [1, 2, 7, 60])
func choleskySolvesAndInverts(_ order: Int) throws {
  let a = sample(rows: order + 5, columns: order, seed: UInt64(order))
  let normal = a.transposed * a
  let x = (0..<order).map { Double($0) - 1.5 }
  let cholesky = try Cholesky(normal)
  let solved = cholesky.solve(normal * x)
  #expect(zip(x, solved).allSatisfy { abs($0 - $1) < 1e-7 })
  #expect(distance(cholesky.inverse() * normal, .identity(order)) < 1e-8)
  #expect(distance(cholesky.solve(normal), .identity(order)) < 1e-8)
}

@Test func choleskyNamesWhatIsNotDetermined() {
  var matrix = Matrix.identity(4)
  matrix[2, 2] = -1
  #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 3)) { try Cholesky(matrix) }
  matrix[2, 2] = .nan
  #expect(throws: LinearAlgebraError.self) { try Cholesky(matrix) }
  matrix[2, 2] = .infinity
  #expect(throws: LinearAlgebraError.notFinite) { try Cholesky(matrix) }
}
