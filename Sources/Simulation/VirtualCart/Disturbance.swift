/// How kind a capture is to whoever calibrates from it.
package enum Disturbance: String, CaseIterable, Codable, Sendable {
  /// A flat board that stands still in good light, pictures without loss.
  case clean
  /// What a good line gives: a bent board, JPEG, more noise.
  case line
  /// What goes wrong: bad light, blur, motion, glare, hands, boards cut by the picture, pictures
  /// without a board.
  case hard
}

/// What a disturbance means in numbers.
package struct CaptureConditions: Equatable, Sendable {
  /// Frames with a board, datum frames among them.
  package var frames: Int
  /// Pictures without a board, for each camera.
  package var emptyFrames = 0
  /// Pictures are kept that show at least this part of the board's corners.
  package var leastSeen = 1.0
  /// Standard deviation of the point spread in the middle of the picture, pixels.
  package var spread: ClosedRange<Double>
  package var response: SensorResponse
  /// Light of a white surface, grey values before the tone curve.
  package var white: ClosedRange<Double>
  /// Largest change of light across the picture, as a part of it.
  package var lightSlope: Double
  /// Bend of the board along each side, metres; either way.
  package var bend: ClosedRange<Double>
  /// Quality of JPEG; nil for pictures without loss.
  package var jpegQuality: Int?
  /// Blur by motion, pixels, in a share of the frames that are no datum.
  package var motionBlur: ClosedRange<Double>?
  package var movingShare = 0.0
  /// Shares of views with a hand, with glare, with an edge of shade.
  package var handShare = 0.0
  package var glareShare = 0.0
  package var shadeShare = 0.0
  /// Errors of the datum's places, times what the rig states for them.
  package var datumErrors = 0.0
  /// Time that the shutter is open, seconds.
  package var exposure = 0.008

  package init(_ disturbance: Disturbance) {
    switch disturbance {
    case .clean:
      frames = 30
      spread = 0.65...0.8
      response = SensorResponse(read: 0.6, shot: 0.01)
      white = 215...225
      lightSlope = 0.05
      bend = 0...0
    case .line:
      frames = 60
      spread = 0.75...0.95
      response = SensorResponse(read: 1, shot: 0.03)
      white = 210...225
      lightSlope = 0.1
      bend = 0.0002...0.0005
      jpegQuality = 85
    case .hard:
      frames = 44
      emptyFrames = 5
      leastSeen = 0.4
      spread = 1.05...1.25
      response = SensorResponse(read: 1.2, shot: 0.06, gamma: 2.2)
      white = 60...140
      lightSlope = 0.5
      bend = 0.0003...0.0008
      motionBlur = 2...7
      movingShare = 0.35
      handShare = 0.4
      glareShare = 0.25
      shadeShare = 0.35
      datumErrors = 1
    }
  }
}
