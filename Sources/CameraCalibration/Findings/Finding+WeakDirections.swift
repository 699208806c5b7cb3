import Measurements

/// What the data leave weak, in words.
extension Finding {
  static func focalNotDetermined(
    _ camera: String, percent: Double?, pixels: Double?, isUnusable: Bool
  ) -> Finding {
    let amount = percent.map { "is known only to \(rounded($0)) %" } ?? "is not known at all"
    let effect =
      pixels.map { ", so points nearer or farther than the boards are seen \(rounded($0)) px off" }
      ?? ""
    return Finding(
      code: "focal_not_determined", severity: isUnusable ? .unusable : .warning, subject: camera,
      text: "Camera \(camera): focal length and distance cannot be told apart. "
        + "The focal length \(amount)\(effect).",
      remedy: "Show the board to camera \(camera) nearer, and tilted by 30 to 45 degrees: left, "
        + "right, up and down.")
  }

  /// `pixels` is nil where the direction is left open.
  static func weakDirection(
    _ camera: String, _ parts: [WeakLensDirection.Part], pixels: Double?, isUnusable: Bool
  ) -> Finding {
    let amount =
      pixels.map { "which leaves what it sees unsure by \(rounded($0)) px" }
      ?? "and nothing limits it"
    let cause: String
    let remedy: String
    switch parts.first {
    case .focalLength:
      cause =
        parts.contains(.distortion)
        ? "focal length and distortion cannot be told apart"
        : "focal length and distance cannot be told apart"
      remedy = "Show the board nearer, tilted by 30 to 45 degrees, and in the picture's corners."
    case .aspect:
      cause = "the focal lengths across and down the picture cannot be told apart"
      remedy = "Show the board tilted both ways, and turned by a quarter turn."
    case .principalPoint:
      cause = "the middle of the lens and the direction of the camera cannot be told apart"
      remedy = "Show the board tilted by 30 to 45 degrees both ways, and turned by a quarter turn."
    case .distortion, nil:
      cause = "the distortion is not settled by the boards that were shown"
      remedy =
        "Show the board in 10 or more places: in all corners and along all edges of the picture."
    }
    return Finding(
      code: "weak_direction", severity: isUnusable ? .unusable : .warning, subject: camera,
      text: "Camera \(camera): \(cause), \(amount).",
      remedy: "\(remedy) It is camera \(camera) that needs them.")
  }

  static func weakLink(
    _ camera: String, _ place: RelativePlace, sharedFrames: Int, isUnusable: Bool
  ) -> Finding {
    let cause: String
    if sharedFrames <= 2 {
      cause =
        "it sees the board together with the others in "
        + (sharedFrames == 1 ? "one frame only" : "\(sharedFrames) frames only")
    } else if place.moveByFocalLength > 0.5, place.isAlongAxis {
      cause = "its focal length and its distance cannot be told apart"
    } else if place.turnByPrincipalPoint > 0.5 {
      cause = "the middle of its lens and the direction in which it looks cannot be told apart"
    } else {
      cause = "the frames it shares with other cameras (\(sharedFrames)) say little"
    }
    return Finding(
      code: "weak_link", severity: isUnusable ? .unusable : .warning, subject: camera,
      text: "Camera \(camera): its place is known only to \(rounded(1000 * place.move)) mm "
        + "\(place.isAlongAxis ? "along its viewing axis" : "across its viewing axis") and "
        + "\(rounded(place.turn * 180 / .pi)) degrees: \(cause).",
      remedy: "Take five or more frames in which camera \(camera) and another camera see the board "
        + "at the same time: near, and tilted by 30 to 45 degrees in different directions.")
  }
}
