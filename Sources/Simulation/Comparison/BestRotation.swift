import Geometry
import LensModels
import LinearAlgebra

/// Rotations that fit directions and points to each other.
enum BestRotation {
  /// The rotation R for which R a is nearest b, over all pairs; nil where they do not determine one.
  ///
  /// Source: B. K. P. Horn, "Closed-form solution of absolute orientation using unit quaternions",
  /// J. Optical Society of America A 4 (1987).
  static func between(_ a: [Vector3], _ b: [Vector3]) -> Rotation? {
    precondition(a.count == b.count)
    var sums = Array(repeating: 0.0, count: 9)
    for (from, to) in zip(a, b) {
      for i in 0..<3 { for j in 0..<3 { sums[3 * i + j] += from[i] * to[j] } }
    }
    func s(_ i: Int, _ j: Int) -> Double { sums[3 * i + j] }
    let rows = [
      [s(0, 0) + s(1, 1) + s(2, 2), s(1, 2) - s(2, 1), s(2, 0) - s(0, 2), s(0, 1) - s(1, 0)],
      [s(1, 2) - s(2, 1), s(0, 0) - s(1, 1) - s(2, 2), s(0, 1) + s(1, 0), s(2, 0) + s(0, 2)],
      [s(2, 0) - s(0, 2), s(0, 1) + s(1, 0), s(1, 1) - s(0, 0) - s(2, 2), s(1, 2) + s(2, 1)],
      [s(0, 1) - s(1, 0), s(2, 0) + s(0, 2), s(1, 2) + s(2, 1), s(2, 2) - s(0, 0) - s(1, 1)],
    ]
    let matrix = Matrix(rows: 4, columns: 4, elements: rows.flatMap { $0 })
    let eigen: SymmetricEigen
    do throws(LinearAlgebraError) { eigen = try SymmetricEigen(matrix) } catch { return nil }
    let v = eigen.vectors
    let rotation = Rotation(w: v[0, 3], x: v[1, 3], y: v[2, 3], z: v[3, 3])
    return rotation.w.isFinite ? rotation : nil
  }

  /// The rotation from a result's directions to those of a true lens for which their pixels in the
  /// true lens are nearest to `pixels`, by Gauss-Newton from the nearest directions. `directions`
  /// are nil where the result has none.
  static func ofPixels(
    _ lens: Lens, directions: [Vector3?], pixels: [Vector2]
  ) -> Rotation? {
    let pairs = zip(directions, pixels).compactMap { direction, pixel in
      direction.flatMap { d in lens.unproject(pixel).map { (d, $0, pixel) } }
    }
    guard pairs.count >= 3, var rotation = between(pairs.map(\.0), pairs.map(\.1)) else {
      return nil
    }
    for _ in 0..<12 {
      var normal = Matrix3(columns: .zero, .zero, .zero)
      var right = Vector3.zero
      for (direction, _, pixel) in pairs {
        let turned = rotation * direction
        guard let at = lens.projectWithDerivatives(turned) else { continue }
        // Turned by d on the left, the point moves by d x point: its derivative is point x gradient.
        let (gx, gy) = (turned.cross(at.xByPoint), turned.cross(at.yByPoint))
        let error = pixel - at.pixel
        normal = normal + outer(gx) + outer(gy)
        right += gx * error.x + gy * error.y
      }
      guard let step = solve(normal, right) else { return nil }
      rotation = Rotation(rotationVector: step) * rotation
      if step.length < 1e-14 { break }
    }
    return rotation
  }

  /// v v^T.
  static func outer(_ v: Vector3) -> Matrix3 { Matrix3(columns: v * v.x, v * v.y, v * v.z) }

  /// x with m x = right, by Cramer's rule; nil for a singular matrix.
  static func solve(_ m: Matrix3, _ right: Vector3) -> Vector3? {
    let determinant = m.determinant
    guard determinant.isFinite, determinant != 0 else { return nil }
    let solution =
      Vector3(
        right.dot(m.column1.cross(m.column2)), m.column0.dot(right.cross(m.column2)),
        m.column0.dot(m.column1.cross(right))) / determinant
    return solution.x.isFinite && solution.y.isFinite && solution.z.isFinite ? solution : nil
  }
}
