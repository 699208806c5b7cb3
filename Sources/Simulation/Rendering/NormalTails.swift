import Glibc

/// Nodes and weights of Gauss-Legendre quadrature on -1...1, exact for polynomials up to degree
/// 2 count - 1.
///
/// Source: M. Abramowitz, I. Stegun, "Handbook of mathematical functions" (1964), 25.4.29; the roots
/// by Newton's method on the recurrence 22.7.10.
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  init(_ count: Int) {
    precondition(count > 0)
    var nodes: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      var x = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<50 {
        var (before, value) = (1.0, x)
        for degree in 1..<max(1, count) {
          let n = Double(degree)
          (before, value) = (value, ((2 * n + 1) * x * value - n * before) / (n + 1))
        }
        slope = Double(count) * (x * value - before) / (x * x - 1)
        let step = value / slope
        x -= step
        if abs(step) < 1e-15 { break }
      }
      nodes.append(-x)
      weights.append(2 / ((1 - x * x) * slope * slope))
    }
    self.nodes = nodes
    self.weights = weights
  }
}

/// P(X > h) of a standard normal X, to rounding.
func normalTail(_ h: Double) -> Double { 0.5 * erfc(h * 0.707_106_781_186_547_5) }

/// P(X > h, Y > k) of standard normal X and Y of one correlation, for many h and k.
///
///     P = Q(h) Q(k) + 1/(2 pi) integral of exp(-(h^2 + k^2 - 2 h k sin t) / (2 cos^2 t)), t in 0...asin r
///
/// To 1e-9 for correlations up to 0.75, to 1e-6 up to 0.97.
///
/// Source: Z. Drezner, G. Wesolowsky, "On the computation of the bivariate normal integral",
/// J. Statistical Computation and Simulation 35 (1990).
struct JointNormalTail {
  private static let few = GaussLegendre(6)
  private static let some = GaussLegendre(12)
  private static let many = GaussLegendre(20)

  private var count = 0
  private var sines = InlineArray<20, Double>(repeating: 0)
  private var slopes = InlineArray<20, Double>(repeating: 0)
  private var weights = InlineArray<20, Double>(repeating: 0)

  init(correlation: Double) {
    let r = max(-0.999, min(0.999, correlation))
    let rule = abs(r) < 0.3 ? Self.few : abs(r) < 0.75 ? Self.some : Self.many
    let half = 0.5 * asin(r)
    count = rule.nodes.count
    for index in 0..<count {
      let angle = half * (1 + rule.nodes[index])
      let cosine = cos(angle)
      sines[index] = sin(angle)
      slopes[index] = -0.5 / (cosine * cosine)
      weights[index] = rule.weights[index] * half / (2 * .pi)
    }
  }

  /// `tails` are P(X > h) and P(Y > k).
  func probability(_ h: Double, _ k: Double, tails: (Double, Double)) -> Double {
    let square = h * h + k * k
    let product = 2 * h * k
    var sum = tails.0 * tails.1
    for index in 0..<count {
      sum += weights[index] * exp(slopes[index] * (square - product * sines[index]))
    }
    return sum
  }
}
