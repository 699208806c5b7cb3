import Geometry

/// What a lens makes of a point of light: an elliptical Gaussian that grows towards the corners of
/// the picture, more along the radius than across it, as coma and field curvature have it.
package struct PointSpread: Equatable, Sendable {
  /// Standard deviation in the middle of the picture, pixels.
  package var sigma: Double
  /// How much larger it is in the picture's corner, as a part: across the radius and along it.
  package var acrossGrowth: Double
  package var alongGrowth: Double

  package init(sigma: Double, acrossGrowth: Double = 0, alongGrowth: Double = 0) {
    self.sigma = sigma
    self.acrossGrowth = acrossGrowth
    self.alongGrowth = alongGrowth
  }

  /// The covariance at a pixel, square pixels. `middle` is the picture's middle, `corner` its
  /// distance to the corner, pixels.
  func covariance(at pixel: Vector2, middle: Vector2, corner: Double) -> PlaneCovariance {
    let arm = pixel - middle
    let square = arm.dot(arm) / (corner * corner)
    let across = sigma * (1 + acrossGrowth * square)
    let along = sigma * (1 + alongGrowth * square)
    let (a, b) = (across * across, along * along)
    let length = arm.dot(arm)
    guard length > 0 else { return PlaneCovariance(xx: a, xy: 0, yy: a) }
    let difference = (b - a) / length
    return PlaneCovariance(
      xx: a + difference * arm.x * arm.x, xy: difference * arm.x * arm.y,
      yy: a + difference * arm.y * arm.y)
  }
}

/// A symmetric 2 x 2 matrix.
struct PlaneCovariance {
  var xx: Double
  var xy: Double
  var yy: Double
}
