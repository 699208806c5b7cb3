import Glibc
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

  package init(time: Double, temperature: Double, counts: [Double], variance: Double) {
    self.time = time
    self.temperature = temperature
    self.counts = counts
    self.variance = variance
  }
}

/// How the counts of an empty scale move with temperature and time.
///
/// Each cell's zero is a level, a part in proportion to temperature, and a random walk, seen with
/// white scatter: best linear prediction (C. E. Rasmussen, C. K. I. Williams, Gaussian Processes
/// for Machine Learning, 2006, section 2.2). The sizes of walk and scatter are those that make the
/// observations most likely, the same for all cells; the temperature's part has a prior, so that a
/// session at one temperature leaves it there with its whole uncertainty.
package struct ZeroTrack: Sendable {
  package let observations: [ZeroObservation]
  package let referenceTemperature: Double
  /// Standard deviation expected of the zeros' temperature coefficients, counts per kelvin.
  package let temperatureScatter: Double
  /// Variance of the random walk, counts² per second.
  package let walk: Double
  /// Variance of a single zero beside the samples' own scatter, counts².
  package let scatter: Double

  /// The level's prior is so wide, counts, that it has no effect; it is taken from the first
  /// observation.
  private static let levelSigma = 1e4

  /// Throws when observations are so many or so far apart that nothing can be computed.
  package init(
    _ observations: [ZeroObservation], referenceTemperature: Double, temperatureScatter: Double
  ) throws(LinearAlgebraError) {
    precondition(!observations.isEmpty)
    self.observations = observations
    let sample = Self.chosen(observations)
    self.referenceTemperature = referenceTemperature
    self.temperatureScatter = temperatureScatter
    let noise = observations.reduce(0) { $0 + $1.variance } / Double(observations.count)
    var best: (cost: Double, walk: Double, scatter: Double)?
    // Multiples of the samples' own variance, for the scatter and for the walk in ten seconds.
    for scatter in [0.1, 0.3, 1, 3, 10, 30, 100, 300] {
      for walk in [0.001, 0.01, 0.1, 0.3, 1, 3, 10, 30, 100] {
        let trial = (walk: walk * max(noise, 1e-6) / 10, scatter: scatter * max(noise, 1e-6))
        let cost = try Self.cost(
          sample, referenceTemperature, temperatureScatter, trial.walk, trial.scatter)
        if cost < best?.cost ?? .infinity { best = (cost, trial.walk, trial.scatter) }
      }
    }
    // Then finer, one after the other.
    for factor in [1.7, 1 / 1.7, 1.3, 1 / 1.3, 1.14, 1 / 1.14] {
      for change in [(walk: factor, scatter: 1.0), (walk: 1, scatter: factor)] {
        guard let now = best else { break }
        let trial = (walk: now.walk * change.walk, scatter: now.scatter * change.scatter)
        let cost = try Self.cost(
          sample, referenceTemperature, temperatureScatter, trial.walk, trial.scatter)
        if cost < now.cost { best = (cost, trial.walk, trial.scatter) }
      }
    }
    guard let best else { throw .notFinite }
    walk = best.walk
    scatter = best.scatter
  }

  /// How many observations are used at once: the work grows with their cube.
  private static let most = 150

  /// All observations where they are few; else the latest ones and of the others every so many.
  private static func chosen(_ observations: [ZeroObservation]) -> [ZeroObservation] {
    guard observations.count > most else { return observations }
    let late = observations.suffix(most / 2)
    let early = observations.dropLast(most / 2)
    let stride = early.count / (most / 2) + 1
    return early.enumerated().filter { $0.offset % stride == 0 }.map(\.element) + late
  }

  /// A zero at some time as a weighted sum of observations.
  package struct Prediction: Sendable {
    package let time: Double
    package let temperature: Double
    /// Best estimates, counts.
    package let counts: [Double]
    /// Variance of each, counts².
    package let variance: Double
    /// The observations it was made from, and their weights.
    let used: [ZeroObservation]
    let weights: [Double]
  }

  /// The zero at a time (seconds) and temperature (degC) from the observations before `cutoff`.
  ///
  /// Throws when there is none before the cutoff.
  package func prediction(
    time: Double, temperature: Double, before cutoff: Double = .infinity
  ) throws(LinearAlgebraError) -> Prediction {
    let used = Self.chosen(observations.filter { $0.time < cutoff })
    guard let first = used.first else { throw .notFinite }
    let factor = try Cholesky(
      Self.covariance(used, referenceTemperature, temperatureScatter, walk, scatter))
    let known = used.map { prior($0.time, $0.temperature, time, temperature) }
    let weights = factor.solve(known)
    var counts = first.counts
    for cell in counts.indices {
      for (weight, observation) in zip(weights, used) {
        counts[cell] += weight * (observation.counts[cell] - first.counts[cell])
      }
    }
    let explained = zip(weights, known).reduce(0) { $0 + $1.0 * $1.1 }
    let before = prior(time, temperature, time, temperature)
    return Prediction(
      time: time, temperature: temperature, counts: counts,
      variance: max(0, before - explained) + scatter,
      used: used, weights: weights)
  }

  /// The covariance of the errors of two predictions, counts², the same for each cell.
  package func covariance(_ a: Prediction, _ b: Prediction) -> Double {
    var sum = prior(a.time, a.temperature, b.time, b.temperature)
    for (weight, one) in zip(a.weights, a.used) {
      sum -= weight * prior(one.time, one.temperature, b.time, b.temperature)
    }
    for (weight, two) in zip(b.weights, b.used) {
      sum -= weight * prior(two.time, two.temperature, a.time, a.temperature)
    }
    for (left, one) in zip(a.weights, a.used) {
      for (right, two) in zip(b.weights, b.used) {
        let noise = one.time == two.time ? scatter + one.variance : 0
        sum += left * right * (prior(one.time, one.temperature, two.time, two.temperature) + noise)
      }
    }
    return sum
  }

  /// Each cell's temperature coefficient, counts per kelvin, and their standard uncertainty, from
  /// the observations before `cutoff`.
  package func temperatureCoefficients(
    before cutoff: Double = .infinity
  ) throws(LinearAlgebraError) -> (values: [Double], sigma: Double) {
    let used = Self.chosen(observations.filter { $0.time < cutoff })
    guard let first = used.first else { throw .notFinite }
    let factor = try Cholesky(
      Self.covariance(used, referenceTemperature, temperatureScatter, walk, scatter))
    let square = temperatureScatter * temperatureScatter
    let known = used.map { square * ($0.temperature - referenceTemperature) }
    let weights = factor.solve(known)
    let values = first.counts.indices.map { cell in
      zip(weights, used).reduce(0) {
        $0 + $1.0 * ($1.1.counts[cell] - first.counts[cell])
      }
    }
    let explained = zip(weights, known).reduce(0) { $0 + $1.0 * $1.1 }
    return (values, max(0, square - explained).squareRoot())
  }

  private func prior(_ t: Double, _ warm: Double, _ u: Double, _ hot: Double) -> Double {
    Self.prior(
      t, warm - referenceTemperature, u, hot - referenceTemperature, temperatureScatter, walk,
      start: observations[0].time)
  }

  private static func prior(
    _ t: Double, _ a: Double, _ u: Double, _ b: Double, _ temperatureScatter: Double,
    _ walk: Double, start: Double
  ) -> Double {
    levelSigma * levelSigma + temperatureScatter * temperatureScatter * a * b
      + walk * max(0, min(t, u) - start)
  }

  private static func covariance(
    _ used: [ZeroObservation], _ reference: Double, _ temperatureScatter: Double, _ walk: Double,
    _ scatter: Double
  ) -> Matrix {
    var matrix = Matrix(rows: used.count, columns: used.count)
    for (row, a) in used.enumerated() {
      for (column, b) in used.enumerated() {
        matrix[row, column] = prior(
          a.time, a.temperature - reference, b.time, b.temperature - reference,
          temperatureScatter, walk, start: used[0].time)
      }
      matrix[row, row] += scatter + a.variance
    }
    return matrix
  }

  /// Minus twice the logarithm of the observations' likelihood, less a constant.
  private static func cost(
    _ observations: [ZeroObservation], _ reference: Double, _ temperatureScatter: Double,
    _ walk: Double, _ scatter: Double
  ) throws(LinearAlgebraError) -> Double {
    let factor = try Cholesky(
      covariance(observations, reference, temperatureScatter, walk, scatter))
    var logarithm = 0.0
    for index in observations.indices { logarithm += 2 * log(factor.factor[index, index]) }
    let cells = observations[0].counts.count
    var cost = Double(cells) * logarithm
    for cell in 0..<cells {
      let values = observations.map { $0.counts[cell] - observations[0].counts[cell] }
      cost += zip(values, factor.solve(values)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return cost
  }
}
