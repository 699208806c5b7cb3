public import Geometry
import Glibc

extension BrownConradyModel {
  /// The derivative of the distorted radius r g(r^2) by r: positive where the model is monotone.
  ///
  /// Also not positive where the denominator has changed its sign.
  func radiusSlope(_ r: Double) -> Double {
    let (factor, slope, inverse) = radial(r * r)
    return inverse > 0 ? factor + 2 * r * r * slope : -1
  }

  /// Steps in angle until the slope stops being positive, then halves the step down to rounding.
  @usableFromInline package func limit() -> Double {
    let steps = 256
    var inside = 0.0
    for step in 1...steps {
      // To just short of 90 degrees: tan = 1e3 at the last step.
      let r = step == steps ? 1e3 : tan(Double(step) * 0.5 * Double.pi / Double(steps))
      if radiusSlope(r) > 0 {
        inside = r
        continue
      }
      var outside = r
      for _ in 0..<60 {
        let middle = 0.5 * (inside + outside)
        if radiusSlope(middle) > 0 { inside = middle } else { outside = middle }
      }
      return inside
    }
    return .infinity
  }

  /// Solves the radial part by bisection and Newton's method inside the monotone range, then the
  /// whole with the tangential terms by Newton's method in the plane.
  @usableFromInline package func unproject(_ pixel: Vector2, limit: Double) -> Vector3? {
    let k = base
    let target = Vector2((pixel.x - k.cx) / k.fx, (pixel.y - k.cy) / k.fy)
    guard target.x.isFinite, target.y.isFinite else { return nil }
    let radius = target.length
    guard radius > 0 else { return refine(Vector2(0, 0), target, limit) }
    // A little beyond the limit is let in here, since the tangential terms may bring it back.
    let start = undistortedRadius(radius, limit: min(limit, 1e4)) ?? min(limit, 1e4)
    return refine(target * (start / radius), target, limit)
  }

  /// r with r g(r^2) = `distorted`, within 0...limit; nil when there is none.
  private func undistortedRadius(_ distorted: Double, limit: Double) -> Double? {
    var low = 0.0
    var high = limit
    guard high * radial(high * high).factor >= distorted else { return nil }
    var r = min(distorted, limit)
    for _ in 0..<200 {
      let value = r * radial(r * r).factor - distorted
      if value > 0 { high = r } else { low = r }
      let slope = radiusSlope(r)
      var next = slope > 0 ? r - value / slope : .nan
      if !(next > low && next < high) { next = 0.5 * (low + high) }
      if abs(next - r) <= 1e-15 * max(1, r) { return next }
      r = next
    }
    return r
  }

  private func refine(_ start: Vector2, _ target: Vector2, _ limit: Double) -> Vector3? {
    var p = start
    for _ in 0..<50 {
      let d = distort(p.x, p.y)
      let determinant = d.xx * d.yy - d.xy * d.xy
      guard determinant > 0 else { return nil }
      let ex = target.x - d.x
      let ey = target.y - d.y
      let step = Vector2(ex * d.yy - ey * d.xy, ey * d.xx - ex * d.xy) / determinant
      p += step
      guard p.x.isFinite, p.y.isFinite else { return nil }
      if step.length <= 1e-14 * max(1, p.length) {
        let inside = p.length < limit && radial(p.dot(p)).inverseDenominator > 0
        return inside ? Vector3(p.x, p.y, 1).normalized : nil
      }
    }
    // Newton's method ends in a few steps wherever the model is monotone; a target that keeps it
    // going has no direction.
    let d = distort(p.x, p.y)
    let error = Vector2(target.x - d.x, target.y - d.y).length
    return error <= 1e-12 * max(1, target.length) && p.length < limit
      ? Vector3(p.x, p.y, 1).normalized : nil
  }
}
