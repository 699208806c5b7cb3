import Geometry
import LinearAlgebra

/// A step of all unknowns, and what it promises.
struct AdjustmentStep {
  /// By place in the `StateLayout`.
  var reduced: [Double]
  /// By frame.
  var frames: [SIMD8<Double>]
  /// How much the cost falls if the problem is as linear as its derivatives say.
  var predictedDecrease: Double
}

/// Normal equations with the board poses eliminated.
///
/// With H the normal matrix, c the unknowns of cameras and warp and f those of one board pose, the
/// reduced matrix is H_cc - sum over f of W_f W_fᵀ with W_f = H_cf L_f^-T and L_f L_fᵀ = H_ff
/// (Schur's complement). All W_f side by side make one matrix W, so that the sum is one call of
/// `dsyrk`.
///
/// Source: B. Triggs et al., "Bundle Adjustment - A Modern Synthesis" (2000), section 6.1.
struct ReducedSystem {
  private let layout: StateLayout
  private let viewsOfFrame: [[Int]]
  private var matrix: Matrix
  private var couplings: Matrix

  init(_ problem: AdjustmentProblem, _ layout: StateLayout) {
    self.layout = layout
    var viewsOfFrame: [[Int]] = Array(repeating: [], count: problem.frames.count)
    for (index, view) in problem.views.enumerated() { viewsOfFrame[view.frame].append(index) }
    self.viewsOfFrame = viewsOfFrame
    matrix = Matrix(rows: layout.count, columns: layout.count)
    couplings = Matrix(rows: layout.count, columns: 6 * problem.frames.count)
  }

  /// The step that Levenberg's and Marquardt's damping gives: the diagonal grows by `damping` times
  /// itself. Nil when the equations have no solution.
  mutating func step(
    _ linearization: Linearization, _ problem: AdjustmentProblem, damping: Double
  ) -> AdjustmentStep? {
    let count = layout.count
    var gradient = Array(repeating: 0.0, count: count)
    sumCameraBlocks(linearization, problem, &gradient)
    var diagonal = Array(repeating: 0.0, count: count)
    for index in 0..<count {
      let value = matrix[index, index]
      // An unknown that nothing depends on stays where it is.
      diagonal[index] = value > 0 ? value : 1
      matrix[index, index] = diagonal[index] * (1 + damping)
    }
    var frames: [EliminatedFrame] = []
    frames.reserveCapacity(problem.frames.count)
    var right = gradient
    for frame in problem.frames.indices {
      guard
        let eliminated = eliminate(frame, linearization, problem, damping: damping, &right)
      else { return nil }
      frames.append(eliminated)
    }
    matrix.subtractProductWithTranspose(couplings)
    return solve(right, gradient, diagonal, frames, damping)
  }

  /// The undamped reduced matrix, scaled: element (i, j) of `matrix` is that of the reduced matrix
  /// times `scale[i]` and `scale[j]`. Both triangles. Nil when a board pose is not determined.
  mutating func reduced(
    _ linearization: Linearization, _ problem: AdjustmentProblem
  ) -> (matrix: Matrix, scale: [Double])? {
    var unused = Array(repeating: 0.0, count: layout.count)
    sumCameraBlocks(linearization, problem, &unused)
    for frame in problem.frames.indices {
      guard eliminate(frame, linearization, problem, damping: 0, &unused) != nil else {
        return nil
      }
    }
    // An unknown that nothing depends on has a row of zeros, whatever its scale.
    let scale = (0..<layout.count).map {
      matrix[$0, $0] > 0 ? 1 / matrix[$0, $0].squareRoot() : 1
    }
    matrix.subtractProductWithTranspose(couplings)
    var scaled = matrix
    for column in 0..<layout.count {
      for row in column..<layout.count {
        scaled[row, column] = matrix[row, column] * scale[row] * scale[column]
        scaled[column, row] = scaled[row, column]
      }
    }
    return (scaled, scale)
  }

  private struct EliminatedFrame {
    var equations: SmallCholesky<6>
    var gradient: SIMD8<Double>
    var forward: SIMD8<Double>
    var diagonal: SIMD8<Double>
  }

  /// Sums what concerns cameras and warp alone.
  private mutating func sumCameraBlocks(
    _ linearization: Linearization, _ problem: AdjustmentProblem, _ gradient: inout [Double]
  ) {
    let order = matrix.rows
    for index in matrix.elements.indices { matrix.elements[index] = 0 }
    var sums = Array(
      repeating: Array(
        repeating: SIMD4<Double>.zero,
        count: ViewColumns.largestStride * ViewColumns.largestStride / 4),
      count: problem.cameras.count)
    for (index, view) in problem.views.enumerated() {
      let stride = layout.columns(camera: view.camera).stride
      let block = linearization.normals + linearization.offsets[index]
      sums[view.camera].withUnsafeMutableBufferPointer { sum in
        for element in 0..<(stride * stride / 4) { sum[element] += block[element] }
      }
    }
    matrix.elements.withUnsafeMutableBufferPointer { out in
      for camera in problem.cameras.indices {
        let columns = layout.columns(camera: camera)
        let places = layout.places[camera]
        sums[camera].withUnsafeBytes { bytes in
          let sum = bytes.assumingMemoryBound(to: Double.self)
          for i in places.indices where places[i] >= 0 {
            let line = i * columns.stride
            for j in i..<places.count where places[j] >= 0 {
              // Places grow with columns, so this is the lower triangle.
              out[places[j] + places[i] * order] += sum[line + j]
            }
            gradient[places[i]] += sum[line + columns.residual]
          }
        }
        for (i, pull) in problem.cameras[camera].pull.enumerated() where places[i] >= 0 {
          out[places[i] + places[i] * order] += pull
          let own = problem.cameras[camera]
          gradient[places[i]] += pull * (own.parameters[i] - own.pullTarget[i])
        }
      }
    }
    problem.rigPrior?.add(to: &matrix, &gradient, problem, layout)
  }

  /// Factors the equations of one board pose, and writes its columns of W.
  private mutating func eliminate(
    _ frame: Int, _ linearization: Linearization, _ problem: AdjustmentProblem,
    damping: Double, _ right: inout [Double]
  ) -> EliminatedFrame? {
    var own = InlineArray<6, SIMD8<Double>>(repeating: .zero)
    var gradient = SIMD8<Double>.zero
    for index in viewsOfFrame[frame] {
      let view = problem.views[index]
      let columns = layout.columns(camera: view.camera)
      let map = MotionMap(linearization.poses[index], centre: problem.boardCentre)
      let block = NormalBlock(linearization, index, columns)
      // Bᵀ A B: rows of A B first, then each column of that.
      var half = InlineArray<6, SIMD8<Double>>(repeating: .zero)
      for i in 0..<6 { half[i] = map.boardRow(block.motionRow(columns.motion + i)) }
      for j in 0..<6 {
        let column = map.boardRow(
          SIMD8(half[0][j], half[1][j], half[2][j], half[3][j], half[4][j], half[5][j], 0, 0))
        own[j] += column
      }
      gradient += map.boardRow(block.motionRow(columns.residual))
    }
    problem.frames[frame].addPrior(to: &own, &gradient, boardCentre: problem.boardCentre)
    // A board all of whose corners are thrown out has no equations: it stays where it is.
    if (0..<6).allSatisfy({ own[$0][$0] == 0 }) {
      for i in 0..<6 { own[i][i] = 1 }
    }
    guard let equations = SmallCholesky<6>(own, damping: damping) else { return nil }
    let forward = equations.forward(gradient)
    writeCouplings(frame, linearization, problem, equations, forward, &right)
    var diagonal = SIMD8<Double>.zero
    for i in 0..<6 { diagonal[i] = own[i][i] }
    return EliminatedFrame(
      equations: equations, gradient: gradient, forward: forward, diagonal: diagonal)
  }

  private mutating func writeCouplings(
    _ frame: Int, _ linearization: Linearization, _ problem: AdjustmentProblem,
    _ equations: SmallCholesky<6>, _ forward: SIMD8<Double>, _ right: inout [Double]
  ) {
    let order = matrix.rows
    let first = 6 * frame * order
    let views = viewsOfFrame[frame]
    couplings.elements.withUnsafeMutableBufferPointer { out in
      for index in first..<(first + 6 * order) { out[index] = 0 }
      for index in views {
        let view = problem.views[index]
        let columns = layout.columns(camera: view.camera)
        let places = layout.places[view.camera]
        let map = MotionMap(linearization.poses[index], centre: problem.boardCentre)
        let block = NormalBlock(linearization, index, columns)
        for i in places.indices where places[i] >= 0 {
          let w = equations.forward(map.boardRow(block.motionRow(i)))
          let place = places[i]
          for k in 0..<6 { out[first + k * order + place] += w[k] }
          right[place] -= (w * forward).sum()
        }
      }
    }
  }

  private func solve(
    _ right: [Double], _ gradient: [Double], _ diagonal: [Double], _ frames: [EliminatedFrame],
    _ damping: Double
  ) -> AdjustmentStep? {
    let count = layout.count
    // The unknowns are scaled to a unit diagonal, so that metres and coefficients of the sixth
    // power do not spoil the factorisation.
    let scale = diagonal.map { 1 / $0.squareRoot() }
    var scaled = matrix
    scaled.elements.withUnsafeMutableBufferPointer { out in
      for column in 0..<count {
        for row in column..<count { out[row + column * count] *= scale[row] * scale[column] }
      }
    }
    let cholesky: Cholesky
    do {
      cholesky = try Cholesky(scaled)
    } catch {
      // More damping is the answer to all that can go wrong here.
      return nil
    }
    var reduced = cholesky.solve(zip(right, scale).map { -$0 * $1 })
    for index in reduced.indices { reduced[index] *= scale[index] }
    guard reduced.allSatisfy({ $0.isFinite }) else { return nil }
    var decrease = 0.0
    for index in 0..<count {
      let step = reduced[index]
      decrease += step * (damping * diagonal[index] * step - gradient[index])
    }
    var steps: [SIMD8<Double>] = []
    steps.reserveCapacity(frames.count)
    couplings.elements.withUnsafeBufferPointer { w in
      for (index, frame) in frames.enumerated() {
        var y = -frame.forward
        for k in 0..<6 {
          let column = (6 * index + k) * count
          var sum = 0.0
          for place in 0..<count { sum += w[column + place] * reduced[place] }
          y[k] -= sum
        }
        let step = frame.equations.backward(y)
        decrease += (step * (damping * frame.diagonal * step - frame.gradient)).sum()
        steps.append(step)
      }
    }
    return AdjustmentStep(reduced: reduced, frames: steps, predictedDecrease: decrease)
  }
}

/// Reads one view's normal equations, of which only the upper blocks are stored.
private struct NormalBlock {
  let elements: UnsafePointer<Double>
  let columns: ViewColumns
  let stride: Int

  init(_ linearization: Linearization, _ index: Int, _ columns: ViewColumns) {
    elements = UnsafeRawPointer(linearization.normals + linearization.offsets[index])
      .assumingMemoryBound(to: Double.self)
    self.columns = columns
    stride = columns.stride
  }

  /// The products of column `i` with the six motion columns.
  @inline(__always)
  func motionRow(_ i: Int) -> SIMD8<Double> {
    let motion = columns.motion
    var row = SIMD8<Double>.zero
    for k in 0..<6 {
      let j = motion &+ k
      row[k] = elements[min(i, j) &* stride &+ max(i, j)]
    }
    return row
  }
}
