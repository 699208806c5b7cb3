/// The mean of samples without those that stand apart: glitches of converters, bumps.
package struct RobustMean: Equatable, Sendable {
  package let mean: Double
  /// Variance of `mean` by the scatter of the samples that were kept.
  package let variance: Double
  /// How many samples were kept and left out.
  package let kept: Int
  package let rejected: Int

  /// Leaves out what is further from the median than `limit` robust standard deviations (F. R.
  /// Hampel, J. Am. Stat. Assoc. 69, 1974: 1.4826 times the median absolute deviation), and never
  /// what is within one count. Nil without samples.
  package init?(_ samples: some Collection<Double>, limit: Double = 5) {
    guard let median = Self.median(Array(samples)) else { return nil }
    let deviation = Self.median(samples.map { abs($0 - median) }) ?? 0
    let reach = max(limit * 1.4826 * deviation, 1)
    let good = samples.filter { abs($0 - median) <= reach }
    mean = good.reduce(0, +) / Double(good.count)
    let mean = mean
    let squares = good.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let freedom = Double(max(1, good.count - 1))
    // Counts are whole: a quiet converter's scatter is not below that of rounding.
    variance = max(squares / freedom, 1.0 / 12) / Double(good.count)
    kept = good.count
    rejected = samples.count - good.count
  }

  static func median(_ samples: [Double]) -> Double? {
    guard !samples.isEmpty else { return nil }
    let sorted = samples.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
