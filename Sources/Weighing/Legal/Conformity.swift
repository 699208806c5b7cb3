package import Measurements

/// A measured value held against a limit with a guard band (JCGM 106:2012, 8.3).
package struct Conformity: Equatable, Sendable {
  /// How uncertainty enters the verdict; a report must say which was used (ISO/IEC 17025, 7.8.6).
  package enum DecisionRule: String, CaseIterable, Codable, Sendable {
    /// Within the limit passes: the uncertainty only has to be small enough (JCGM 106, 8.2).
    case simpleAcceptance = "simple_acceptance"
    /// Within the limit by less than the expanded uncertainty is marginal.
    case guardBanded = "guard_banded"
  }

  package let value: ExactMass
  /// The largest magnitude allowed, inclusive.
  package let limit: ExactMass
  /// Expanded uncertainty U, k stated elsewhere.
  package let expandedUncertainty: ExactMass
  package let rule: DecisionRule

  package init(
    value: ExactMass, limit: ExactMass, expandedUncertainty: ExactMass, rule: DecisionRule
  ) {
    self.value = value
    self.limit = limit
    self.expandedUncertainty = expandedUncertainty
    self.rule = rule
  }

  /// The width taken off the limit: the expanded uncertainty, or nothing.
  package var guardBand: ExactMass { rule == .guardBanded ? expandedUncertainty : .zero }

  /// Fail beyond the limit, marginal within it by less than the guard band, else pass; not
  /// determined where U exceeds the limit itself.
  ///
  /// All comparisons are of whole micrograms, and limits are inclusive.
  package var verdict: Verdict {
    if expandedUncertainty > limit { return .notDetermined }
    if value.magnitude > limit { return .fail }
    return value.magnitude + guardBand <= limit ? .pass : .marginal
  }
}
