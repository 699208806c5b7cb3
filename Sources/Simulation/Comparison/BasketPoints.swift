import Geometry
import Glibc

/// Points of a basket as the true cameras see them, triangulated with a result.
enum BasketPoints {
  /// Right, forward and up, metres: 10 x 8 x 8 places in the middle of a usual basket.
  private static var grid: [Vector3] {
    var points: [Vector3] = []
    for y in steps(-0.2, 0.2, 8) {
      for x in steps(-0.27, 0.27, 10) {
        for z in steps(0.02, 0.45, 8) { points.append(Vector3(x, y, z)) }
      }
    }
    return points
  }

  private static func steps(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
  }

  /// Points count that two cameras see where they have seen corners. Rays are weighted by the
  /// inverse square of the distance; what is common to all points is taken out by the best rigid
  /// motion.
  static func errors(_ cameras: [RigComparison.Common]) -> RigComparison.Points? {
    var expected: [Vector3] = []
    var found: [Vector3] = []
    let views = cameras.map { View($0) }
    for point in grid {
      var normal = Matrix3(columns: .zero, .zero, .zero)
      var right = Vector3.zero
      var count = 0
      for view in views {
        guard let ray = view.ray(to: point) else { continue }
        let weight = 1 / (ray.distance * ray.distance)
        let across =
          (Matrix3.identity + BestRotation.outer(ray.direction) * -1) * weight
        normal = normal + across
        right += across * ray.origin
        count += 1
      }
      guard count >= 2, let place = BestRotation.solve(normal, right) else { continue }
      expected.append(point)
      found.append(place)
    }
    guard expected.count > 10, let motion = motion(found, to: expected) else { return nil }
    let errors = zip(found, expected).map { (motion * $0 - $1).length }
    let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    return RigComparison.Points(
      count: errors.count, rms: square.squareRoot(), largest: errors.max() ?? 0)
  }

  /// The rigid motion that brings points nearest to others.
  private static func motion(_ points: [Vector3], to others: [Vector3]) -> RigidTransform? {
    let count = Double(points.count)
    let a = points.reduce(Vector3.zero, +) / count
    let b = others.reduce(Vector3.zero, +) / count
    guard let rotation = BestRotation.between(points.map { $0 - a }, others.map { $0 - b }) else {
      return nil
    }
    return RigidTransform(rotation: rotation, translation: b - rotation * a)
  }

  private struct Ray {
    var origin: Vector3
    var direction: Vector3
    var distance: Double
  }

  private struct View {
    private let camera: RigComparison.Common
    private let cameraFromCart: RigidTransform
    /// The largest angle to the axis of the picture's corners, radians.
    private let widest: Double

    init(_ camera: RigComparison.Common) {
      self.camera = camera
      cameraFromCart = camera.truth.frameFromCamera.inverse
      let lens = camera.truth.lens
      var widest = 0.0
      for x in [0, Double(lens.width - 1)] {
        for y in [0, Double(lens.height - 1)] {
          guard let ray = lens.unproject(Vector2(x, y)) else { continue }
          widest = max(widest, acos(max(-1, min(1, ray.z))))
        }
      }
      self.widest = widest
    }

    /// The result's ray for the pixel where the true camera sees a point; nil where it does not, or
    /// where it has seen no corners.
    func ray(to point: Vector3) -> Ray? {
      let place = cameraFromCart * point
      let lens = camera.truth.lens
      guard atan2((place.x * place.x + place.y * place.y).squareRoot(), place.z) < widest,
        let pixel = lens.project(place), pixel.x > 10, pixel.y > 10,
        pixel.x < Double(lens.width - 11), pixel.y < Double(lens.height - 11),
        camera.covered.contains(pixel), let direction = camera.result.lens.unproject(pixel)
      else { return nil }
      return Ray(
        origin: camera.result.frameFromCamera.translation,
        direction: camera.result.frameFromCamera.rotation * direction, distance: place.length)
    }
  }
}
