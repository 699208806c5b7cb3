import Execution
import Geometry
import LensModels

/// One camera solved by itself.
struct CameraSolution {
  /// At its optimum; frame i is view `views[i]` of the camera.
  var problem: AdjustmentProblem
  /// By frame of the problem: the index into `CameraViews.views`.
  var views: [Int]
  var kind: LensKind
  var candidates: [LensCandidate] = []
  var flaw: LensFlaw?
  /// Kinds that were asked for or preferred but had to be left, with the reason.
  var refusals: [(kind: LensKind, flaw: LensFlaw)] = []
  var summary: AdjustmentSummary

  var parameters: [Double] { problem.cameras[0].parameters }
}

/// How far from the principal point corners were seen, pixels.
func seenRadius(_ problem: AdjustmentProblem) -> Double {
  let p = problem.cameras[0].parameters
  let centre = Vector2(p[2], p[3])
  var radius = 0.0
  for corner in problem.corners where corner.weight > 0 {
    radius = max(radius, (Vector2(corner.x, corner.y) - centre).length)
  }
  return radius
}

/// The start of one camera with a given model: all its parameters adjusted, robustly.
///
/// Nil when the model cannot describe what was seen.
func solveCamera(
  _ camera: CameraViews, from start: StartedCamera, kind: LensKind, warpIsFree: Bool,
  threads: ThreadCount
) -> CameraSolution? {
  let usable = camera.views.indices.filter { start.poses[$0] != nil }
  guard let lens = plainLens(.kannalaBrandt4, start.parameters, camera) else { return nil }
  var problem = cameraProblem(
    camera, usable, start.poses, kind: .kannalaBrandt4, parameters: start.parameters)
  let parameters = converted(
    kannalaBrandt: start.parameters, to: kind, radius: seenRadius(problem), lens: lens)
  problem.cameras[0].kind = kind
  problem.cameras[0].parameters = parameters
  problem.cameras[0].freeLens()
  problem.warpIsFree = warpIsFree
  let scale = max(0.05, 3 * medianError(problem))
  guard scale.isFinite else { return nil }
  var summary: AdjustmentSummary?
  for round in 0..<2 {
    problem.pullRationalCoefficients()
    summary = adjust(
      &problem, loss: .cauchy(scale: round == 0 ? scale : max(0.05, 3 * medianError(problem))),
      limits: AdjustmentLimits(
        iterations: 20, relativeDecrease: round == 0 ? 1e-3 : 1e-5, initialDamping: 1e-4),
      threads: threads)
  }
  guard let summary else { return nil }
  return CameraSolution(
    problem: problem, views: usable, kind: kind,
    flaw: flaw(
      kind: kind, parameters: problem.cameras[0].parameters, camera: camera,
      radius: seenRadius(problem)),
    summary: summary)
}
