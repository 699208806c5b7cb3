package import BoardDetection
package import Boards

/// A camera to calibrate.
package struct CameraInput: Equatable, Sendable {
  /// The name findings and results call it by.
  package var name: String
  /// Picture size, pixels.
  package var width: Int
  package var height: Int

  package init(name: String, width: Int, height: Int) {
    self.name = name
    self.width = width
    self.height = height
  }
}

/// One board seen by one camera in one frame.
package struct CalibrationView: Equatable, Sendable {
  /// Index into `CalibrationInput.cameras`.
  package var camera: Int
  /// Index into `CalibrationInput.frames`: the instant. Views of equal frame show the board in one
  /// place.
  package var frame: Int
  /// The picture, as people know it (usually its path).
  package var image: String
  /// True when the corners carry their identity on the board; false for a part of the board whose
  /// place is unknown, whose grid then starts at (0, 0).
  package var anchored: Bool
  package var corners: [BoardCorner]

  package init(
    camera: Int, frame: Int, image: String, anchored: Bool, corners: [BoardCorner]
  ) {
    self.camera = camera
    self.frame = frame
    self.image = image
    self.anchored = anchored
    self.corners = corners
  }
}

/// All that a calibration is computed from.
package struct CalibrationInput: Equatable, Sendable {
  package var board: BoardSpec
  /// The first camera that can be solved is the reference of all poses.
  package var cameras: [CameraInput]
  /// Names of the frames: the instants in which pictures were taken together.
  package var frames: [String]
  package var views: [CalibrationView]

  package init(
    board: BoardSpec, cameras: [CameraInput], frames: [String], views: [CalibrationView]
  ) {
    self.board = board
    self.cameras = cameras
    self.frames = frames
    self.views = views
  }
}
