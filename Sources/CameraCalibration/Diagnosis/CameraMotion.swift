import Execution
import Geometry

/// A camera that was in one place up to some frame and in another from then on.
struct CameraMotion {
  /// Camera of the problem.
  var camera: Int
  /// The first frame of the problem with the camera in its new place.
  var firstFrame: Int
  /// The rig with the camera taken as two.
  var fit: RigFit
  /// How far it turned, radians, and moved, metres.
  var turn: Double
  var move: Double
}

extension RigFit {
  /// The cost with one camera's views let go of the common board poses.
  func withLoose(camera: Int, threads: ThreadCount) -> RigFit? {
    var loose = together
    for index in loose.views.indices where loose.views[index].camera == camera {
      let pose = apart.cameraFromBoard(apart.views[index])
      loose.views[index].frame = loose.frames.count
      loose.frames.append(
        AdjustedFrame(
          referenceFromBoard: loose.cameras[camera].cameraFromReference.inverse * pose))
    }
    // The place of a camera without links means nothing.
    loose.cameras[camera].poseIsFree = false
    return with(loose, threads: threads)
  }

  /// The frame at which one camera most likely moved, and the cost with the camera in two places:
  /// the rig is fitted without the camera, and then the camera's place to the frames before and
  /// after each instant, as linear least squares.
  ///
  /// Nil when there are not two frames before and after.
  func likelyMotion(camera: Int, loose: RigFit) -> Int? {
    // The camera's views, before boards that the others have placed.
    var rest = loose.together
    rest.views = []
    rest.cameras[camera].holdLens()
    rest.cameras[camera].cameraFromReference = together.cameras[camera].cameraFromReference
    let placed = Set(
      loose.together.views.filter { $0.camera != camera }
        .filter { loose.together.isUsed($0) }
        .map(\.frame))
    for view in together.views where view.camera == camera && placed.contains(view.frame) {
      guard together.isUsed(view) else { continue }
      rest.views.append(view)
    }
    guard rest.views.count >= 4 else { return nil }
    let layout = StateLayout(rest)
    let linearization = Linearization(rest, layout, threads: ThreadCount(1))
    guard linearization.update(rest, loss: .squares) else { return nil }
    var sums = [PlaceEquations()]
    for index in rest.views.indices {
      sums.append(
        sums[index] + PlaceEquations(linearization.normals + linearization.offsets[index]))
    }
    let all = sums[rest.views.count]
    var best: (view: Int, reduction: Double)?
    for view in 2...(rest.views.count - 2) {
      let reduction = sums[view].reduction + (all - sums[view]).reduction
      if reduction > best?.reduction ?? 0 { best = (view, reduction) }
    }
    return best.map { rest.views[$0.view].frame }
  }

  /// The rig with a camera taken as two: one up to a frame, one from it on. Both begin with the lens
  /// that the camera's own pictures ask for; the second one's is held.
  func splitting(camera: Int, from frame: Int, threads: ThreadCount) -> CameraMotion? {
    var split = together
    split.cameras[camera].parameters = apart.cameras[camera].parameters
    var second = split.cameras[camera]
    second.holdLens()
    second.poseIsFree = true
    split.cameras.append(second)
    for index in split.views.indices
    where split.views[index].camera == camera && split.views[index].frame >= frame {
      split.views[index].camera = split.cameras.count - 1
    }
    guard let fit = with(split, threads: threads),
      let after = fit.together.cameras.last?.cameraFromReference
    else { return nil }
    let before = fit.together.cameras[camera].cameraFromReference
    let change = after.inverse.rotation * before.rotation
    return CameraMotion(
      camera: camera, firstFrame: frame, fit: fit, turn: change.angle,
      move: (after.inverse.translation - before.inverse.translation).length)
  }
}

/// Normal equations of one camera's place: turning and moving, in camera coordinates.
private struct PlaceEquations {
  private var normal = InlineArray<6, SIMD8<Double>>(repeating: .zero)
  private var gradient = SIMD8<Double>.zero

  init() {}

  /// From the equations of a view whose lens is held.
  init(_ elements: UnsafeMutablePointer<SIMD4<Double>>) {
    let columns = ViewColumns(lensCount: 0)
    let values = UnsafeRawPointer(elements).assumingMemoryBound(to: Double.self)
    for i in 0..<6 {
      for j in 0..<6 { normal[i][j] = values[min(i, j) * columns.stride + max(i, j)] }
      gradient[i] = values[i * columns.stride + columns.residual]
    }
  }

  static func + (a: PlaceEquations, b: PlaceEquations) -> PlaceEquations {
    var result = a
    for i in 0..<6 { result.normal[i] += b.normal[i] }
    result.gradient += b.gradient
    return result
  }

  static func - (a: PlaceEquations, b: PlaceEquations) -> PlaceEquations {
    var result = a
    for i in 0..<6 { result.normal[i] -= b.normal[i] }
    result.gradient -= b.gradient
    return result
  }

  /// By how much the best place lowers the cost.
  var reduction: Double {
    guard let factor = SmallCholesky<6>(normal, damping: 1e-12) else { return 0 }
    let solved = factor.forward(gradient)
    return (solved * solved).sum()
  }
}
