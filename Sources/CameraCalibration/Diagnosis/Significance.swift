import Glibc

/// By how much a hypothesis lowers the cost of a fit, and whether chance could have done it.
struct CostGain: Equatable, Sendable {
  /// Without and with the hypothesis; weighted sums of squares.
  var before: Double
  var after: Double
  /// The unknowns that the hypothesis adds.
  var unknowns: Int
  /// Observations less unknowns, with the hypothesis.
  var freedom: Int

  /// By how much the cost falls.
  var size: Double { max(0, before - after) }

  /// The part of the cost that it takes away, 0...1.
  var share: Double { before > 0 ? size / before : 0 }

  /// The root mean square of what it takes from the corners' distances, without what noise gives to
  /// any unknown; pixels. `squaredWeights` is the sum over the corners, 1/pixels^2.
  func error(_ squaredWeights: Double) -> Double {
    let noise = after / Double(max(1, freedom)) * Double(unknowns)
    return (max(0, size - noise) / max(.leastNormalMagnitude, squaredWeights)).squareRoot()
  }

  /// True when chance can be ruled out.
  var isCertain: Bool { deviations > DiagnosisThreshold.deviations }

  /// The gain in standard deviations of a normal distribution.
  ///
  /// The gain over the variance left is chi-square distributed where the hypothesis is idle; its
  /// cube root is nearly normal (E. B. Wilson, M. M. Hilferty, "The distribution of chi-square",
  /// PNAS 17 (1931)).
  var deviations: Double {
    guard unknowns > 0, freedom > 0, after > 0 else { return 0 }
    let chiSquare = size / (after / Double(freedom))
    let k = Double(unknowns)
    let spread = 2 / (9 * k)
    return (cbrt(chiSquare / k) - (1 - spread)) / spread.squareRoot()
  }
}
