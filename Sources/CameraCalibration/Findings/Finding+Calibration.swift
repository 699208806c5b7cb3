import LensModels
import Measurements

/// The findings of a calibration: one function for each code.
extension Finding {
  static func noBoardFound(_ camera: String) -> Finding {
    Finding(
      code: "no_board_found", severity: .unusable, subject: camera,
      text: "Camera \(camera) has no picture in which the board was found.",
      remedy: "Check that the board given is the board used, that it is lit and in focus, and "
        + "show it to camera \(camera) again.")
  }

  static func tooFewViews(_ camera: String, views: Int, needed: Int) -> Finding {
    let isUsable = views >= needed
    return Finding(
      code: "too_few_views", severity: isUsable ? .warning : .unusable, subject: camera,
      text: "Camera \(camera) has \(views) usable view\(views == 1 ? "" : "s") of the board; "
        + (isUsable
          ? "its lens is solved, but poorly." : "at least \(needed) are needed for a lens."),
      remedy: "Show the board to camera \(camera) in 10 or more different places: near, far, "
        + "tilted about 45 degrees each way, and in the corners of the picture.")
  }

  static func unusableViews(_ camera: String, images: [String]) -> Finding {
    Finding(
      code: "unusable_views", severity: .note, subject: camera,
      text: "\(images.count) view\(images.count == 1 ? "" : "s") of camera \(camera) cannot be "
        + "used: too few corners, or all on one line (\(listed(images))).",
      remedy: "Leave these pictures out, or take them again with more of the board in sight.")
  }

  static func noLensFits(_ camera: String, error: Double?) -> Finding {
    let seen =
      error.map { $0.isFinite ? " (the best try is off by \(pixels($0)))" : "" } ?? ""
    return Finding(
      code: "no_lens_fits", severity: .unusable, subject: camera,
      text: "No lens can show the corners of camera \(camera) as they were seen\(seen).",
      remedy: "Check the board's columns, rows and the pictures of camera \(camera): the corners "
        + "found do not lie on one flat board.")
  }

  static func lensCannotDescribe(_ camera: String, kind: LensKind) -> Finding {
    Finding(
      code: "no_lens_fits", severity: .unusable, subject: camera,
      text: "The lens model \(kind.rawValue) cannot describe what camera \(camera) saw.",
      remedy: "Use --lens auto, or kannala_brandt4 for a fisheye lens.")
  }

  static func duplicatedViews(_ camera: String, duplicates: Int, distinct: Int) -> Finding {
    Finding(
      code: "duplicated_views", severity: distinct < fewestViews ? .unusable : .warning,
      subject: camera,
      text: "\(duplicates) view\(duplicates == 1 ? "" : "s") of camera \(camera) show the board in "
        + "the same place as another one; \(distinct) differ.",
      remedy: "Move the board between pictures: repeated views add nothing.")
  }

  static func ambiguousBoard(columns: Int, rows: Int) -> Finding {
    Finding(
      code: "ambiguous_board", severity: .unusable,
      text: "The board of \(columns) x \(rows) inner corners looks the same after half a turn, so "
        + "the cameras cannot know that they see the same corner. Lenses are solved, poses are not.",
      remedy: "Use a board whose columns and rows add to an odd number.")
  }

  static func disconnectedCameras(
    _ names: [String], from main: [String], frames: [String], mainFrames: [String]
  ) -> Finding {
    Finding(
      code: "disconnected_cameras", severity: .unusable, subject: names.first,
      text: "\(cameraList(names)) never \(names.count == 1 ? "sees" : "see") the board in the same "
        + "frame as \(cameraList(main).lowercasedFirst): "
        + "\(listed(names)) in frames \(listed(frames)), the others in \(listed(mainFrames)).",
      remedy: "Take some frames with the board where \(listed(names)) and one of "
        + "\(listed(main)) see it at the same time.")
  }

  static func camerasDisagree(_ names: [String]) -> Finding {
    Finding(
      code: "cameras_disagree", severity: .unusable, subject: names.first,
      text: "\(cameraList(names)) \(names.count == 1 ? "does" : "do") not agree with the others: "
        + "the pictures of each camera fit together, but not with those of the other cameras.",
      remedy: "Check that the pictures of one frame were taken at the same instant and that no "
        + "camera moved, and capture again with the board held still.")
  }

  static func runawayLens(_ camera: String, kind: LensKind, flaw: LensFlaw) -> Finding {
    // Where no corner was seen no lens is to be trusted anyway.
    let isUnseen = flaw == .foldsWithinPicture
    return Finding(
      code: "runaway_lens", severity: isUnseen ? .note : .warning, subject: camera,
      text: "On camera \(camera) the lens model \(kind.rawValue) \(flaw.text). "
        + (isUnseen ? "It holds where the board was seen." : "It is used all the same."),
      remedy: isUnseen
        ? "Show the board in the corners of the picture if they matter."
        : "Use --lens auto or a simpler model, and show the board in the corners of the picture.")
  }

  static func refusedLens(
    _ camera: String, kind: LensKind, flaw: LensFlaw, used: LensKind
  ) -> Finding {
    Finding(
      code: "refused_lens", severity: .note, subject: camera,
      text: "On camera \(camera) the lens model \(kind.rawValue) \(flaw.text). It is left for "
        + "\(used.rawValue).",
      remedy: "Nothing to do; show the board in the corners of the picture to use "
        + "\(kind.rawValue).")
  }

  static func principalPointFar(_ camera: String, offset: Double, isOutside: Bool) -> Finding {
    Finding(
      code: "principal_point_far", severity: isOutside ? .unusable : .warning, subject: camera,
      text: "The optical axis of camera \(camera) meets the picture \(pixels(offset)) from its "
        + "middle\(isOutside ? ", outside the picture" : "").",
      remedy: "Show the board all over the picture and tilted both ways; if it stays, check that "
        + "the pictures are not cropped and that the lens sits straight.")
  }

  static func pixelsNotSquare(_ camera: String, aspect: Double) -> Finding {
    let percent = (aspect - 1) * 100
    return Finding(
      code: "pixels_not_square", severity: aspect > 1.5 ? .unusable : .warning, subject: camera,
      text: "The two focal lengths of camera \(camera) differ by \(rounded(percent)) %, as if its "
        + "pixels were not square.",
      remedy: "Check that the board given is the board used, that its squares are square, and "
        + "that the pictures were not stretched.")
  }

  static func poorFit(_ camera: String, rms: Double) -> Finding {
    Finding(
      code: "poor_fit", severity: rms > 5 ? .unusable : .warning, subject: camera,
      text: "The corners of camera \(camera) fit only to \(pixels(rms)); 0.1 to 0.5 px is usual.",
      remedy: "Check that the board is flat and the one given, that nothing moved while pictures "
        + "were taken, and that the lens is in focus.")
  }

  /// More than 3 % raise questions; more than `limit` (a part, 0...1) is too much.
  static func manyOutliers(
    _ camera: String, outliers: Int, corners: Int, limit: Double
  ) -> Finding {
    let percent = 100 * Double(outliers) / Double(max(1, corners))
    return Finding(
      code: "many_outliers",
      severity: percent > 40 ? .unusable : percent > 100 * limit ? .warning : .note,
      subject: camera,
      text: "\(outliers) of \(corners) corners of camera \(camera) (\(rounded(percent)) %) were "
        + "thrown out.",
      remedy: "Look at the pictures listed among the outliers: blur, reflections and a board that "
        + "moves are the usual causes.")
  }

  static func overfitted(_ camera: String, rms: Double, holdout: Double) -> Finding {
    Finding(
      code: "holdout_worse", severity: .warning, subject: camera,
      text: "Camera \(camera) predicts views that were left out to \(pixels(holdout)), but fits "
        + "its own to \(pixels(rms)).",
      remedy: "Take more views of camera \(camera), spread over the picture.")
  }

  static func notConverged(_ reason: StageRecord.Termination, iterations: Int) -> Finding {
    Finding(
      code: "not_converged", severity: reason == .singular ? .unusable : .warning,
      text: reason == .singular
        ? "The pictures do not determine all lenses and poses."
        : "The adjustment had not come to rest after \(iterations) iterations.",
      remedy: "Take more views: near, tilted, and all over the pictures.")
  }

  /// A camera needs this many different views for its lens.
  static let fewestViews = 3

  private static func cameraList(_ names: [String]) -> String {
    names.count == 1 ? "Camera \(names[0])" : "Cameras \(listed(names))"
  }

  /// Up to five names, then how many more there are.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
  }

  private static func pixels(_ value: Double) -> String { rounded(value) + " px" }

  /// Two digits or so.
  static func rounded(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "a very large number of" }
    let step = value >= 100 ? 1.0 : value >= 10 ? 10 : 100
    let scaled = (value * step).rounded() / step
    return step == 1 ? String(Int(scaled)) : String(scaled)
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
