import Documents

/// Why a bundle cannot be repaired with a session.
package enum RepairError: Error, Equatable {
  /// `--replace` names a role that the bundle does not have.
  case unknownRole(String, roles: [String], String)
  case roleTwice(String)
  /// No camera would be held.
  case nothingHeld(String)
  /// The bundle does not say how sure all of it is together.
  case noInformation(String)
  /// The session has a camera that the bundle does not know.
  case unknownCamera(String, roles: [String], String)
  case otherSize(String, String, String)
  /// There is no picture of the replaced camera.
  case notPhotographed(String)
  /// The bundle is of another cart than `--cart` says.
  case otherCart(bundle: String, asked: String)
}

extension RepairError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownRole(let role, let roles, let folder):
      let meant = NearestWord.nearest(role, in: roles).map { " Did you mean \($0)?" } ?? ""
      return "--replace names \(SafeText.line(role, limit: 64)), which \(folder) does not have."
        + "\(meant) It has: \(roles.joined(separator: ", "))."
    case .roleTwice(let role): return "--replace names \(role) twice. Name it once."
    case .nothingHeld(let folder):
      return "No camera of \(folder) is left to hold on to. Solve without --from: that is a whole "
        + "calibration."
    case .noInformation(let folder):
      return
        "\(folder) has no evidence/information.json (it was made before there were repairs, or "
        + "was pruned), so it does not say how sure its cameras are together. Solve its corners "
        + "again, with --corners \(folder)/evidence/corners.json, or calibrate the whole cart."
    case .unknownCamera(let name, let roles, let folder):
      let meant = NearestWord.nearest(name, in: roles).map { " Did you mean \($0)?" } ?? ""
      return "The session has a camera \(name), which \(folder) does not have.\(meant) It has: "
        + "\(roles.joined(separator: ", ")). Rename the folder, or calibrate the whole cart."
    case .otherSize(let name, let size, let known):
      return
        "Camera \(name) has pictures of \(size) pixels; it was calibrated with \(known). Set it "
        + "to that size and take the pictures again, or name it with --replace."
    case .notPhotographed(let role):
      return "Camera \(role) was replaced, but the session has no pictures of it. Check that it is "
        + "plugged in, and that its folder of pictures is named \(role)."
    case .otherCart(let bundle, let asked):
      return "--cart says \(asked), but --from is a bundle of cart \(bundle). Leave --cart out, or "
        + "name the right bundle."
    }
  }
}
