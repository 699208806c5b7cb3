import Geometry
import Glibc
import LensModels

/// The board pose of one view, with the lens held.
struct PoseFit {
  var cameraFromBoard: RigidTransform
  /// Robust where the loss was.
  var cost: Double
}

/// What a pose is fitted with.
struct PoseFitContext {
  var kind: LensKind
  var parameters: [Double]
  var warp = BoardWarp()
  var boardCentre: Vector3
}

/// Minimises the cost of one view over its board pose, from `start`, until a step promises less than
/// the part `decrease` of it.
///
/// Nil when some corner has no projection at the start.
func fitPose(
  _ corners: ArraySlice<ObservedCorner>, _ context: PoseFitContext, start: RigidTransform,
  loss: RobustLoss, iterations: Int = 12, decrease: Double = 1e-9
) -> PoseFit? {
  withUnsafeTemporaryAllocation(
    of: SIMD4<Double>.self, capacity: linearizationScratchCount + 2 * 36
  ) { buffer -> PoseFit? in
    guard let scratch = buffer.baseAddress else { return nil }
    var present = scratch + linearizationScratchCount
    var trial = present + 36
    func cost(_ pose: RigidTransform, _ normal: UnsafeMutablePointer<SIMD4<Double>>) -> Double? {
      corners.withUnsafeBufferPointer { corners in
        context.parameters.withUnsafeBufferPointer { parameters in
          guard let first = parameters.baseAddress else { return nil }
          return context.kind.withModel(
            ViewLinearization(
              parameters: first, lensIsHeld: true, cameraFromBoard: pose, warp: context.warp,
              corners: corners, loss: loss, normal: normal, scratch: scratch))
        }
      }
    }
    guard let first = cost(start, present) else { return nil }
    var fit = PoseFit(cameraFromBoard: start, cost: first)
    var damping = 1e-4
    var growth = 2.0
    for _ in 0..<iterations {
      guard
        let step = poseStep(present, fit.cameraFromBoard, context.boardCentre, damping: damping)
      else {
        damping = max(damping, 1e-9) * 10
        if damping > 1e8 { break }
        continue
      }
      let pose = fit.cameraFromBoard.turned(about: context.boardCentre, by: step.step)
      if let next = cost(pose, trial), next < fit.cost {
        fit = PoseFit(cameraFromBoard: pose, cost: next)
        swap(&present, &trial)
        damping = max(1e-12, 0.1 * damping)
        growth = 2
      } else {
        damping *= growth
        growth *= 2
      }
      if step.decrease <= decrease * fit.cost { break }
    }
    return fit
  }
}

private func poseStep(
  _ normal: UnsafeMutablePointer<SIMD4<Double>>, _ pose: RigidTransform, _ centre: Vector3,
  damping: Double
) -> (step: SIMD8<Double>, decrease: Double)? {
  let map = MotionMap(pose, centre: centre)
  let elements = UnsafeRawPointer(normal).assumingMemoryBound(to: Double.self)
  let columns = ViewColumns(lensCount: 0)
  func row(_ i: Int) -> SIMD8<Double> {
    var row = SIMD8<Double>.zero
    for j in 0..<6 { row[j] = elements[min(i, j) * columns.stride + max(i, j)] }
    return map.boardRow(row)
  }
  var half = InlineArray<6, SIMD8<Double>>(repeating: .zero)
  for i in 0..<6 { half[i] = row(i) }
  var own = InlineArray<6, SIMD8<Double>>(repeating: .zero)
  for j in 0..<6 {
    own[j] = map.boardRow(
      SIMD8(half[0][j], half[1][j], half[2][j], half[3][j], half[4][j], half[5][j], 0, 0))
  }
  let gradient = row(columns.residual)
  guard let factor = SmallCholesky<6>(own, damping: damping) else { return nil }
  let step = -factor.backward(factor.forward(gradient))
  return (step, -(step * gradient).sum())
}

/// The other pose that a flat board may have when perspective is weak: its normal mirrored at the
/// line of sight to its middle.
///
/// Source: G. Schweighofer, A. Pinz, "Robust pose estimation from a planar target", IEEE PAMI 28
/// (2006), for why there are two.
func mirroredPose(_ pose: RigidTransform, boardCentre: Vector3) -> RigidTransform {
  let centre = pose * boardCentre
  let sight = centre.normalized
  let normal = pose.rotation.matrix.column2
  let mirrored = sight * (2 * sight.dot(normal)) - normal
  let axis = normal.cross(mirrored)
  let sine = axis.length
  guard sine > 1e-9 else { return pose }
  let angle = 2 * asin(min(1, 0.5 * (mirrored - normal).length))
  let turn = Rotation(rotationVector: axis * (angle / sine))
  let rotation = turn * pose.rotation
  return RigidTransform(rotation: rotation, translation: centre - rotation * boardCentre)
}
