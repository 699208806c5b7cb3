import Glibc

/// The chi-square distribution.
struct ChiSquare: Sendable {
  let freedom: Double

  init(freedom: Int) {
    precondition(freedom > 0)
    self.freedom = Double(freedom)
  }

  /// The bounds within which a value lies with a probability of 99.9 %, as much left out on either
  /// side.
  ///
  /// Source: E. Wilson, M. Hilferty, "The distribution of chi-square", PNAS 17 (1931); within 0.2 %
  /// from 100 degrees of freedom on.
  var bounds: ClosedRange<Double> { quantile(normal: -3.2905)...quantile(normal: 3.2905) }

  private func quantile(normal: Double) -> Double {
    let root = 1 - 2 / (9 * freedom) + normal * (2 / (9 * freedom)).squareRoot()
    return freedom * max(0, root * root * root)
  }

  /// The probability of a value below `value`: the incomplete gamma function P(freedom/2, value/2).
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.11.4 (series) and 8.9.2 (continued
  /// fraction, evaluated by Lentz's method).
  func cumulative(_ value: Double) -> Double {
    let a = 0.5 * freedom
    let x = 0.5 * value
    guard x > 0 else { return 0 }
    let factor = exp(a * log(x) - x - lgamma(a))
    guard x >= a + 1 else {
      var term = 1 / a
      var sum = term
      var n = a
      while term > 1e-16 * sum {
        n += 1
        term *= x / n
        sum += term
      }
      return min(1, factor * sum)
    }
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for i in 1...10_000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = an * d + b
      if abs(d) < tiny { d = tiny }
      c = b + an / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = d * c
      fraction *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return max(0, 1 - factor * fraction)
  }

  /// The largest difference between the distribution of some values and this one (Kolmogorov's D),
  /// times the root of their number: below 1.95 in 999 of 1000 cases for many values.
  ///
  /// Source: A. Kolmogorov, "Sulla determinazione empirica di una legge di distribuzione" (1933).
  func kolmogorovDistance(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let count = Double(sorted.count)
    var largest = 0.0
    for (index, value) in sorted.enumerated() {
      let expected = cumulative(value)
      largest = max(
        largest, expected - Double(index) / count, Double(index + 1) / count - expected)
    }
    return largest * count.squareRoot()
  }
}
