import Geometry
import Glibc
import LensModels

/// What is wrong with a solved lens as a description of a real one.
enum LensFlaw: Equatable {
  /// Impossible numbers, or a focal length no lens has.
  case impossible(String)
  /// Coefficients that cancel each other, far too large for what they do.
  case hugeCoefficient(name: String, value: Double)
  /// The model folds back on itself within the corners seen.
  case foldsWithinCorners
  /// The model folds back on itself in a part of the picture where no corner was seen.
  case foldsWithinPicture

  /// Words for it, to stand after "the model ...".
  var text: String {
    switch self {
    case .impossible(let what): return what
    case .hugeCoefficient(let name, let value):
      let rounded = abs(value) >= 100 ? String(Int(value)) : String((value * 10).rounded() / 10)
      return "has run away (\(name) = \(rounded))"
    case .foldsWithinCorners: return "folds back on itself among the corners seen"
    case .foldsWithinPicture: return "folds back on itself inside the picture"
    }
  }
}

/// The worst flaw of a lens, nil when it is plausible. `radius` is how far from the principal point
/// corners were seen, pixels.
func flaw(
  kind: LensKind, parameters: [Double], camera: CameraViews, radius: Double
) -> LensFlaw? {
  guard let lens = plainLens(kind, parameters, camera) else {
    return .impossible("has impossible numbers")
  }
  let focal = max(parameters[0], parameters[1]) / Double(camera.width)
  guard focal > 0.05, focal < 100 else {
    return .impossible("has a focal length that no lens has")
  }
  let centre = Vector2(parameters[2], parameters[3])
  let seen = ring(centre, radius, lens)
  guard let seen else { return .foldsWithinCorners }
  // A rational profile of a wide lens is made of large terms by its nature: 60 degrees will do.
  let reach =
    kind == .kannalaBrandt4
    ? seen.angle : kind == .opencv8 ? min(seen.tangent, 1.73) : seen.tangent
  for (name, value) in zip(kind.parameterNames, parameters).dropFirst(4) {
    guard name.first == "k", let order = order(of: name, kind) else { continue }
    var effect = abs(value)
    for _ in 0..<order { effect *= reach * reach }
    let bound = kind == .opencv8 ? 20.0 : 4.0
    if effect > bound || (kind == .opencv8 && abs(value) > 1000) {
      return .hugeCoefficient(name: name, value: value)
    }
  }
  // The round picture of a fisheye ends within the rectangle; where its model ends beyond 95
  // degrees off the axis, that is all it means.
  if kind == .kannalaBrandt4, lens.project(Vector3(sin(1.66), 0, cos(1.66))) != nil { return nil }
  let (right, bottom) = (Double(camera.width - 1), Double(camera.height - 1))
  for corner in [Vector2(0, 0), Vector2(right, 0), Vector2(0, bottom), Vector2(right, bottom)]
  where lens.unproject(corner) == nil {
    return .foldsWithinPicture
  }
  return nil
}

/// The power of the squared radius that a radial coefficient belongs to.
private func order(of name: String, _ kind: LensKind) -> Int? {
  guard let digit = name.last?.wholeNumberValue else { return nil }
  return kind == .opencv8 && digit > 3 ? digit - 3 : digit
}

/// The largest angle to the axis on a circle of pixels, and its tangent; nil where the lens sees
/// nothing there.
private func ring(_ centre: Vector2, _ radius: Double, _ lens: Lens) -> (
  angle: Double, tangent: Double
)? {
  var angle = 0.0
  var tangent = 0.0
  for offset in [Vector2(1, 0), Vector2(-1, 0), Vector2(0, 1), Vector2(0, -1)] {
    guard let direction = lens.unproject(centre + offset * radius) else { return nil }
    let across = Vector2(direction.x, direction.y).length
    angle = max(angle, atan2(across, direction.z))
    tangent = max(tangent, direction.z > 0 ? across / direction.z : .infinity)
  }
  return (angle, tangent)
}
