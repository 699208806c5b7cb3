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

/// The serial OpenBLAS shares its work space between threads: without `LibraryLock` some of these
/// come out wrong.
@Test func threadsDoNotDisturbEachOther() async throws {
  let a = sample(rows: 70, columns: 60, seed: 9)
  let normal = a.transposed * a
  let expected = try Cholesky(normal).solve(a.transposed * Array(repeating: 1, count: 70))
  let wrong = await withTaskGroup(of: Int.self) { group in
    for _ in 0..<4 {
      group.addTask {
        var wrong = 0
        for _ in 0..<3000 {
          do {
            let right = a.transposed * Array(repeating: 1, count: 70)
            if try Cholesky(a.transposed * a).solve(right) != expected { wrong += 1 }
          } catch {
            wrong += 1
          }
        }
        return wrong
      }
    }
    return await group.reduce(0, +)
  }
  #expect(wrong == 0)
}
