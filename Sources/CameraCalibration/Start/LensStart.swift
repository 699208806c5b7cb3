import Boards
import Execution
import Geometry
import LensModels

/// One camera's views, on their way to a lens.
struct CameraViews {
  var width: Int
  var height: Int
  var boardCentre: Vector3
  var views: [PreparedView]

  var centre: Vector2 { Vector2(0.5 * Double(width - 1), 0.5 * Double(height - 1)) }
}

extension CameraViews {
  /// The same views with about `count` corners each, spread evenly.
  func thinned(to count: Int) -> CameraViews {
    var result = self
    for index in views.indices where views[index].corners.count > count {
      let corners = views[index].corners
      let part = Double(count) / Double(corners.count)
      // Multiples of the golden ratio fall evenly, and never into step with the board's columns.
      result.views[index].corners = corners.indices.filter {
        (Double($0) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1) < part
      }.map { corners[$0] }
    }
    return result
  }
}

/// A first lens, good for narrow and fisheye lenses alike, with the board pose of each view.
struct StartedCamera {
  /// Kannala and Brandt's model, k3 = k4 = 0.
  var parameters: [Double]
  /// By view; nil where none fits.
  var poses: [RigidTransform?]
  /// The median distance between corners and prediction, pixels.
  var medianError: Double
}

/// Finds a first lens from nothing but corners.
///
/// The focal length is tried in steps of half an octave or so around the picture width, each time
/// as an equidistant lens with the axis in the middle of the picture: board poses follow from it
/// one by one, then focal length, first coefficient and poses are adjusted together for a few
/// steps. The guess that fits best goes on with more unknowns and all views. Kannala and Brandt's
/// radial series serves all lenses here: a pinhole is k1 = 1/3 and so on.
///
/// Nil when no guess fits at all.
func startLens(_ camera: CameraViews, threads: ThreadCount) -> StartedCamera? {
  let trial = camera.thinned(to: cornersInTrial)
  let chosen = viewsToTry(camera)
  var trials: [(problem: AdjustmentProblem, median: Double)] = []
  for factor in focalFactors {
    guard var problem = equidistantProblem(trial, chosen, focal: factor * Double(camera.width))
    else { continue }
    problem.cameras[0].parameterIsFree = [true, true, false, false, true, false, false, false]
    adjustRobustly(&problem, rounds: 1, iterations: 4, decrease: 0.01, threads: threads)
    trials.append((problem, medianError(problem)))
  }
  trials.sort { $0.median < $1.median }
  var best: (problem: AdjustmentProblem, median: Double)?
  for (start, _) in trials.prefix(2) {
    var problem = start
    adjustRobustly(&problem, rounds: 3, iterations: 4, decrease: 0.01, threads: threads)
    let median = medianError(problem)
    if median < best?.median ?? .infinity { best = (problem, median) }
  }
  guard var (problem, _) = best else { return nil }
  // All views now, from the lens found.
  let lens = problem.cameras[0].parameters
  var poses = camera.views.map { bestPose($0.corners[...], .kannalaBrandt4, lens, camera) }
  guard poses.contains(where: { $0 != nil }) else { return nil }
  let usable = poses.indices.filter { poses[$0] != nil }
  problem = cameraProblem(camera, usable, poses, kind: .kannalaBrandt4, parameters: lens)
  problem.cameras[0].parameterIsFree = [true, true, true, true, true, true, false, false]
  adjustRobustly(&problem, rounds: 3, iterations: 6, decrease: 0.01, threads: threads)
  for (place, index) in usable.enumerated() {
    poses[index] = problem.frames[place].referenceFromBoard
  }
  return StartedCamera(
    parameters: problem.cameras[0].parameters, poses: poses, medianError: medianError(problem))
}

/// Focal lengths to try, in picture widths.
private let focalFactors = [0.25, 0.4, 0.65, 1.1, 2.0, 3.5]

/// At most this many views, and about this many corners of each, take part in the first trials.
private let viewsInTrial = 8
private let cornersInTrial = 30

/// Views for the trials: those with the largest boards in the picture, as these say most.
private func viewsToTry(_ camera: CameraViews) -> [Int] {
  func area(_ view: PreparedView) -> Double {
    let xs = view.corners.map(\.x)
    let ys = view.corners.map(\.y)
    return ((xs.max() ?? 0) - (xs.min() ?? 0)) * ((ys.max() ?? 0) - (ys.min() ?? 0))
  }
  let areas = camera.views.map(area)
  return Array(
    camera.views.indices.sorted { (areas[$0], $1) > (areas[$1], $0) }.prefix(viewsInTrial))
}

private func equidistantProblem(
  _ camera: CameraViews, _ chosen: [Int], focal: Double
) -> AdjustmentProblem? {
  let parameters = [focal, focal, camera.centre.x, camera.centre.y, 0, 0, 0, 0]
  var poses: [RigidTransform?] = camera.views.map { _ in nil }
  for index in chosen {
    let corners = camera.views[index].corners
    let directions = corners.map { corner -> Vector3 in
      let offset = (Vector2(corner.x, corner.y) - camera.centre) / focal
      return directionAtAngle(offset)
    }
    poses[index] = planePose(corners[...], directions)
  }
  let usable = chosen.filter { poses[$0] != nil }
  guard usable.count * 2 >= chosen.count, !usable.isEmpty else { return nil }
  return cameraProblem(camera, usable, poses, kind: .kannalaBrandt4, parameters: parameters)
}

/// The direction whose angle to the axis is the length of `offset`, radians; NaN beyond 170
/// degrees.
private func directionAtAngle(_ offset: Vector2) -> Vector3 {
  let angle = offset.length
  guard angle < 2.97 else { return Vector3(.nan, .nan, .nan) }
  return Rotation(rotationVector: Vector3(-offset.y, offset.x, 0)) * Vector3(0, 0, 1)
}

/// A problem of one camera and some of its views, each a frame of its own.
func cameraProblem(
  _ camera: CameraViews, _ chosen: [Int], _ poses: [RigidTransform?], kind: LensKind,
  parameters: [Double]
) -> AdjustmentProblem {
  var problem = AdjustmentProblem(
    cameras: [
      AdjustedCamera(
        kind: kind, parameters: parameters, parameterIsFree: [],
        cameraFromReference: .identity, poseIsFree: false)
    ], frames: [], views: [], corners: [], boardCentre: camera.boardCentre)
  for index in chosen {
    guard let pose = poses[index] else { continue }
    let first = problem.corners.count
    problem.corners += camera.views[index].corners
    problem.views.append(
      AdjustedView(
        camera: 0, frame: problem.frames.count, corners: first..<problem.corners.count))
    problem.frames.append(AdjustedFrame(referenceFromBoard: pose))
  }
  return problem
}

/// Adjusts with a robust loss whose scale follows the residuals down: far from the solution all
/// corners count, near it those that do not fit lose their say.
func adjustRobustly(
  _ problem: inout AdjustmentProblem, rounds: Int, iterations: Int, decrease: Double,
  threads: ThreadCount
) {
  for _ in 0..<rounds {
    let scale = max(0.05, 3 * medianError(problem))
    guard scale.isFinite else { return }
    adjust(
      &problem, loss: .cauchy(scale: scale),
      limits: AdjustmentLimits(
        iterations: iterations, relativeDecrease: decrease, initialDamping: 1e-3), threads: threads)
  }
}

/// The pose of one view with a given lens: from the homography, and its mirror image, both fitted;
/// the better one.
func bestPose(
  _ corners: ArraySlice<ObservedCorner>, _ kind: LensKind, _ parameters: [Double],
  _ camera: CameraViews
) -> RigidTransform? {
  guard
    let lens = plainLens(kind, parameters, camera),
    let start = planePose(
      corners,
      corners.map { lens.unproject(Vector2($0.x, $0.y)) ?? Vector3(.nan, .nan, .nan) })
  else { return nil }
  let context = PoseFitContext(
    kind: kind, parameters: parameters, boardCentre: camera.boardCentre)
  let loss = RobustLoss.cauchy(scale: 3)
  let first = fitPose(corners, context, start: start, loss: loss, decrease: 1e-3)
  let from = first?.cameraFromBoard ?? start
  let second = fitPose(
    corners, context, start: mirroredPose(from, boardCentre: camera.boardCentre), loss: loss,
    decrease: 1e-3)
  switch (first, second) {
  case (let a?, let b?): return a.cost <= b.cost ? a.cameraFromBoard : b.cameraFromBoard
  case (let a?, nil): return a.cameraFromBoard
  case (nil, let b?): return b.cameraFromBoard
  case (nil, nil): return nil
  }
}

/// A lens of these parameters, nil when they are impossible.
func plainLens(_ kind: LensKind, _ parameters: [Double], _ camera: CameraViews) -> Lens? {
  do {
    return try Lens(
      kind: kind, width: camera.width, height: camera.height, parameters: parameters)
  } catch {
    // An adjustment gone astray; the caller goes on without this lens.
    return nil
  }
}
