import Geometry
import LensModels
import Glibc

/// The columns of one view's normal equations.
///
/// First the lens parameters, then the motion of the camera (rotation vector, then translation, in
/// camera coordinates, applied to points after camera_from_board), the two parameters of the
/// board's bend, and the residual, whose products are the gradient and the cost. Filled up to a
/// multiple of four.
struct ViewColumns {
  let lensCount: Int

  var motion: Int { lensCount }
  var warp: Int { lensCount + 6 }
  var residual: Int { lensCount + 8 }
  var stride: Int { (lensCount + 12) & ~3 }

  /// The largest stride of all models.
  static let largestStride = 24
}

/// How many corners are linearised before their rows are summed: 2 x 32 rows stay in the first
/// cache.
private let cornersInBlock = 32

/// Scratch space that a linearisation needs, in SIMD4.
let linearizationScratchCount = 2 * cornersInBlock * ViewColumns.largestStride / 4

/// Residuals, derivatives and normal equations of one view.
///
/// Where the lens is held (`lensIsHeld`), the columns are those of a model without parameters.
/// The result is the view's cost, nil when a corner has no projection.
struct ViewLinearization: LensModelTask {
  let parameters: UnsafePointer<Double>
  let lensIsHeld: Bool
  let cameraFromBoard: RigidTransform
  let warp: BoardWarp
  let corners: UnsafeBufferPointer<ObservedCorner>
  let loss: RobustLoss
  /// `stride` x `stride`, overwritten; only blocks of 4 x 4 on and above the diagonal.
  let normal: UnsafeMutablePointer<SIMD4<Double>>
  let scratch: UnsafeMutablePointer<SIMD4<Double>>

  func run<Model: LensModel>(_: Model.Type) -> Double? {
    lensIsHeld ? poseOnly(Model.self) : everything(Model.self)
  }

  @inline(__always)
  private func everything<Model: LensModel>(_: Model.Type) -> Double? {
    let model = Model(parameters)
    let lensCount = Model.parameterCount
    let vectors = (lensCount &+ 12) / 4
    return accumulate(vectors: vectors, lensCount: lensCount) { x, y, z, rowX, rowY in
      model.linearize(x, y, z, xByParameters: rowX, yByParameters: rowY)
    }
  }

  @inline(__always)
  private func poseOnly<Model: LensModel>(_: Model.Type) -> Double? {
    let model = Model(parameters)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 32) { unused in
      guard let first = unused.baseAddress else { return nil }
      return accumulate(vectors: 3, lensCount: 0) { x, y, z, _, _ in
        model.linearize(x, y, z, xByParameters: first, yByParameters: first + 16)
      }
    }
  }

  @inline(__always)
  private func accumulate(
    vectors: Int, lensCount: Int,
    _ linearize: (
      Double, Double, Double, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> LinearizedPixel
  ) -> Double? {
    normal.update(repeating: .zero, count: 4 &* vectors &* vectors)
    let r = cameraFromBoard.rotation.matrix
    let (r0, r1, r2) = (r.column0, r.column1, r.column2)
    let t = cameraFromBoard.translation
    let stride = 4 &* vectors
    let rows = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Double.self)
    // What is never written below must be zero: the filling after the residual.
    scratch.update(repeating: .zero, count: 2 &* cornersInBlock &* vectors)
    var cost = 0.0
    // Of the robust loss's logarithms only the one of their product is taken.
    var product = 1.0
    var used = 0
    for index in 0..<corners.count {
      let corner = corners[index]
      guard corner.weight > 0 else { continue }
      let height = warp.x * corner.bendX + warp.y * corner.bendY
      let x = r0.x * corner.boardX + r1.x * corner.boardY + r2.x * height + t.x
      let y = r0.y * corner.boardX + r1.y * corner.boardY + r2.y * height + t.y
      let z = r0.z * corner.boardX + r1.z * corner.boardY + r2.z * height + t.z
      let rowX = rows + (2 &* used &* stride)
      let rowY = rowX + stride
      let p = linearize(x, y, z, rowX, rowY)
      let dx = p.x - corner.x
      let dy = p.y - corner.y
      let weight = corner.weight
      let square = (dx * dx + dy * dy) * weight * weight
      // Also false for NaN.
      guard square < 1e30 else { return nil }
      var scale = weight
      switch loss {
      case .squares: cost += square
      case .cauchy(let c):
        let factor = 1 + square / (c * c)
        product *= factor
        if product > 1e200 {
          cost += c * c * log(product)
          product = 1
        }
        scale *= (1 / factor).squareRoot()
      }
      let m = lensCount
      rowX[m] = y * p.xByZ - z * p.xByY
      rowX[m &+ 1] = z * p.xByX - x * p.xByZ
      rowX[m &+ 2] = x * p.xByY - y * p.xByX
      rowX[m &+ 3] = p.xByX
      rowX[m &+ 4] = p.xByY
      rowX[m &+ 5] = p.xByZ
      rowY[m] = y * p.yByZ - z * p.yByY
      rowY[m &+ 1] = z * p.yByX - x * p.yByZ
      rowY[m &+ 2] = x * p.yByY - y * p.yByX
      rowY[m &+ 3] = p.yByX
      rowY[m &+ 4] = p.yByY
      rowY[m &+ 5] = p.yByZ
      let xByHeight = p.xByX * r2.x + p.xByY * r2.y + p.xByZ * r2.z
      let yByHeight = p.yByX * r2.x + p.yByY * r2.y + p.yByZ * r2.z
      rowX[m &+ 6] = xByHeight * corner.bendX
      rowX[m &+ 7] = xByHeight * corner.bendY
      rowY[m &+ 6] = yByHeight * corner.bendX
      rowY[m &+ 7] = yByHeight * corner.bendY
      rowX[m &+ 8] = dx
      rowY[m &+ 8] = dy
      let line = scratch + (2 &* used &* vectors)
      for v in 0..<(2 &* vectors) { line[v] *= scale }
      used &+= 1
      if used == cornersInBlock {
        addNormalMatrix(rows: scratch, count: 2 &* used, vectors: vectors, to: normal)
        used = 0
      }
    }
    if used > 0 {
      addNormalMatrix(rows: scratch, count: 2 &* used, vectors: vectors, to: normal)
    }
    if case .cauchy(let c) = loss { cost += c * c * log(product) }
    return cost
  }
}

/// The residuals (predicted minus observed, pixels) of all corners of a view, thrown out or not;
/// NaN where there is no projection.
struct ViewResiduals: LensModelTask {
  let parameters: UnsafePointer<Double>
  let cameraFromBoard: RigidTransform
  let warp: BoardWarp
  let corners: UnsafeBufferPointer<ObservedCorner>
  let residuals: UnsafeMutablePointer<Vector2>

  func run<Model: LensModel>(_: Model.Type) {
    let model = Model(parameters)
    let r = cameraFromBoard.rotation.matrix
    for index in 0..<corners.count {
      let corner = corners[index]
      let height = warp.x * corner.bendX + warp.y * corner.bendY
      let point =
        r.column0 * corner.boardX + r.column1 * corner.boardY + r.column2 * height
        + cameraFromBoard.translation
      residuals[index] = model.project(point) - Vector2(corner.x, corner.y)
    }
  }
}
