import Glibc
import LinearAlgebra

/// How large the random walk and the scatter of zeros are, and how much the cells remember.
///
/// Means over grids of sizes, each weighted by the likelihood of the observations. A best size alone
/// would be wrong on average where the true one is small, since a size cannot be found below nothing.
/// Each is held to be nothing as likely as not: what samples scatter by, what temperature does and
/// what cells remember is known beside it.
struct ZeroSizes {
  /// Counts² per second.
  let walk: Double
  /// Counts².
  let scatter: Double
  /// Standard deviations of the features' parts, counts per kilogram: those expected, times what
  /// the cells of this scale show of their kind.
  let featureScatter: [Double]

  /// More observations would say it more exactly, at a cost that grows with their cube.
  static let mostObservations = 60

  /// Multiples of the samples' own variance: of the scatter, and of the walk in ten seconds.
  private static let scatters = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300]
  private static let walks = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100]
  /// Multiples of what is expected of a kind of features.
  private static let multiples = [0.1, 0.2, 0.4, 0.7, 1, 1.5, 2.5, 4]

  /// - Parameter kinds: of each feature, from 0: those of one kind have one multiple.
  init(
    _ kernel: ZeroKernel, _ observations: [ZeroObservation], kinds: [Int]
  ) throws(LinearAlgebraError) {
    let count = Double(observations.count)
    let noise = max(observations.reduce(0) { $0 + $1.variance } / count, 1e-6)
    let cells = observations[0].counts.indices.map { Cell(kernel, observations, $0, kinds) }
    var sizes = try Self.sizes(cells, noise)
    var squares = cells[0].byKind.map { _ in 1.0 }
    if !squares.isEmpty {
      // How much is remembered, and what then is left to walk and scatter.
      squares = try Self.squares(cells, sizes)
      for cell in cells { cell.settle(squares) }
      sizes = try Self.sizes(cells, noise)
    }
    guard sizes.walk.isFinite, sizes.scatter.isFinite, squares.allSatisfy({ $0.isFinite }) else {
      throw .notFinite
    }
    (walk, scatter) = sizes
    featureScatter = zip(kernel.featureScatter, kinds).map { $0 * squares[$1].squareRoot() }
  }

  private static func sizes(
    _ cells: [Cell], _ noise: Double
  ) throws(LinearAlgebraError) -> (walk: Double, scatter: Double) {
    var trials: [(cost: Double, values: [Double])] = []
    for scatter in scatters {
      for walk in walks {
        var cost = scatter > 0 ? 2 * log(Double(scatters.count - 1)) : 0
        cost += walk > 0 ? 2 * log(Double(walks.count - 1)) : 0
        for cell in cells {
          cost += try cell.cost(walk: walk * noise / 10, scatter: scatter * noise)
        }
        trials.append((cost, [walk * noise / 10, scatter * noise]))
      }
    }
    let means = Self.means(trials)
    return (means[0], means[1])
  }

  /// Squares of the kinds' multiples. Beside the likelihood counts that a multiple is rarely far
  /// from one.
  private static func squares(
    _ cells: [Cell], _ sizes: (walk: Double, scatter: Double)
  ) throws(LinearAlgebraError) -> [Double] {
    var trials: [(cost: Double, values: [Double])] = []
    var combinations: [[Double]] = [[]]
    for _ in cells[0].byKind {
      combinations = combinations.flatMap { c in multiples.map { c + [$0] } }
    }
    for multiples in combinations {
      var cost = multiples.reduce(0) { $0 + log($1) * log($1) }
      let squares = multiples.map { $0 * $0 }
      for cell in cells {
        cost += try cell.cost(walk: sizes.walk, scatter: sizes.scatter, kinds: squares)
      }
      trials.append((cost, squares))
    }
    return means(trials)
  }

  /// Means of values, weighted by likelihood.
  private static func means(_ trials: [(cost: Double, values: [Double])]) -> [Double] {
    let least = trials.map(\.cost).min() ?? 0
    var (total, sums) = (0.0, trials[0].values.map { _ in 0.0 })
    for trial in trials {
      let weight = exp((least - trial.cost) / 2)
      total += weight
      for index in sums.indices { sums[index] += weight * trial.values[index] }
    }
    return sums.map { $0 / total }
  }

  /// The observations of one cell.
  private final class Cell {
    /// Covariances without memory, of each kind of memory at its expected size, and of both.
    private let plain: Matrix
    let byKind: [Matrix]
    private var settled: Matrix
    private let times: [Double]
    private let values: [Double]

    init(_ kernel: ZeroKernel, _ observations: [ZeroObservation], _ cell: Int, _ kinds: [Int]) {
      plain = kernel.keeping { _ in false }.matrix(observations, cell, scatter: 0)
      byKind = (0..<((kinds.max() ?? -1) + 1)).map { kind in
        kernel.keeping { kinds[$0] == kind }.memory(observations, cell)
      }
      times = observations.map { max(0, $0.time - kernel.start) }
      values = observations.map { $0.counts[cell] - observations[0].counts[cell] }
      settled = plain
      settle(byKind.map { _ in 1 })
    }

    /// Memory has these squares of multiples from now on.
    func settle(_ squares: [Double]) { settled = sum(squares) }

    private func sum(_ squares: [Double]) -> Matrix {
      var matrix = plain
      for (square, own) in zip(squares, byKind) {
        for index in matrix.elements.indices {
          matrix.elements[index] += square * own.elements[index]
        }
      }
      return matrix
    }

    /// Minus twice the logarithm of their likelihood, less a constant.
    func cost(
      walk: Double, scatter: Double, kinds: [Double]? = nil
    ) throws(LinearAlgebraError) -> Double {
      var matrix = kinds.map { sum($0) } ?? settled
      for column in times.indices {
        for row in column..<times.count {
          matrix[row, column] += walk * min(times[row], times[column])
        }
        matrix[column, column] += scatter
      }
      let factor = try Cholesky(matrix)
      var cost = zip(values, factor.solve(values)).reduce(0) { $0 + $1.0 * $1.1 }
      for index in times.indices { cost += 2 * log(factor.factor[index, index]) }
      return cost
    }
  }
}
