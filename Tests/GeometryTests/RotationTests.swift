import Geometry
import Testing

/// Properties of the rotation group, over rotations of all sizes.
struct RotationTests {
  /// Rotation vectors from nothing to half a turn, about different axes.
  static let vectors: [Vector3] = {
    let axes = [
      Vector3(1, 0, 0), Vector3(0, 0, -1), Vector3(1, 2, 3), Vector3(-0.3, 0.1, 0.9),
    ]
    let angles = [0, 1e-300, 1e-12, 1e-7, 1e-3, 0.0011, 0.5, 1.5, 3, 3.141592]
    return axes.flatMap { axis in angles.map { axis.normalized * $0 } }
  }()

  private func distance(_ a: Vector3, _ b: Vector3) -> Double { (a - b).length }

  @Test(arguments: vectors)
  func logarithmUndoesExponential(v: Vector3) {
    let back = Rotation(rotationVector: v).rotationVector
    #expect(distance(back, v) <= 1e-14 * max(1, v.length) + 4e-16)
  }

  @Test(arguments: vectors)
  func exponentialIsRodrigues(v: Vector3) {
    let point = Vector3(0.3, -1.2, 2.1)
    let angle = v.length
    let turned = Rotation(rotationVector: v) * point
    guard angle > 0 else {
      #expect(turned == point)
      return
    }
    // Rodrigues' formula in a form that is exact for small angles, too.
    let axis = v / angle
    let half = Rotation(rotationVector: axis * (angle / 2))
    #expect(distance(half * (half * point), turned) < 1e-14)
    #expect(abs(turned.dot(axis) - point.dot(axis)) < 1e-14)
    #expect(abs(turned.length - point.length) < 1e-14)
  }

  @Test(arguments: vectors)
  func matrixAndQuaternionAgree(v: Vector3) {
    let rotation = Rotation(rotationVector: v)
    let point = Vector3(-0.7, 0.2, 1.3)
    #expect(distance(rotation.matrix * point, rotation * point) < 1e-14)
    let again = Rotation(matrix: rotation.matrix)
    #expect(distance(again * point, rotation * point) < 2e-14)
    #expect(abs(rotation.matrix.determinant - 1) < 1e-14)
    #expect(rotation.w >= 0)
  }

  @Test(arguments: vectors)
  func inverseUndoes(v: Vector3) {
    let rotation = Rotation(rotationVector: v)
    #expect((rotation * rotation.inverse).angle < 1e-15)
  }

  @Test func productsCompose() {
    let a = Rotation(rotationVector: Vector3(0.3, -1, 0.2))
    let b = Rotation(rotationVector: Vector3(-2, 0.1, 0.4))
    let point = Vector3(1, 2, 3)
    #expect(distance((a * b) * point, a * (b * point)) < 1e-14)
    #expect(distance((a.matrix * b.matrix) * point, a * (b * point)) < 1e-14)
  }

  @Test func quaternionsAreNormalisedWithPositiveW() {
    let rotation = Rotation(w: -2, x: 0, y: 2, z: 0)
    #expect(abs(rotation.w - 0.5.squareRoot()) < 1e-15)
    #expect(abs(rotation.y + 0.5.squareRoot()) < 1e-15)
  }

  @Test func knownQuarterTurn() {
    // A quarter turn about z takes x to y.
    let turn = Rotation(rotationVector: Vector3(0, 0, .pi / 2))
    #expect(distance(turn * Vector3(1, 0, 0), Vector3(0, 1, 0)) < 1e-15)
  }
}
