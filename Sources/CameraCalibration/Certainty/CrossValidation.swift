import Execution
import Geometry
import LensModels
import LinearAlgebra

/// How much a camera's lens differs between the even and the odd frames of a session, each half
/// solved by itself.
///
/// Noise of the corners explains a difference as large as both halves' uncertainties together;
/// where it is clearly larger, something that the model does not know of is at work.
///
/// Source: the test is D. Kogan's, "mrcal" (https://mrcal.secretsauce.net), section
/// "cross-validation"; independent uncertainties are added here as squares.
package struct CrossValidationDifference: Equatable, Sendable {
  /// Mean and root mean square, over the cells that both halves cover, of the distance between the
  /// pixels at which both lenses see a point at infinity, after the best rotation; pixels.
  package var meanPixels: Double
  package var rmsPixels: Double
  /// The root mean square that the covariances of both halves let expect.
  package var predictedPixels: Double
  /// By cell of `PictureCoverage`: the distance, nil where a half has no corners.
  package var cells: [Double?]
  /// The same as the covariances let expect: the root of the mean squared distance.
  package var predictedCells: [Double?]

  package init(
    meanPixels: Double, rmsPixels: Double, predictedPixels: Double, cells: [Double?],
    predictedCells: [Double?]
  ) {
    self.meanPixels = meanPixels
    self.rmsPixels = rmsPixels
    self.predictedPixels = predictedPixels
    self.cells = cells
    self.predictedCells = predictedCells
  }

  /// What of the difference noise does not explain, even three times as large as expected, pixels.
  /// (Lenses have few unknowns, so that the difference scatters much.)
  package var unexplainedPixels: Double {
    max(0, rmsPixels * rmsPixels - 9 * predictedPixels * predictedPixels).squareRoot()
  }

  /// Found over expected: about 1 where noise explains the difference; nil where none is expected.
  package var ratio: Double? { predictedPixels > 0 ? rmsPixels / predictedPixels : nil }
}

/// A camera as one half of the frames gives it.
struct HalfCamera {
  var lens: Lens
  /// Of the lens's parameters.
  var covariance: Matrix
  var coverage: PictureCoverage
}

/// Solves the even and the odd frames each by themselves, from the common optimum.
///
/// By half, then by camera of the problem; nil where a half leaves the lens open. The noise of the
/// corners, `unitDeviation`, is that of all frames. `sizes` are the cameras' picture sizes, pixels.
func solveHalves(
  _ problem: AdjustmentProblem, unitDeviation: Double, sizes: [(width: Int, height: Int)],
  threads: ThreadCount
) -> [[HalfCamera?]] {
  let frames = problem.framesInUse
  let widths = sizes.map(\.width)
  let heights = sizes.map(\.height)
  return parallelMap(2, threads: threads) { half in
    var own = problem.subset(
      frames: frames.indices.filter { $0 % 2 == half }.map { frames[$0] })
    let nothing: [HalfCamera?] = own.cameras.map { _ in nil }
    guard let start = StateCovariance(own, unitDeviation: 1, threads: ThreadCount(1)) else {
      return nothing
    }
    // A camera of which a half sees too little must not keep the others from converging.
    for place in own.cameras.indices
    where start.block(start.lensPlaces(camera: place)) == nil { own.cameras[place].holdLens() }
    let summary = adjust(
      &own,
      limits: AdjustmentLimits(iterations: 20, relativeDecrease: 1e-7, initialDamping: 1e-6),
      threads: ThreadCount(1))
    guard let summary, summary.termination == .converged,
      let covariance = StateCovariance(
        own, unitDeviation: unitDeviation, threads: ThreadCount(1))
    else { return nothing }
    return own.cameras.indices.map { place in
      let camera = own.cameras[place]
      guard let block = covariance.block(covariance.lensPlaces(camera: place)) else { return nil }
      do {
        return HalfCamera(
          lens: try Lens(
            kind: camera.kind, width: widths[place], height: heights[place],
            parameters: camera.parameters),
          covariance: block,
          coverage: own.coverage(camera: place, width: widths[place], height: heights[place]))
      } catch {
        return nil
      }
    }
  }
}

extension CrossValidationDifference {
  /// The difference of two halves' lenses; nil when too few cells are covered by both.
  init?(_ even: HalfCamera, _ odd: HalfCamera) {
    let cells = even.coverage.counts.indices.filter {
      even.coverage.counts[$0] > 0 && odd.coverage.counts[$0] > 0
    }
    let pixels = cells.map { even.coverage.centre(cell: $0) }
    guard let evenGauge = PoseFollowingLens(even.lens, pixels: pixels, ranges: [nil]),
      let oddGauge = PoseFollowingLens(odd.lens, pixels: pixels, ranges: [nil]),
      let rotation = bestRotation(from: even.lens, to: odd.lens, pixels: pixels)
    else { return nil }
    var distances: [Double?] = even.coverage.counts.map { _ in nil }
    var predicted = distances
    var (sum, squares, expected, count) = (0.0, 0.0, 0.0, 0.0)
    for (cell, pixel) in zip(cells, pixels) {
      guard let direction = even.lens.unproject(pixel),
        let other = odd.lens.project(rotation * direction),
        let own = evenGauge.covariance(even.lens, pixel: pixel, range: nil, even.covariance),
        let others = oddGauge.covariance(odd.lens, pixel: pixel, range: nil, odd.covariance)
      else { continue }
      let distance = (other - pixel).length
      distances[cell] = distance
      sum += distance
      squares += distance * distance
      predicted[cell] = max(0, own.trace + others.trace).squareRoot()
      expected += own.trace + others.trace
      count += 1
    }
    guard count > 0 else { return nil }
    self.init(
      meanPixels: sum / count, rmsPixels: (squares / count).squareRoot(),
      predictedPixels: (expected / count).squareRoot(), cells: distances,
      predictedCells: predicted)
  }
}

/// The rotation of directions that brings what one lens sees at some pixels nearest to these pixels
/// in another lens's picture, in the sense of least squares; nil when it cannot be told.
func bestRotation(from lens: Lens, to other: Lens, pixels: [Vector2]) -> Rotation? {
  let directions = pixels.compactMap { pixel in
    lens.unproject(pixel).map { (pixel: pixel, direction: $0) }
  }
  var rotation = Rotation.identity
  // Gauss and Newton; differences are of pixels, so that each round wins digits by the thousand.
  for _ in 0..<6 {
    var normal = InlineArray<3, SIMD8<Double>>(repeating: .zero)
    var right = SIMD8<Double>.zero
    func add(_ gradient: Vector3, _ residual: Double) {
      for i in 0..<3 {
        normal[i] += SIMD8(gradient.x, gradient.y, gradient.z, 0, 0, 0, 0, 0) * gradient[i]
        right[i] -= gradient[i] * residual
      }
    }
    var count = 0
    for (pixel, direction) in directions {
      let turned = rotation * direction
      guard let seen = other.projectWithDerivatives(turned) else { continue }
      add(turned.cross(seen.xByPoint), seen.pixel.x - pixel.x)
      add(turned.cross(seen.yByPoint), seen.pixel.y - pixel.y)
      count += 1
    }
    guard count >= 3, let factor = SmallCholesky<3>(normal, damping: 0) else { return nil }
    let step = factor.backward(factor.forward(right))
    let turn = Vector3(step[0], step[1], step[2])
    guard turn.length.isFinite else { return nil }
    rotation = Rotation(rotationVector: turn) * rotation
    if turn.length < 1e-12 { break }
  }
  return rotation
}
