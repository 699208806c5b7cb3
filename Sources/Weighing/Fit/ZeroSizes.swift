import Glibc
import LinearAlgebra

/// How large the random walk and the scatter of zeros are.
///
/// Means over a grid of sizes, nothing among them, each weighted by the likelihood of the
/// observations. A best size alone would be wrong on average where the true one is small, since a
/// size cannot be found below nothing.
struct ZeroSizes {
  /// Counts² per second.
  let walk: Double
  /// Counts².
  let scatter: Double

  /// More observations would say it more exactly, at a cost that grows with their cube.
  static let mostObservations = 60

  /// Multiples of the samples' own variance: of the scatter, and of the walk in ten seconds.
  private static let scatters = [0, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300]
  private static let walks = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100]

  init(_ kernel: ZeroKernel, _ observations: [ZeroObservation]) throws(LinearAlgebraError) {
    let count = Double(observations.count)
    let noise = max(observations.reduce(0) { $0 + $1.variance } / count, 1e-6)
    let cells = observations[0].counts.indices.map { Cell(kernel, observations, $0) }
    var trials: [(cost: Double, walk: Double, scatter: Double)] = []
    for scatter in Self.scatters {
      for walk in Self.walks {
        var cost = 0.0
        for cell in cells {
          cost += try cell.cost(walk: walk * noise / 10, scatter: scatter * noise)
        }
        trials.append((cost, walk * noise / 10, scatter * noise))
      }
    }
    let least = trials.map(\.cost).min() ?? 0
    var sum = (weight: 0.0, walk: 0.0, scatter: 0.0)
    for trial in trials {
      let weight = exp((least - trial.cost) / 2)
      sum.weight += weight
      sum.walk += weight * trial.walk
      sum.scatter += weight * trial.scatter
    }
    guard sum.weight > 0, sum.weight.isFinite else { throw .notFinite }
    walk = sum.walk / sum.weight
    scatter = sum.scatter / sum.weight
  }

  /// The observations of one cell.
  private struct Cell {
    private let fixed: Matrix
    private let times: [Double]
    private let values: [Double]

    init(_ kernel: ZeroKernel, _ observations: [ZeroObservation], _ cell: Int) {
      fixed = kernel.matrix(observations, cell, scatter: 0)
      times = observations.map { max(0, $0.time - kernel.start) }
      values = observations.map { $0.counts[cell] - observations[0].counts[cell] }
    }

    /// Minus twice the logarithm of their likelihood, less a constant.
    func cost(walk: Double, scatter: Double) throws(LinearAlgebraError) -> Double {
      var matrix = fixed
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
