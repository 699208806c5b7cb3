import Documents
import Measurements

/// The findings about where a rig is in its cart: one function for each code.
extension Finding {
  private static func millimetres(_ metres: Double, _ decimals: Int = 1) -> String {
    "\(NumberText.fixed(metres * 1000, decimals)) mm"
  }

  private static func degrees(_ radians: Double, _ decimals: Int = 1) -> String {
    "\(NumberText.fixed(radians * 180 / .pi, decimals)) degrees"
  }

  static func cartFrameNominal(cameras: Int, sigma: Double?) -> Finding {
    let about = sigma.map { ", good to about \(millimetres($0))" } ?? ""
    return Finding(
      code: "cart_frame_nominal", severity: .note,
      text: "No datum pose places the cameras in the cart: the cart frame is the best fit of "
        + "\(NumberText.count(cameras, "camera")) to nominal places\(about).",
      remedy: "Show the board in its datum place in the basket, in the frames that the rig names.")
  }

  static func datumNotSeen(
    _ frames: [String], of count: Int, boardIsAmbiguous: Bool
  ) -> Finding {
    let names = frames.prefix(8).joined(separator: ", ") + (frames.count > 8 ? ", ..." : "")
    guard !boardIsAmbiguous else {
      return Finding(
        code: "datum_not_seen", severity: .warning,
        text: "The datum cannot be used: the board looks the same after half a turn.",
        remedy: "Use a board whose columns and rows have an odd sum.")
    }
    let all = frames.count == count
    return Finding(
      code: "datum_not_seen", severity: all ? .warning : .note,
      text: all
        ? "No camera sees the whole board in any datum frame (\(names))."
        : "No camera sees the whole board in the datum frame\(frames.count == 1 ? "" : "s") "
          + "\(names).",
      remedy: "Check that the session has these frames, and that the board lay in its datum place "
        + "in sight of a camera.")
  }

  static func datumPoseOff(_ frame: String, move: Double, turn: Double) -> Finding {
    Finding(
      code: "datum_pose_off", severity: .warning, subject: frame,
      text: "In datum frame \(frame) the board lies \(millimetres(move, 2)) and "
        + "\(degrees(turn, 2)) from where the other datum poses put it: it was left out.",
      remedy: "Check that the board touched its stops in this frame, and the pose in the rig.")
  }

  static func datumPosesDisagree(_ frames: [String], move: Double, turn: Double) -> Finding {
    Finding(
      code: "datum_poses_disagree", severity: .warning,
      text: "The datum poses of frames \(frames.prefix(8).joined(separator: ", ")) contradict each "
        + "other by up to \(millimetres(move, 2)) and \(degrees(turn, 2)), more than the rig says "
        + "of their uncertainty.",
      remedy: "Check that the board touched its stops in these frames, and their poses in the rig; "
        + "a third datum pose tells which is wrong.")
  }

  static func boardSizeWrong(ratio: Double, sigma: Double, square: Double) -> Finding {
    let percent = abs(ratio - 1) * 100
    let isUnusable = percent >= 0.5
    return Finding(
      code: "board_size_wrong", severity: isUnusable ? .unusable : .warning,
      text: "By the datum poses the board is \(NumberText.fixed(percent, 2)) % "
        + (ratio > 1 ? "larger" : "smaller")
        + " than stated (+/- \(NumberText.fixed(sigma * 100, 2)) %): a square is "
        + "\(millimetres(square * ratio, 3)), not \(millimetres(square, 3)). All lengths are wrong "
        + "by that.",
      remedy: "Measure ten squares of the board at once, and correct the board's word; otherwise "
        + "check the datum poses in the rig.")
  }

  static func camerasSwapped(_ names: [String]) -> Finding {
    let text =
      names.count == 2
      ? "\(names[0]) and \(names[1]) look exchanged: each is where the other one is meant to be."
      : "\(names.joined(separator: ", ")) look exchanged: each is where the next one is meant to "
        + "be, the last where the first is."
    return Finding(
      code: "cameras_swapped", severity: .unusable, subject: names[0], text: text,
      remedy: "Swapped plugs? Exchange them (or the folders of a recorded session) and calibrate "
        + "again.")
  }

  static func cameraFarFromNominal(
    _ name: String, move: Double, turn: Double, nominal: NominalPlace, isInCart: Bool
  ) -> Finding {
    Finding(
      code: "camera_far_from_nominal", severity: .warning, subject: name,
      text: "Camera \(name) is \(millimetres(move)) and \(degrees(turn)) from its nominal place"
        + (isInCart ? "" : ", by the best fit of all cameras")
        + "; the rig allows \(millimetres(nominal.positionTolerance)) and "
        + "\(degrees(nominal.angleTolerance)).",
      remedy: "Check its mount for a loose screw or a bent bracket; if it is meant to be there, "
        + "correct the rig.")
  }
}
