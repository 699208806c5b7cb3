import Geometry
import Testing

struct RigidTransformTests {
  private let aFromB = RigidTransform(
    rotation: Rotation(rotationVector: Vector3(0.4, -0.2, 1)), translation: Vector3(1, -2, 0.5))
  private let bFromC = RigidTransform(
    rotation: Rotation(rotationVector: Vector3(-1, 0.3, 0.1)), translation: Vector3(0, 3, -1))
  private let point = Vector3(0.2, 0.7, -0.4)

  @Test func chainsReadLeftToRight() {
    let chained = (aFromB * bFromC) * point
    #expect((chained - aFromB * (bFromC * point)).length < 1e-14)
  }

  @Test func inverseUndoes() {
    #expect((aFromB.inverse * (aFromB * point) - point).length < 1e-14)
    let identity = aFromB * aFromB.inverse
    #expect(identity.translation.length < 1e-14)
    #expect(identity.rotation.angle < 1e-15)
  }

  @Test func rotationComesBeforeTranslation() {
    let quarter = RigidTransform(
      rotation: Rotation(rotationVector: Vector3(0, 0, .pi / 2)), translation: Vector3(1, 0, 0))
    #expect((quarter * Vector3(1, 0, 0) - Vector3(1, 1, 0)).length < 1e-15)
  }
}
