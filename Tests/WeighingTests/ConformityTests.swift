import Measurements
import Testing

@testable import Weighing

struct ConformityTests {
  func verdict(
    _ value: Int64, limit: Int64, _ uncertainty: Int64, _ rule: Conformity.DecisionRule
  ) -> Verdict {
    Conformity(
      value: .milligrams(value), limit: .milligrams(limit),
      expandedUncertainty: .milligrams(uncertainty), rule: rule
    ).verdict
  }

  @Test func limitsAreInclusive() {
    #expect(verdict(7500, limit: 7500, 0, .guardBanded) == .pass)
    #expect(verdict(-7500, limit: 7500, 0, .simpleAcceptance) == .pass)
    #expect(
      Conformity(
        value: ExactMass(micrograms: 7_500_001), limit: .milligrams(7500),
        expandedUncertainty: .zero, rule: .simpleAcceptance
      ).verdict == .fail)
  }

  @Test func guardBandMakesMarginal() {
    #expect(verdict(5000, limit: 7500, 2500, .guardBanded) == .pass)
    #expect(verdict(5001, limit: 7500, 2500, .guardBanded) == .marginal)
    #expect(verdict(5001, limit: 7500, 2500, .simpleAcceptance) == .pass)
    #expect(verdict(7501, limit: 7500, 2500, .guardBanded) == .fail)
    #expect(verdict(0, limit: 7500, 7501, .guardBanded) == .notDetermined)
  }
}
