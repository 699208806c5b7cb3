/// What a camera is asked for.
package struct CameraRequest: Equatable, Sendable {
  package var pixelFormat: PixelFormat
  /// Pixels.
  package var width: Int
  package var height: Int
  /// Pictures a second; nil takes what the camera has.
  package var rate: Double?
  /// Controls to be set, in the order of the cases; those not named stay as they are.
  package var controls: [CameraControl: Double]

  package init(
    pixelFormat: PixelFormat, width: Int, height: Int, rate: Double? = nil,
    controls: [CameraControl: Double] = [:]
  ) {
    self.pixelFormat = pixelFormat
    self.width = width
    self.height = height
    self.rate = rate
    self.controls = controls
  }
}

/// What of a camera can be set. A value switches its automatic off, if it has one.
package enum CameraControl: String, CaseIterable, Codable, Sendable {
  /// Seconds.
  case exposure
  /// In the camera's own steps.
  case gain
  /// In the camera's own steps.
  case focus
  /// Kelvin.
  case whiteBalance = "white_balance"
  /// Hertz of the mains that lamps flicker with: 0 for none, 50 or 60.
  case powerLine = "power_line"
  /// In the camera's own steps.
  case brightness
}

/// What a camera did otherwise than it was asked.
package struct CameraDeviation: Equatable, Sendable {
  /// `exposure`, `rate`.
  package let what: String
  package let asked: Double
  /// Nil where the camera has no such control, or does not say.
  package let got: Double?

  package init(what: String, asked: Double, got: Double?) {
    self.what = what
    self.asked = asked
    self.got = got
  }
}
