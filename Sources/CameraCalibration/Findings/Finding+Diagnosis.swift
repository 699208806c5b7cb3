import Documents
import LensModels
import Measurements

/// Findings about what the model of a rig leaves out; see `ModelDiagnosis`.
extension Finding {
  static func bendNotSolved(_ warp: BoardWarp, error: Double) -> Finding {
    Finding(
      code: "bend_not_solved", severity: .warning,
      text: "The board is bent by \(millimetres(warp.x)) along columns and "
        + "\(millimetres(warp.y)) along rows, but was taken as flat: that moves corners by "
        + "\(pixels(error)), and lenses and cameras with them.",
      remedy: "Solve again without --no-warp, or use a flat board.")
  }

  static func boardNotSquare(_ stretch: BoardStretch) -> Finding {
    let percent = NumberText.fixed(abs(stretch.value) * 100, 2)
    let sigma = NumberText.fixed(stretch.sigma * 100, 2)
    let longer = stretch.value > 0 ? ("columns", "rows") : ("rows", "columns")
    return Finding(
      code: "board_not_square", severity: .warning,
      text: "The board's squares are longer along \(longer.0) than along \(longer.1) by "
        + "\(percent) % (\(sigma) % uncertain). Lenses and distances are wrong by as much.",
      remedy: "Print the board again without fitting it to the page, measure it along both "
        + "sides, and capture again.")
  }

  static func lensTooSimple(_ camera: String, kind: LensKind, _ test: LensErrorTest) -> Finding {
    let better = test.richer.map { " \($0.rawValue) fits better." } ?? ""
    return Finding(
      code: "lens_too_simple", severity: .warning, subject: camera,
      text: "The lens model \(kind.rawValue) does not describe what camera \(camera) saw: it is "
        + "systematically off by \(pixels(test.error)) over the picture.\(better)",
      remedy: test.richer != nil
        ? "Use --lens auto, or --lens \(camera)=\(test.richer?.rawValue ?? "auto")."
        : "No richer model is known here. Check that the lens is clean and in focus, that the "
          + "camera does not correct or stabilise its pictures, and that the board is flat.")
  }

  /// `names` of the cameras of which one moved, and the frame from which on.
  static func cameraMoved(
    _ names: [String], frame: String, turn: Double, move: Double
  ) -> Finding {
    let who =
      names.count == 1
      ? "Camera \(names[0])" : "One of the cameras \(names.joined(separator: " and "))"
    return Finding(
      code: "camera_moved", severity: .unusable, subject: names.count == 1 ? names[0] : nil,
      text: "\(who) moved during the capture: from frame \(frame) on it is turned by "
        + "\(NumberText.fixed(turn * 180 / .pi, 2)) degrees and moved by \(millimetres(move)).",
      remedy: "Tighten its mount and capture again. Or leave out the frames before \(frame), or "
        + "those from it on.")
  }

  /// `frames` in which cameras disagree most, with the distance in metres; `seen` is how many frames
  /// several cameras share.
  static func viewsOutOfSync(
    _ rig: RigDiagnosis, culprit: String?, frames: [(name: String, distance: Double)], seen: Int
  ) -> Finding {
    let worst = frames.prefix(3).map { "\($0.name) by \(millimetres($0.distance))" }
      .joined(separator: ", ")
    let far = frames.filter { $0.distance > DiagnosisThreshold.distance }.count
    let who = culprit.map { "Camera \($0) and the others see" } ?? "The cameras see"
    return Finding(
      code: "views_out_of_sync", severity: .unusable, subject: culprit,
      text: "\(who) the board in different places in one frame: \(worst); more than a fifth of a "
        + "millimetre in \(far) of \(seen) frames. Each camera by itself fits to "
        + "\(pixels(rig.apartRMS)).",
      remedy: "The pictures of a frame must be taken at one instant: trigger the cameras together, "
        + "or hold the board still for each frame, and capture again. Check that no camera is "
        + "loose.")
  }

  /// A number beyond its limit, or one that could not be had, of a camera or the rig.
  static func beyondLimit(_ check: LimitCheck) -> Finding? {
    guard let name = CalibrationCheck(rawValue: check.name) else { return nil }
    let subject = check.subject.map { "Camera \($0): " } ?? "The rig: "
    guard check.value != nil else {
      return Finding(
        code: "not_validated", severity: .warning, subject: check.subject,
        text: "\(subject)\(name.words) cannot be told from these pictures.",
        remedy: "Take more pictures, of 10 frames or more: near, tilted by 30 to 45 degrees each "
          + "way, in the corners of the picture, and where several cameras see the board.")
    }
    if name == .coverage { return lowCoverage(check) }
    return Finding(
      code: "beyond_limit", severity: .warning, subject: check.subject,
      text: "\(subject)\(name.words) is \(check.valueText); \(check.limitText) is allowed.",
      remedy: name.remedy)
  }

  private static func lowCoverage(_ check: LimitCheck) -> Finding {
    Finding(
      code: "low_coverage", severity: .warning, subject: check.subject,
      text: "The board was seen in \(check.valueText) of the picture of camera "
        + "\(check.subject ?? ""); \(check.limitText) is asked for. The lens is not to be trusted "
        + "elsewhere.",
      remedy: CalibrationCheck.coverage.remedy)
  }

  private static func pixels(_ value: Double) -> String { NumberText.fixed(value, 2) + " px" }

  private static func millimetres(_ metres: Double) -> String {
    NumberText.fixed(metres * 1000, 2) + " mm"
  }
}

extension CalibrationCheck {
  /// What is measured, in words.
  fileprivate var words: String {
    switch self {
    case .holdoutRMS: "the RMS of the typical view held out"
    case .projectionSigma: "the uncertainty of projected pixels (one sigma)"
    case .crossValidation: "the difference between the lenses of even and odd frames, beyond noise,"
    case .outlierShare: "the part of corners thrown out"
    case .coverage: "the part of the picture where the board was seen"
    case .lensError: "the systematic error of the lens model"
    case .positionSigma: "the uncertainty of its position (one sigma)"
    case .directionSigma: "the uncertainty of its direction (one sigma)"
    case .boardBend: "the bend of the board"
    case .boardStretch: "the difference between the board's squares along columns and rows"
    case .rigDisagreement: "the disagreement between cameras"
    case .basketError: "how far the worst point of the basket may be off (root mean square)"
    case .basketCovered: "the part of the basket that two cameras see where the board was shown"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .holdoutRMS:
      "Hold the board still, check that it is flat and in focus, and take the pictures again."
    case .projectionSigma, .crossValidation:
      "Take more pictures: near, tilted by 30 to 45 degrees each way, and in the corners of the "
        + "picture."
    case .outlierShare:
      "Look at the pictures listed among the outliers: blur, reflections and a board that moves "
        + "are the usual causes."
    case .coverage: "Show the board in all parts of the picture, its corners too."
    case .lensError: "Use --lens auto, and check that the lens is clean and in focus."
    case .positionSigma, .directionSigma:
      "Take more frames in which this camera and its neighbours see the board together, near and "
        + "tilted."
    case .boardBend: "Glue the board to something flat and stiff."
    case .boardStretch: "Print the board again without fitting it to the page."
    case .rigDisagreement:
      "Hold the board still for each frame, and check that no camera is loose."
    case .basketError:
      "Take more frames in which several cameras see the board together, near the walls and the "
        + "rim of the basket."
    case .basketCovered:
      "Show the board along the walls and at the floor of the basket, to two cameras at once."
    }
  }
}
