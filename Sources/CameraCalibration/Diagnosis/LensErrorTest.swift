import Execution
import Geometry
import LensModels
import LinearAlgebra

/// How far a lens model is from what a camera saw.
struct LensErrorTest: Equatable, Sendable {
  /// Root mean square over the corners of what is systematic in the residuals, pixels.
  var error: Double
  var gain: CostGain
  /// The richer model that takes it away; nil when none was tried.
  var richer: LensKind?
}

extension AdjustmentProblem {
  /// The problem with another lens model for some cameras, started from what their lenses draw over
  /// the corners seen. Cameras whose lens cannot be converted keep theirs.
  func withLenses(
    _ kind: LensKind, _ chosen: [Int], sizes: [(width: Int, height: Int)]
  ) -> AdjustmentProblem {
    var result = self
    for index in chosen where cameras[index].kind != kind {
      let old = cameras[index]
      let centre = Vector2(old.parameters[2], old.parameters[3])
      let radius = views.filter { $0.camera == index }.flatMap { corners[$0.corners] }
        .filter { $0.weight > 0 }.map { (Vector2($0.x, $0.y) - centre).length }.max()
      do {
        let lens = try Lens(
          kind: old.kind, width: sizes[index].width, height: sizes[index].height,
          parameters: old.parameters)
        result.cameras[index].parameters = converted(lens, to: kind, radius: radius ?? 0)
        result.cameras[index].kind = kind
        result.cameras[index].freeLens()
      } catch {
        continue
      }
    }
    result.pullRationalCoefficients()
    return result
  }

  /// Weighted squared distances of the corners used, by view.
  var costByView: [Double] {
    let residuals = self.residuals()
    return views.map { view in
      view.corners.reduce(0) { sum, index in
        let weight = corners[index].weight
        guard weight > 0 else { return sum }
        return sum + residuals[index].dot(residuals[index]) * weight * weight
      }
    }
  }

  /// What each camera has of the cost and of the corners used.
  var shares: [(cost: Double, corners: Int, squaredWeights: Double)] {
    var shares = cameras.map { _ in (cost: 0.0, corners: 0, squaredWeights: 0.0) }
    let residuals = self.residuals()
    for view in views {
      for index in view.corners where corners[index].weight > 0 {
        let square = corners[index].weight * corners[index].weight
        shares[view.camera].cost += residuals[index].dot(residuals[index]) * square
        shares[view.camera].corners += 1
        shares[view.camera].squaredWeights += square
      }
    }
    return shares
  }

  /// The part of observations that unknowns have not taken, 0...1.
  var freedomShare: Double { Double(max(0, freedom)) / Double(max(1, 2 * usedCornerCount)) }

  /// What is systematic in the residuals of one camera over its picture: a smooth field fitted to
  /// them (see `FieldBasis`). `freedom` is the part of observations that unknowns have not taken.
  ///
  /// Much of a lens error hides in poses and in the lens's own parameters, and is not seen here: the
  /// error found is a lower bound. Nil where there are too few corners.
  func residualField(camera: Int, freedom: Double) -> LensErrorTest? {
    let residuals = self.residuals()
    let p = cameras[camera].parameters
    let used = views.filter { $0.camera == camera }.flatMap { view in
      view.corners.filter { corners[$0].weight > 0 }
    }
    let places = used.map { Vector2(corners[$0].x - p[2], corners[$0].y - p[3]) }
    let terms = FieldBasis.count
    guard used.count > 2 * terms, let largest = places.map(\.length).max(), largest > 0 else {
      return nil
    }
    var basis = Matrix(rows: 2 * used.count, columns: terms)
    var right = Matrix(rows: 2 * used.count, columns: 1)
    var squaredWeights = 0.0
    for (row, index) in used.enumerated() {
      let weight = corners[index].weight
      squaredWeights += weight * weight
      right[2 * row, 0] = weight * residuals[index].x
      right[2 * row + 1, 0] = weight * residuals[index].y
      FieldBasis.fill(&basis, row: 2 * row, place: places[row] * (1 / largest), weight: weight)
    }
    let transposed = basis.transposed
    let projected = transposed * right
    let before = right.elements.reduce(0) { $0 + $1 * $1 }
    let fit: LeastSquares
    do {
      fit = try LeastSquares(transposed * basis, projected.elements, relativeTolerance: 1e-9)
    } catch {
      return nil
    }
    let explained = zip(fit.solution, projected.elements).reduce(0) { $0 + $1.0 * $1.1 }
    let left = Int(2 * Double(used.count) * freedom) - fit.rank
    guard explained.isFinite, left > 0 else { return nil }
    let gain = CostGain(
      before: before, after: max(0, before - explained), unknowns: fit.rank, freedom: left)
    return LensErrorTest(error: gain.error(squaredWeights), gain: gain, richer: nil)
  }
}

/// The terms of a smooth vector field over the picture: polynomials of the place up to the fourth
/// degree for each component, and r^5, r^7, r^9, r^11 along the radius.
private enum FieldBasis {
  static let count = 2 * 15 + 4

  /// Writes the terms' values at one place, which lies within the unit circle about the principal
  /// point: those of the x component into `row`, those of y into the next.
  static func fill(_ matrix: inout Matrix, row: Int, place: Vector2, weight: Double) {
    let u = chebyshev(place.x)
    let v = chebyshev(place.y)
    var term = 0
    for i in 0...4 {
      for j in 0...(4 - i) {
        matrix[row, term] = weight * u[i] * v[j]
        matrix[row + 1, term + 1] = weight * u[i] * v[j]
        term += 2
      }
    }
    let square = place.dot(place)
    var power = weight * square * square
    for _ in 0..<4 {
      matrix[row, term] = place.x * power
      matrix[row + 1, term] = place.y * power
      power *= square
      term += 1
    }
  }

  /// T_0 to T_4.
  private static func chebyshev(_ t: Double) -> InlineArray<5, Double> {
    let s = t * t
    return [1, t, 2 * s - 1, t * (4 * s - 3), 8 * s * (s - 1) + 1]
  }
}
