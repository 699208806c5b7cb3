import LinearAlgebra
import Testing

@Test func eigenvectorsReproduceTheMatrix() throws {
  let a = sample(rows: 9, columns: 9, seed: 3)
  let symmetric = a.transposed * a
  let eigen = try SymmetricEigen(symmetric)
  #expect(eigen.values == eigen.values.sorted())
  var scaled = eigen.vectors
  for column in 0..<9 {
    for row in 0..<9 { scaled[row, column] *= eigen.values[column] }
  }
  #expect(distance(scaled * eigen.vectors.transposed, symmetric) < 1e-12)
  #expect(throws: LinearAlgebraError.notFinite) {
    try SymmetricEigen(Matrix(rows: 1, columns: 1, elements: [.nan]))
  }
}

@Test func singularValuesReproduceTheMatrix() throws {
  for (rows, columns) in [(6, 3), (3, 6), (4, 4), (0, 2)] {
    let a = sample(rows: rows, columns: columns, seed: 4)
    let decomposition = try SingularValues(a)
    var scaled = decomposition.u
    for column in 0..<scaled.columns {
      for row in 0..<scaled.rows { scaled[row, column] *= decomposition.values[column] }
    }
    #expect(distance(scaled * decomposition.vTransposed, a) < 1e-13)
  }
}

@Test func leastSquaresFindsRankAndShortestSolution() throws {
  // Two equal columns: rank 1, and the solution is shared between them.
  let a = Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 1, 2, 3])
  let fit = try LeastSquares(a, [2, 4, 6])
  #expect(fit.rank == 1)
  #expect(abs(fit.solution[0] - 1) < 1e-12 && abs(fit.solution[1] - 1) < 1e-12)
  let b = sample(rows: 8, columns: 3, seed: 5)
  let full = try LeastSquares(b, b * [1, -2, 3])
  #expect(full.rank == 3)
  #expect(zip(full.solution, [1, -2, 3]).allSatisfy { abs($0 - $1) < 1e-12 })
}
