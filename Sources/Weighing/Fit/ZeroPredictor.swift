import LinearAlgebra

/// Zeros as the observations before some time foretell them.
package struct ZeroPredictor: Sendable {
  private let kernel: ZeroKernel
  private let used: [ZeroObservation]
  private let places: [Int]
  private let first: ZeroObservation
  private let factors: [Cholesky]

  /// How many observations are used at once.
  private static let most = 150

  init(_ track: ZeroTrack, before cutoff: Double) throws(LinearAlgebraError) {
    // Observations are in the order of time.
    let count = track.observations.count { $0.time < cutoff }
    guard let first = track.observations.prefix(count).first else { throw .notFinite }
    places = ZeroKernel.thinned(count, most: Self.most)
    let used = places.map { track.observations[$0] }
    let kernel = track.kernel
    self.kernel = kernel
    self.used = used
    self.first = first
    var factors: [Cholesky] = []
    for cell in first.counts.indices {
      factors.append(try Cholesky(kernel.matrix(used, cell, scatter: track.scatter)))
    }
    self.factors = factors
  }

  /// The zero at a time (seconds) and temperature (degC); of cells that remember `features`, nothing
  /// where nil.
  package func prediction(
    time: Double, temperature: Double, features: [[Double]]? = nil
  ) -> ZeroTrack.Prediction {
    let features = features ?? factors.map { _ in [] }
    var (counts, variances, weights) = ([Double](), [Double](), [[Double]]())
    for (cell, factor) in factors.enumerated() {
      let point = ZeroKernel.Point(
        time: time, kelvin: temperature - kernel.referenceTemperature, features: features[cell])
      let known = used.map { kernel.covariance(kernel.point($0, cell), point) }
      let own = factor.solve(known)
      counts.append(
        zip(own, used).reduce(first.counts[cell]) {
          $0 + $1.0 * ($1.1.counts[cell] - first.counts[cell])
        })
      let explained = zip(own, known).reduce(0) { $0 + $1.0 * $1.1 }
      variances.append(max(0, kernel.covariance(point, point) - explained))
      weights.append(own)
    }
    return ZeroTrack.Prediction(
      time: time, temperature: temperature, features: features, counts: counts,
      variances: variances, used: places, weights: weights)
  }

  /// The covariance of the errors of predictions made by this predictor, of one cell: rows and
  /// columns in their order, counts².
  func covariance(_ predictions: [ZeroTrack.Prediction], _ cell: Int) -> Matrix {
    let observed = used.map { kernel.point($0, cell) }
    var matrix = Matrix(rows: predictions.count, columns: predictions.count)
    for (column, two) in predictions.enumerated() {
      let point = kernel.point(two, cell)
      let known = observed.map { kernel.covariance($0, point) }
      for (row, one) in predictions.enumerated() where row >= column {
        let explained = zip(one.weights[cell], known).reduce(0) { $0 + $1.0 * $1.1 }
        matrix[row, column] = kernel.covariance(kernel.point(one, cell), point) - explained
        matrix[column, row] = matrix[row, column]
      }
    }
    return matrix
  }

  /// Each cell's temperature coefficient, counts per kelvin, and their standard uncertainties.
  func temperatureCoefficients() -> (values: [Double], sigmas: [Double]) {
    let square = kernel.temperatureScatter * kernel.temperatureScatter
    let known = used.map { square * ($0.temperature - kernel.referenceTemperature) }
    var (values, sigmas) = ([Double](), [Double]())
    for (cell, factor) in factors.enumerated() {
      let weights = factor.solve(known)
      values.append(
        zip(weights, used).reduce(0) { $0 + $1.0 * ($1.1.counts[cell] - first.counts[cell]) })
      let explained = zip(weights, known).reduce(0) { $0 + $1.0 * $1.1 }
      sigmas.append(max(0, square - explained).squareRoot())
    }
    return (values, sigmas)
  }
}
