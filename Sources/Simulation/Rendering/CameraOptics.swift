/// What a camera's pictures look like, beside where things are in them.
package struct CameraOptics: Equatable, Sendable {
  package var spread: PointSpread
  /// The part of the light that is lost in the picture's corners.
  package var vignetting: Double
  package var response: SensorResponse

  package init(spread: PointSpread, vignetting: Double, response: SensorResponse) {
    self.spread = spread
    self.vignetting = vignetting
    self.response = response
  }
}
