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
  /// A `scale.csv` whose first line is another than expected.
  case badHeader(path: String, expected: String)
  /// A line of a `scale.csv`, counted from 1, that is no sample.
  case badLine(path: String, line: Int, ScaleRowProblem)
  /// `session.json` is not what it should be.
  case document(DocumentError)
  /// A frame in `frames.jsonl` contradicts the rest of the session.
  case badRecord(path: String, frame: String, detail: String)
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
    case .badHeader(let path, let expected):
      "\(path) is no recording of a scale: its first line should read \(expected). "
        + "Name the scale.csv of a session."
    case .badLine(let path, let line, let problem):
      "\(path):\(line) is no sample: \(problem). Restore the file from a backup, or cut it off "
        + "before this line."
    case .document(let error): "\(error)"
    case .badRecord(let path, let frame, let detail):
      "\(path): frame \"\(frame)\": \(detail). Restore the session from a backup, or copy its "
        + "pictures into one folder per camera without session.json."
    }
  }
}
