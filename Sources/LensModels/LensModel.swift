public import Geometry

/// A lens model: how directions in camera coordinates (x right, y down, z forward) become pixels.
///
/// Pixel (0, 0) is the centre of the top-left pixel. Every model here is radially symmetric but for
/// small terms, and keeps its parameters in one order: fx, fy, cx, cy (pixels), then its own
/// distortion coefficients.
///
/// Each model has a *limit*: the radius, in the model's own radial coordinate, up to which pictures
/// move outwards as directions do. Beyond it the formula folds back on itself, and what it says
/// there is no picture of anything. `Lens` keeps the limit beside the parameters.
@usableFromInline
package protocol LensModel: Sendable {
  /// The names of the coefficients after fx, fy, cx, cy.
  static var distortionNames: [String] { get }

  /// A model with the given parameters, of which there are `parameterCount`.
  init(_ parameters: UnsafePointer<Double>)

  /// The radial coordinate up to which the model is monotone: tan of the angle to the axis for
  /// perspective models, the angle in radians for fisheye models. May be infinite.
  func limit() -> Double

  /// The pixel of a point in camera coordinates; NaN where the formula has no value, and no regard
  /// to `limit`.
  func project(_ point: Vector3) -> Vector2

  /// True when the point lies in the domain: before the camera where that matters, and within
  /// `limit` as given by `limit()`.
  func covers(_ point: Vector3, limit: Double) -> Bool

  /// The unit direction that is seen at a pixel; nil when there is none within `limit`.
  func unproject(_ pixel: Vector2, limit: Double) -> Vector3?

  /// The pixel and its derivatives by the point. Writes the derivatives of the pixel's x and y by
  /// all parameters to `parameterCount` places at `xByParameters` and `yByParameters`.
  ///
  /// Gives NaN where `project` does.
  func linearize(
    _ x: Double, _ y: Double, _ z: Double, xByParameters: UnsafeMutablePointer<Double>,
    yByParameters: UnsafeMutablePointer<Double>
  ) -> LinearizedPixel
}

extension LensModel {
  @inlinable package static var parameterCount: Int { 4 + distortionNames.count }
}

/// A pixel and its derivatives by the point it belongs to (pixels by metre).
@frozen
@usableFromInline
package struct LinearizedPixel {
  @usableFromInline package var x: Double
  @usableFromInline package var y: Double
  @usableFromInline package var xByX: Double
  @usableFromInline package var xByY: Double
  @usableFromInline package var xByZ: Double
  @usableFromInline package var yByX: Double
  @usableFromInline package var yByY: Double
  @usableFromInline package var yByZ: Double

  @inlinable
  package init(
    x: Double, y: Double, xByX: Double, xByY: Double, xByZ: Double, yByX: Double, yByY: Double,
    yByZ: Double
  ) {
    self.x = x
    self.y = y
    self.xByX = xByX
    self.xByY = xByY
    self.xByZ = xByZ
    self.yByX = yByX
    self.yByY = yByY
    self.yByZ = yByZ
  }
}
