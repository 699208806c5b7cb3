import Execution
import LinearAlgebra

/// How sure the unknowns of cameras and warp are at the optimum of a problem.
///
/// The inverse of the reduced matrix (see `ReducedSystem`) is the covariance of cameras and warp
/// with all board poses left free, for observations of unit variance. The variance of an
/// observation of weight 1 comes from the residuals:
///
///     variance = sum(weight^2 (dx^2 + dy^2)) / (2 corners - unknowns)
///
/// over the corners used, with weights proportional to one over a corner's own standard deviation,
/// so that those deviations count relative to each other and the residuals give their size. Unknowns
/// are all directions that are determined, and six of each board pose. Where corners beyond 4 sigma
/// were thrown out (3 in 10 000 of normal errors), the variance is made good for what they took.
///
/// Source: B. Triggs et al., "Bundle Adjustment - A Modern Synthesis" (2000), sections 6.1 and 9.
struct StateCovariance {
  let layout: StateLayout
  /// By place in the layout: false where the data leave the unknown open.
  let isDetermined: [Bool]
  /// In the units of the unknowns; rows and columns of what is not determined have no meaning.
  let matrix: Matrix
  /// The reduced matrix itself, for observations of unit variance: in what is left open it is zero.
  let information: Matrix
  /// How many directions of the unknowns the data determine.
  let rank: Int
  /// Standard deviation of an observation of weight 1, pixels per axis where weights are relative.
  let unitDeviation: Double

  /// Eigenvalues of the reduced matrix, scaled to a unit diagonal before board poses are
  /// eliminated, below this are rounding: true zeros come out near 1e-15.
  static let smallestEigenvalue = 1e-13

  /// The variance of a normal error of two axes that is known to be shorter than 4 sigma, by its
  /// whole variance: 1 - q exp(-q) / (1 - exp(-q)), q = 4^2 / 2.
  private static let keptVariance = 1 - 8 * 3.3546262790251185e-4 / (1 - 3.3546262790251185e-4)

  /// The covariance at the state of `problem`, which must be its optimum. `unitDeviation` replaces
  /// the one of the residuals. `isTrimmed` when corners beyond 4 sigma were thrown out. Nil without
  /// equations, or when residuals do not outnumber unknowns.
  init?(
    _ problem: AdjustmentProblem, unitDeviation given: Double? = nil, isTrimmed: Bool = false,
    threads: ThreadCount
  ) {
    // Board poses without corners have no equations.
    let problem = problem.subset(frames: problem.framesInUse)
    let layout = StateLayout(problem)
    guard layout.count > 0 else { return nil }
    let linearization = Linearization(problem, layout, threads: threads)
    guard linearization.update(problem, loss: .squares) else { return nil }
    var system = ReducedSystem(problem, layout)
    guard let reduced = system.reduced(linearization, problem) else { return nil }
    let eigen: SymmetricEigen
    do {
      eigen = try SymmetricEigen(reduced.matrix)
    } catch {
      return nil
    }
    let count = layout.count
    let firstDetermined =
      eigen.values.firstIndex { $0 > Self.smallestEigenvalue } ?? count
    if let given {
      unitDeviation = given
    } else {
      // What is known of a rig already are observations like corners, of unit variance.
      let freedom =
        2 * problem.usedCornerCount + (problem.rigPrior?.rank ?? 0) - (count - firstDetermined)
        - 6 * problem.frames.count
      guard freedom > 0 else { return nil }
      let cost = problem.cameras.reduce(linearization.cost - problem.framePriorCost) {
        $0 - $1.pullCost
      }
      // Of exact corners, rounding leaves a little less than nothing.
      let kept = isTrimmed ? Self.keptVariance : 1
      unitDeviation = (max(0, cost) / (kept * Double(freedom))).squareRoot()
    }
    // For observations of unit variance, so that exact corners leave open what others do:
    // V diag(1/values) Vᵀ as a product of two factors.
    var factor = Matrix(rows: count, columns: count)
    for column in firstDetermined..<count {
      let size = 1 / eigen.values[column].squareRoot()
      for row in 0..<count {
        factor[row, column] = eigen.vectors[row, column] * size * reduced.scale[row]
      }
    }
    var covariance = factor * factor.transposed
    isDetermined = (0..<count).map { place in
      var open = 0.0
      for column in 0..<firstDetermined {
        open += eigen.vectors[place, column] * eigen.vectors[place, column]
      }
      // What the open directions would add, were they known just a little better than they are.
      open *= reduced.scale[place] * reduced.scale[place] / Self.smallestEigenvalue
      let known = covariance[place, place]
      return known.isFinite && open <= 0.01 * known
    }
    let variance = unitDeviation * unitDeviation
    for index in covariance.elements.indices { covariance.elements[index] *= variance }
    matrix = covariance
    var information = reduced.matrix
    for column in 0..<count {
      for row in 0..<count {
        information[row, column] /= reduced.scale[row] * reduced.scale[column]
      }
    }
    self.information = information
    rank = count - firstDetermined
    self.layout = layout
  }

  /// The standard deviation of the unknown at a place; nil where it is held or left open.
  func deviation(_ place: Int) -> Double? {
    guard place >= 0, isDetermined[place] else { return nil }
    return max(0, matrix[place, place]).squareRoot()
  }

  /// The covariance of the unknowns at some places, in their order; nil when one of them is held or
  /// left open.
  func block(_ places: [Int]) -> Matrix? {
    guard !places.isEmpty, places.allSatisfy({ $0 >= 0 && isDetermined[$0] }) else { return nil }
    var block = Matrix(rows: places.count, columns: places.count)
    for (column, other) in places.enumerated() {
      for (row, place) in places.enumerated() { block[row, column] = matrix[place, other] }
    }
    return block
  }

  /// The deviations of the board's bend, metres; nil where it is held or left open.
  var warpDeviation: [Double]? {
    guard let places = layout.places.first?.suffix(2) else { return nil }
    let deviations = places.compactMap { deviation($0) }
    return deviations.count == 2 ? deviations : nil
  }

  /// The places of a camera's lens parameters.
  func lensPlaces(camera: Int) -> [Int] { Array(layout.places[camera].dropLast(8)) }

  /// The places of a camera's turn and move.
  func posePlaces(camera: Int) -> [Int] { Array(layout.places[camera].dropLast(2).suffix(6)) }
}

extension AdjustmentProblem {
  /// Frames with corners that are not thrown out.
  var framesInUse: [Int] {
    var isUsed = Array(repeating: false, count: frames.count)
    for view in views where !isUsed[view.frame] {
      isUsed[view.frame] = self.isUsed(view)
    }
    return frames.indices.filter { isUsed[$0] }
  }
}
