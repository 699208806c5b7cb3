import Documents
import Glibc
import Measurements

/// Findings about a stored rig beside new pictures.
extension Finding {
  /// `names` of the cameras of which at least one has moved.
  static func movedSinceStored(_ names: [String], _ held: RepairOutcome.Held) -> Finding {
    let who =
      names.count == 1
      ? "Camera \(names[0])" : "One of the cameras \(names.joined(separator: " and "))"
    let turn = NumberText.fixed((held.turn ?? 0) * 180 / .pi, 2)
    let move = NumberText.fixed((held.move ?? 0) * 1000, 2)
    let sure = NumberText.fixed(min(99, held.deviations ?? 0), 0)
    return Finding(
      code: "moved_since_stored", severity: names.count == 1 ? .warning : .unusable,
      subject: names.count == 1 ? names[0] : nil,
      text: "\(who) was not said to be replaced, but has moved since it was calibrated: by \(turn) "
        + "degrees and \(move) mm (\(sure) standard deviations"
        + ((held.deviations ?? 0) > 99 ? " or more" : "") + "). "
        + (names.count == 1
          ? "Its place was solved anew, from these pictures alone."
          : "The pictures do not tell which."),
      remedy: names.count == 1
        ? "Check that its mount is tight. If it is, nothing more is to be done."
        : "Check their mounts, and show the board where they and other cameras see it together; or "
          + "replace all of them: --replace \(names.joined(separator: ",")) beside the others.")
  }

  static func lensChangedSinceStored(_ camera: String, error: Double) -> Finding {
    Finding(
      code: "lens_changed_since_stored", severity: .unusable, subject: camera,
      text: "The lens of camera \(camera) is not the one that was calibrated: corners lie off by "
        + "\(NumberText.fixed(error, 2)) px with what is stored of it.",
      remedy: "Check whether the camera was exchanged or its lens was turned, and name it with "
        + "--replace.")
  }

  static func boardChangedSinceStored() -> Finding {
    Finding(
      code: "board_changed_since_stored", severity: .note,
      text: "The board is bent in another way than the one that the stored calibration was made "
        + "with; its bend was solved anew.",
      remedy: "Nothing to do, if it is another board of the same kind; else look whether it warped."
    )
  }
}
