package import Documents

/// Why a session cannot be used, as data.
package enum SessionError: Error, Equatable {
  case missing(path: String)
  case notAFolder(path: String)
  case unreadable(path: String, reason: String)
  /// Neither camera folders with pictures nor pictures; `skipped` entries were something else.
  case noPictures(path: String, skipped: Int)
  /// A camera's folder has a name that cannot be a role.
  case badCameraName(path: String, NameError)
  /// Two pictures of one camera claim the same instant.
  case duplicateStem(camera: String, stem: String, first: String, second: String)
  case tooManyCameras(path: String, limit: Int)
  case tooManyFiles(path: String, limit: Int)
  /// A session of the recorder: this version reads plain folders only.
  case recorded(path: String)
}

extension SessionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "\(path) does not exist. Name the folder that holds one folder of pictures per camera."
    case .notAFolder(let path):
      "\(path) is a file. Name the folder that holds one folder of pictures per camera."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason). Check the permissions and the disk."
    case .noPictures(let path, let skipped):
      "\(path) holds no pictures (other entries: \(skipped)). Name the folder one level deeper if "
        + "that is the session, or put the pictures of each camera into a folder of its own in "
        + "it, as JPEG, PNG, PGM or PPM; equal file names are one instant."
    case .badCameraName(let path, let error):
      "\(path): \(error) Rename the folder."
    case .duplicateStem(let camera, let stem, let first, let second):
      "camera \(camera) has two pictures for the instant \"\(stem)\": \(first) and \(second). "
        + "Remove one of them, or rename it."
    case .tooManyCameras(let path, let limit):
      "\(path) holds more than \(limit) folders with pictures. Name a single session."
    case .tooManyFiles(let path, let limit):
      "\(path) holds more than \(limit) entries. Keep the frames that show the board; some "
        + "hundred are plenty."
    case .recorded(let path):
      "\(path) belongs to a recorded session, which this version cannot read; it reads plain "
        + "folders. Copy the pictures into one folder per camera without session.json."
    }
  }
}
