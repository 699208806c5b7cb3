import Glibc
import Testing

@testable import Simulation

struct NormalTailsTests {
  @Test func quadratureIsExactForPolynomials() {
    for count in [1, 2, 3, 6, 12, 20] {
      let rule = GaussLegendre(count)
      #expect(abs(rule.weights.reduce(0, +) - 2) < 1e-13)
      for power in 0..<(2 * count) {
        let sum = zip(rule.nodes, rule.weights).reduce(0) { $0 + pow($1.0, Double(power)) * $1.1 }
        let exact = power.isMultiple(of: 2) ? 2 / Double(power + 1) : 0
        #expect(abs(sum - exact) < 1e-12, "\(count) points, power \(power)")
      }
    }
  }

  @Test func tailsAreThoseOfTheTables() {
    #expect(abs(normalTail(0) - 0.5) < 1e-16)
    #expect(abs(normalTail(1.959_963_984_540_054) - 0.025) < 1e-15)
    #expect(abs(normalTail(-1) + normalTail(1) - 1) < 1e-15)
  }

  /// At the centre the joint probability is 1/4 + asin(r) / (2 pi) (Sheppard 1899).
  @Test func jointTailsFollowSheppard() {
    for r in [-0.97, -0.8, -0.5, -0.1, 0, 0.2, 0.6, 0.9, 0.97] {
      let joint = JointNormalTail(correlation: r)
      let exact = 0.25 + asin(r) / (2 * .pi)
      #expect(abs(joint.probability(0, 0, tails: (0.5, 0.5)) - exact) < 1e-12, "\(r)")
    }
  }

  /// Elsewhere it is the integral of the density times the tail of what is left of the other.
  @Test func jointTailsAreTheIntegralOfTheDensity() {
    let rule = GaussLegendre(40)
    for r in [-0.9, -0.6, 0.25, 0.7, 0.96] {
      let joint = JointNormalTail(correlation: r)
      for (h, k) in [(0.3, -0.4), (1.2, 0.9), (-1.5, 0.7), (2.5, 2.2), (-0.2, -3)] {
        var exact = 0.0
        let panels = 40
        for panel in 0..<panels {
          let low = h + (9 - h) * Double(panel) / Double(panels)
          let half = 0.5 * (9 - h) / Double(panels)
          for (node, weight) in zip(rule.nodes, rule.weights) {
            let x = low + half * (1 + node)
            let density = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
            exact += weight * half * density * normalTail((k - r * x) / (1 - r * r).squareRoot())
          }
        }
        let found = joint.probability(h, k, tails: (normalTail(h), normalTail(k)))
        #expect(abs(found - exact) < (abs(r) <= 0.75 ? 1e-9 : 2e-6), "\(r) \(h) \(k)")
      }
    }
  }
}
