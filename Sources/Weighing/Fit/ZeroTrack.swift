package import LinearAlgebra

/// The mean counts of one stretch of an empty scale.
package struct ZeroObservation: Equatable, Sendable {
  /// Seconds; the middle of the stretch.
  package let time: Double
  /// degC.
  package let temperature: Double
  /// Mean counts, one a cell.
  package let counts: [Double]
  /// Variance of such a mean from the scatter of its samples, counts², the mean over the cells.
  package let variance: Double
  /// What the cells remember of earlier loads, by cell, kilograms; see `LoadHistory`.
  package let features: [[Double]]

  package init(
    time: Double, temperature: Double, counts: [Double], variance: Double,
    features: [[Double]]? = nil
  ) {
    self.time = time
    self.temperature = temperature
    self.counts = counts
    self.variance = variance
    self.features = features ?? counts.map { _ in [] }
  }
}

/// How the counts of a scale with nothing on it move with temperature, time and the loads before.
///
/// Each cell's counts are a level, a part in proportion to temperature, parts in proportion to what
/// the cell remembers of earlier loads, and a random walk, seen with white scatter: best linear
/// prediction (C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006,
/// section 2.2). The sizes of walk and scatter are the same for all cells: means over what they may
/// be, each weighted by how likely it makes the observations. Temperature's part and memory have
/// priors, so that a session that does not tell them leaves them there with their uncertainty.
package struct ZeroTrack: Sendable {
  package let observations: [ZeroObservation]
  package let referenceTemperature: Double
  /// Standard deviation expected of the zeros' temperature coefficients, counts per kelvin.
  package let temperatureScatter: Double
  /// Standard deviations of the parts of the features, counts per kilogram, as these cells show
  /// them.
  package let featureScatter: [Double]
  /// Variance of the random walk, counts² per second.
  package let walk: Double
  /// Variance of a single zero beside the samples' own scatter, counts².
  package let scatter: Double

  /// The level's prior is so wide, counts, that it has no effect; it is taken from the first
  /// observation.
  static let levelSigma = 1e4

  /// - Parameters:
  ///   - featureScatter: what is expected of the features' parts, counts per kilogram.
  ///   - kinds: of each feature, from 0; features of one kind are larger or smaller than expected
  ///     together.
  ///
  /// Throws when observations are so many or so far apart that nothing can be computed.
  package init(
    _ observations: [ZeroObservation], referenceTemperature: Double, temperatureScatter: Double,
    featureScatter: [Double] = [], kinds: [Int]? = nil
  ) throws(LinearAlgebraError) {
    precondition(!observations.isEmpty)
    self.observations = observations
    self.referenceTemperature = referenceTemperature
    self.temperatureScatter = temperatureScatter
    let sizes = try ZeroSizes(
      ZeroKernel(
        referenceTemperature: referenceTemperature, temperatureScatter: temperatureScatter,
        featureScatter: featureScatter, walk: 0, start: observations[0].time),
      ZeroKernel.thinned(observations.count, most: ZeroSizes.mostObservations).map {
        observations[$0]
      }, kinds: kinds ?? featureScatter.map { _ in 0 })
    self.featureScatter = sizes.featureScatter
    walk = sizes.walk
    scatter = sizes.scatter
  }

  var kernel: ZeroKernel {
    ZeroKernel(
      referenceTemperature: referenceTemperature, temperatureScatter: temperatureScatter,
      featureScatter: featureScatter, walk: walk, start: observations[0].time)
  }

  /// A zero at some time as a weighted sum of observations.
  package struct Prediction: Sendable {
    package let time: Double
    package let temperature: Double
    let features: [[Double]]
    /// Best estimates, counts.
    package let counts: [Double]
    /// Variance of each, counts²; the scatter of a single zero is not in it.
    package let variances: [Double]
    /// The places of the observations it was made from, and their weights by cell.
    let used: [Int]
    let weights: [[Double]]
  }

  /// What the observations before `cutoff` say. Throws when there is none of the empty scale.
  package func predictor(before cutoff: Double) throws(LinearAlgebraError) -> ZeroPredictor {
    try ZeroPredictor(self, before: cutoff)
  }

  /// The zero at a time (seconds) and temperature (degC) from the observations before `cutoff`.
  package func prediction(
    time: Double, temperature: Double, features: [[Double]]? = nil,
    before cutoff: Double = .infinity
  ) throws(LinearAlgebraError) -> Prediction {
    try predictor(before: cutoff).prediction(
      time: time, temperature: temperature, features: features)
  }

  /// The covariance of the errors of two predictions by cell, counts².
  package func covariance(_ a: Prediction, _ b: Prediction) -> [Double] {
    covariances([a, b]).map { $0[0, 1] }
  }

  /// The covariance of the errors of predictions with each other, one matrix a cell, counts².
  func covariances(_ predictions: [Prediction]) -> [Matrix] {
    let kernel = kernel
    return observations[0].counts.indices.map { cell in
      let points = observations.map { kernel.point($0, cell) }
      let prior = kernel.matrix(observations, cell, scatter: scatter, isWhole: true)
      // Of a prediction less what is predicted, as weights of all observations.
      let weights = Matrix(
        rows: observations.count, columns: predictions.count,
        elements: predictions.flatMap { spread($0, cell) })
      let targets = predictions.map { kernel.point($0, cell) }
      var known = Matrix(rows: observations.count, columns: predictions.count)
      for (column, target) in targets.enumerated() {
        for (row, point) in points.enumerated() {
          known[row, column] = kernel.covariance(point, target)
        }
      }
      let crossed = weights.transposed * known
      var result = weights.transposed * (prior * weights)
      for (column, two) in targets.enumerated() {
        for (row, one) in targets.enumerated() {
          result[row, column] +=
            kernel.covariance(one, two) - crossed[row, column] - crossed[column, row]
        }
      }
      return result
    }
  }

  /// The weights of all observations in a prediction.
  private func spread(_ prediction: Prediction, _ cell: Int) -> [Double] {
    var weights = Array(repeating: 0.0, count: observations.count)
    for (index, weight) in zip(prediction.used, prediction.weights[cell]) {
      weights[index] = weight
    }
    return weights
  }

  /// Each cell's temperature coefficient, counts per kelvin, and their standard uncertainties, from
  /// the observations before `cutoff`.
  package func temperatureCoefficients(
    before cutoff: Double = .infinity
  ) throws(LinearAlgebraError) -> (values: [Double], sigmas: [Double]) {
    try predictor(before: cutoff).temperatureCoefficients()
  }
}
