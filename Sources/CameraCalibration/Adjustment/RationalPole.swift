import Geometry
import LensModels

/// Poles of rational radial profiles.
///
/// Numerator and denominator of a rational profile may have zeros that all but cancel. Noise invites
/// them: beside the data, in a place of its own choice, such a pair bends the profile where the last
/// corners lie, and the fit gains more than a coefficient is worth. What is found then is far from
/// the lens just outside the corners, and its uncertainty says nothing. (They are known as
/// Froissart's doublets: J. Gilewicz, M. Pindor, "Pade approximants and noise", J. Comput. Appl.
/// Math. 87 (1997).) No real lens has a pole in its picture.
enum RationalPole {
  /// True when the profile of a rational lens has a pole, or falls, among the corners seen.
  ///
  /// `parameters` are those of `opencv8`; `radius` is how far from the principal point corners were
  /// seen, pixels.
  static func isAmongCorners(_ parameters: [Double], radius: Double) -> Bool {
    let (k1, k2, k3) = (parameters[4], parameters[5], parameters[8])
    let (k4, k5, k6) = (parameters[9], parameters[10], parameters[11])
    let focal = max(1, min(parameters[0], parameters[1]))
    let wanted = radius / focal
    var last = 0.0
    for step in 1...steps {
      let tangent = largestTangent * Double(step) / Double(steps)
      let s = tangent * tangent
      let denominator = 1 + s * (k4 + s * (k5 + s * k6))
      guard denominator > 0.02 else { return true }
      let distorted = tangent * (1 + s * (k1 + s * (k2 + s * k3))) / denominator
      guard distorted > last else { return true }
      last = distorted
      if distorted >= wanted { return false }
    }
    return false
  }

  private static let steps = 400
  private static let largestTangent = 12.0
}

extension AdjustmentProblem {
  /// Brings rational lenses that have run to a pole (`RationalPole`) back to the form they are
  /// pulled to, with the picture they draw within the corners as it is, and makes the pull stronger.
  /// Returns their cameras; the problem must be adjusted again when there are any.
  mutating func recallRationalLenses(_ sizes: [(width: Int, height: Int)]) -> [Int] {
    var recalled: [Int] = []
    for index in cameras.indices where cameras[index].kind == .opencv8 {
      let p = cameras[index].parameters
      let radius = seenRadius(self, camera: index)
      let size = sizes[index]
      guard !cameras[index].lensIsHeld, cameras[index].pullStrength > 0,
        RationalPole.isAmongCorners(p, radius: radius),
        cameras[index].pullStrength < Self.largestPullStrength
      else { continue }
      cameras[index].pullStrength *= Self.pullGrowth
      recalled.append(index)
      do {
        let lens = try Lens(
          kind: .opencv8, width: size.width, height: size.height, parameters: p)
        cameras[index].parameters = converted(lens, to: .opencv8, radius: radius)
      } catch {
        // Impossible numbers; the pull alone has to help.
      }
    }
    return recalled
  }

  private static var pullGrowth: Double { 5 }
  private static var largestPullStrength: Double { 5 }
}

/// How far from a camera's principal point its corners were seen, pixels. Corners that are far from
/// where the lens puts them do not count: they may be anything.
func seenRadius(_ problem: AdjustmentProblem, camera: Int) -> Double {
  let own = problem.cameras[camera]
  var seen: [(squaredRadius: Double, error: Double)] = []
  for view in problem.views where view.camera == camera {
    let corners = problem.corners[view.corners]
    let residuals = viewResiduals(
      corners, own.kind, own.parameters, problem.cameraFromBoard(view), warp: problem.warp)
    for (corner, residual) in zip(corners, residuals) where corner.weight > 0 {
      let (dx, dy) = (corner.x - own.parameters[2], corner.y - own.parameters[3])
      let error = residual.length * corner.weight
      seen.append((dx * dx + dy * dy, error.isFinite ? error : .infinity))
    }
  }
  // Five standard deviations: the median of a two-dimensional normal error is 1.18 of them.
  let limit = max(1e-9, 4.3 * median(of: seen.map(\.error)))
  let largest = seen.reduce(0) { $1.error <= limit ? max($0, $1.squaredRadius) : $0 }
  return largest.squareRoot()
}
