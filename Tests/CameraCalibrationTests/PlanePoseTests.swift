import Geometry
import Simulation
import Testing

@testable import CameraCalibration

private func corners(_ pose: RigidTransform) -> ([ObservedCorner], [Vector3]) {
  var corners: [ObservedCorner] = []
  var directions: [Vector3] = []
  for row in 0..<6 {
    for column in 0..<9 {
      let point = Vector3(Double(column) * 0.025, Double(row) * 0.025, 0)
      corners.append(
        ObservedCorner(
          boardX: point.x, boardY: point.y, bendX: 0, bendY: 0, x: 0, y: 0, weight: 1,
          fullWeight: 1))
      directions.append((pose * point).normalized)
    }
  }
  return (corners, directions)
}

@Test func planePoseIsExactInAllDirections() throws {
  var numbers = SeededNumbers(8)
  for _ in 0..<200 {
    // Anywhere around the camera, also behind it, seen up to 70 degrees from the normal.
    let sight = Vector3(numbers.normal(), numbers.normal(), numbers.normal()).normalized
    let facing = numbers.rotation(upTo: 1.2)
    let level = Rotation(w: 1 + sight.z, x: -sight.y, y: sight.x, z: 0)
    let rotation = level * facing
    let truth = RigidTransform(
      rotation: rotation,
      translation: sight * numbers.uniform(0.3, 2) - rotation * Vector3(0.1, 0.0625, 0))
    let (corners, directions) = corners(truth)
    let pose = try #require(planePose(corners[...], directions))
    #expect((pose.translation - truth.translation).length < 1e-8)
    #expect((pose.rotation.inverse * truth.rotation).angle < 1e-7)
  }
}

@Test func planePoseBearsOutliers() throws {
  var numbers = SeededNumbers(9)
  let truth = RigidTransform(
    rotation: Rotation(rotationVector: Vector3(0.4, 0.3, 0.1)), translation: Vector3(-0.1, 0, 0.5))
  var (corners, directions) = corners(truth)
  for index in [3, 17, 40] {
    directions[index] = Vector3(numbers.uniform(-1, 1), numbers.uniform(-1, 1), 1).normalized
  }
  let pose = try #require(planePose(corners[...], directions))
  #expect((pose.rotation.inverse * truth.rotation).angle < 0.02)
  corners = Array(corners.prefix(3))
  #expect(planePose(corners[...], Array(directions.prefix(3))) == nil)
}

@Test func planePoseRefusesWhatIsNoPlane() {
  let (corners, directions) = corners(
    RigidTransform(rotation: .identity, translation: Vector3(0, 0, 1)))
  let one = Array(repeating: directions[0], count: directions.count)
  #expect(planePose(corners[...], one) == nil)
  let none = Array(repeating: Vector3(.nan, .nan, .nan), count: directions.count)
  #expect(planePose(corners[...], none) == nil)
}
