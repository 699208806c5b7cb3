import Bundles
package import Geometry
package import LensModels

/// What a result foretells of points of the basket that two cameras triangulate, and what comes of
/// it: both root mean square over the pairs of cameras, metres.
package struct BasketForetold: Equatable, Sendable {
  package var foretold: Double
  package var found: Double

  /// Points count that both cameras see where corners are; the result's own count may differ at the
  /// edge. Nil where the result foretells nothing, or not in the cart.
  init?(_ cameras: [RigComparison.Common], _ record: BasketErrorRecord?) {
    guard let record, record.frame == .cart else { return nil }
    let byName = Dictionary(cameras.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var (foretold, found, count) = (0.0, 0.0, 0)
    for pair in record.pairs {
      guard let a = byName[pair.first], let b = byName[pair.second],
        let squares = Self.meanSquare(a, b, record.points)
      else { continue }
      foretold += pair.rms * pair.rms
      found += squares
      count += 1
    }
    guard count > 0 else { return nil }
    self.foretold = (foretold / Double(count)).squareRoot()
    self.found = (found / Double(count)).squareRoot()
  }

  private static func meanSquare(
    _ a: RigComparison.Common, _ b: RigComparison.Common, _ points: [Vector3]
  ) -> Double? {
    var (squares, count) = (0.0, 0)
    for point in points {
      guard let first = a.pixel(of: point), let second = b.pixel(of: point),
        let seen = triangulated(
          [(a.result.lens, a.result.frameFromCamera), (b.result.lens, b.result.frameFromCamera)],
          [first, second], near: point)
      else { continue }
      squares += (seen - point).dot(seen - point)
      count += 1
    }
    return count > 0 ? squares / Double(count) : nil
  }

  /// The point whose pixels are nearest to those that cameras see, by the method of Gauss and Newton
  /// from a place near it; nil where cameras cannot see it, or see it along one line.
  package static func triangulated(
    _ cameras: [(lens: Lens, worldFromCamera: RigidTransform)], _ pixels: [Vector2],
    near start: Vector3
  ) -> Vector3? {
    var point = start
    for _ in 0..<8 {
      var normal = Matrix3(columns: .zero, .zero, .zero)
      var right = Vector3.zero
      for (camera, pixel) in zip(cameras, pixels) {
        let place = camera.worldFromCamera.inverse * point
        guard let seen = camera.lens.projectWithDerivatives(place) else { return nil }
        for (gradient, residual) in [
          (camera.worldFromCamera.rotation * seen.xByPoint, seen.pixel.x - pixel.x),
          (camera.worldFromCamera.rotation * seen.yByPoint, seen.pixel.y - pixel.y),
        ] {
          normal = normal + BestRotation.outer(gradient)
          right += gradient * -residual
        }
      }
      guard let step = BestRotation.solve(normal, right) else { return nil }
      point += step
    }
    return point
  }
}

extension RigComparison.Common {
  /// Where the true camera sees a point, where corners are.
  fileprivate func pixel(of point: Vector3) -> Vector2? {
    guard let pixel = truth.lens.project(truth.frameFromCamera.inverse * point),
      covered.contains(pixel)
    else { return nil }
    return pixel
  }
}
