import Geometry
import Testing

struct Matrix3Tests {
  private let m = Matrix3(rows: Vector3(1, 2, 3), Vector3(4, 5, 6), Vector3(7, 8, 10))

  @Test func rowsAndColumns() {
    #expect(m[0, 2] == 3)
    #expect(m[2, 0] == 7)
    #expect(m.transposed[2, 0] == 3)
    #expect(m * Vector3(1, 0, 0) == Vector3(1, 4, 7))
    #expect(m * Matrix3.identity == m)
  }

  @Test func determinant() {
    // 1 (50 - 48) - 2 (40 - 42) + 3 (32 - 35)
    #expect(m.determinant == -3)
  }

  @Test func skewIsTheCrossProduct() {
    let (a, b) = (Vector3(1, -2, 0.5), Vector3(0.3, 4, -1))
    #expect(Matrix3.skew(a) * b == a.cross(b))
  }
}
