package import Documents
package import LensModels

/// Why nothing was simulated, or a simulation cannot be held against a result.
package enum SimulationError: Error, Equatable {
  /// Pictures of a camera are larger than what is rendered.
  case pictureTooLarge(role: String, width: Int, height: Int)
  /// A datum's frame cannot name a file.
  case frameName(String)
  /// The camera to be replaced is not in the rig.
  case unknownRole(String, roles: [String])
  /// No place was found in the basket where a camera sees the board.
  case boardNeverSeen(frames: Int)
  case lens(LensError, role: String)
  case document(DocumentError)
  /// A truth or result file that is readable but makes no sense.
  case content(file: String, place: String, detail: String)
  /// The result has no camera that the truth knows.
  case nothingInCommon(truth: [String], result: [String])
}

extension SimulationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .pictureTooLarge(let role, let width, let height):
      return "Camera \(role) has pictures of \(width) x \(height) pixels; up to "
        + "\(VirtualCart.largestPicture / 1_000_000) million pixels are rendered. "
        + "Make size_px in the rig smaller."
    case .frameName(let name):
      return "The datum frame \"\(SafeText.line(name, limit: 60))\" cannot be a file's name: use "
        + "1 to 64 of A-Z a-z 0-9 . _ - in the rig, not beginning with a dot."
    case .unknownRole(let role, let roles):
      let meant = NearestWord.nearest(role, in: roles).map { " Did you mean \($0)?" } ?? ""
      return "The rig has no camera \(SafeText.line(role, limit: 60)).\(meant) "
        + "Cameras: \(roles.joined(separator: ", "))."
    case .boardNeverSeen(let frames):
      return "None of the \(frames) frames shows a board to any camera: the rig's cameras cannot "
        + "see it in the basket. Run cartcal rig check on it."
    case .document(let error): return "\(error)"
    case .lens(let error, let role):
      return "Camera \(role): \(error)"
    case .content(let file, let place, let detail):
      return "\(file): \(place): \(detail). Name a truth.json that cartcal simulate session or the "
        + "plain form writes, and the JSON of a solve or a bundle."
    case .nothingInCommon(let truth, let result):
      return "The truth and the result have no camera in common. The truth has "
        + "\(names(truth)); the result has \(names(result)). Name files of one session."
    }
  }

  private func names(_ list: [String]) -> String {
    list.isEmpty
      ? "none" : list.prefix(8).map { SafeText.line($0, limit: 40) }.joined(separator: ", ")
  }
}
