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
  let parameters = converted(lens, to: kind, radius: seenRadius(problem, camera: 0))
  problem.cameras[0].kind = kind
  problem.cameras[0].parameters = parameters
  problem.cameras[0].freeLens()
  problem.warpIsFree = warpIsFree
  let scale = max(0.05, 3 * medianError(problem))
  guard scale.isFinite else { return nil }
  var summary: AdjustmentSummary?
  repeat {
    for round in 0..<2 {
      problem.pullRationalCoefficients()
      summary = adjust(
        &problem, loss: .cauchy(scale: round == 0 ? scale : max(0.05, 3 * medianError(problem))),
        limits: AdjustmentLimits(
          iterations: 20, relativeDecrease: round == 0 ? 1e-3 : 1e-5, initialDamping: 1e-4),
        threads: threads)
    }
  } while !problem.recallRationalLenses([(camera.width, camera.height)]).isEmpty
  guard let summary else { return nil }
  return CameraSolution(
    problem: problem, views: usable, kind: kind,
    flaw: flaw(
      kind: kind, parameters: problem.cameras[0].parameters, camera: camera,
      radius: seenRadius(problem, camera: 0)),
    summary: summary)
}

extension StartedCamera {
  /// The start without unanchored views, where enough others are left for the lens.
  ///
  /// Where on a bent board an unanchored view lies is not known yet. Taken as flat it would spoil
  /// the choice of a model; with the cameras solved it finds its place (`placeUnanchoredViews`).
  func withoutUnanchoredViews(_ camera: CameraViews) -> StartedCamera {
    let anchored = camera.views.indices.filter {
      camera.views[$0].isAnchored && poses[$0] != nil
    }
    guard anchored.count >= 6 else { return self }
    var result = self
    for index in poses.indices where !camera.views[index].isAnchored { result.poses[index] = nil }
    return result
  }
}

extension CameraSolution {
  /// Adds the unanchored views that were left out, each with the pose that the lens gives it.
  mutating func addUnanchoredViews(_ camera: CameraViews) {
    let missing = camera.views.indices.filter {
      !camera.views[$0].isAnchored && !views.contains($0)
    }
    for index in missing {
      let corners = camera.views[index].corners
      guard let pose = bestPose(corners[...], kind, parameters, camera) else { continue }
      let first = problem.corners.count
      problem.corners += corners
      problem.views.append(
        AdjustedView(
          camera: 0, frame: problem.frames.count, corners: first..<problem.corners.count))
      problem.frames.append(AdjustedFrame(referenceFromBoard: pose))
      views.append(index)
    }
  }
}
