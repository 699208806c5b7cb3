/// A 3x3 matrix, held by its columns.
public struct Matrix3: Equatable, Sendable {
  public var column0: Vector3
  public var column1: Vector3
  public var column2: Vector3

  @inlinable public init(columns column0: Vector3, _ column1: Vector3, _ column2: Vector3) {
    self.column0 = column0
    self.column1 = column1
    self.column2 = column2
  }

  /// The matrix with the given rows.
  @inlinable public init(rows row0: Vector3, _ row1: Vector3, _ row2: Vector3) {
    self.init(
      columns: Vector3(row0.x, row1.x, row2.x),
      Vector3(row0.y, row1.y, row2.y),
      Vector3(row0.z, row1.z, row2.z))
  }

  @inlinable public static var identity: Matrix3 {
    Matrix3(columns: Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))
  }

  /// The skew-symmetric matrix with `skew(v) * w == v.cross(w)`.
  @inlinable public static func skew(_ v: Vector3) -> Matrix3 {
    Matrix3(rows: Vector3(0, -v.z, v.y), Vector3(v.z, 0, -v.x), Vector3(-v.y, v.x, 0))
  }

  @inlinable public var transposed: Matrix3 {
    Matrix3(rows: column0, column1, column2)
  }

  @inlinable public var determinant: Double { column0.dot(column1.cross(column2)) }

  /// The element in `row`, `column`, each 0 to 2.
  @inlinable public subscript(row: Int, column: Int) -> Double {
    switch column {
    case 0: column0[row]
    case 1: column1[row]
    default: column2[row]
    }
  }

  @inlinable public static func * (m: Matrix3, v: Vector3) -> Vector3 {
    m.column0 * v.x + m.column1 * v.y + m.column2 * v.z
  }

  @inlinable public static func * (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(columns: a * b.column0, a * b.column1, a * b.column2)
  }

  @inlinable public static func * (m: Matrix3, s: Double) -> Matrix3 {
    Matrix3(columns: m.column0 * s, m.column1 * s, m.column2 * s)
  }

  @inlinable public static func + (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(columns: a.column0 + b.column0, a.column1 + b.column1, a.column2 + b.column2)
  }
}
