/// Input that contradicts itself. Weak or bad data is no error: it gives findings.
package enum CalibrationError: Error, Equatable {
  case noCameras
  case duplicateCameraName(String)
  case pictureSizeOutOfRange(camera: String, width: Int, height: Int)
  case unknownCamera(index: Int, image: String)
  case unknownFrame(index: Int, image: String)
  case cornerOutsideBoard(image: String, column: Int, row: Int)
  case cornerTwice(image: String, column: Int, row: Int)
  case unknownLensCamera(String)
}

extension CalibrationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noCameras:
      return "There is no camera to calibrate. Give a session with one folder for each camera."
    case .duplicateCameraName(let name):
      return "Two cameras are called \(name). Give each camera its own name."
    case .pictureSizeOutOfRange(let camera, let width, let height):
      return "Camera \(camera) has pictures of \(width) x \(height) pixels; 16 to 65536 a side can "
        + "be used. Check the pictures of this camera."
    case .unknownCamera(let index, let image):
      return "\(image) belongs to camera number \(index), which is not among the cameras. "
        + "Make the corners file again."
    case .unknownFrame(let index, let image):
      return "\(image) belongs to frame number \(index), which is not among the frames. "
        + "Make the corners file again."
    case .cornerOutsideBoard(let image, let column, let row):
      return "\(image) has a corner (\(column), \(row)) that the board does not have. "
        + "Check the board's columns and rows."
    case .cornerTwice(let image, let column, let row):
      return "\(image) has the corner (\(column), \(row)) twice. Make the corners file again."
    case .unknownLensCamera(let name):
      return "A lens model is given for \(name), but no camera has that name. "
        + "Check the camera names."
    }
  }
}
