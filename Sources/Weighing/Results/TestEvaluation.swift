package import Measurements

/// A test held against one limit; or against none, where no limit was asked for.
package struct TestEvaluation: Sendable {
  package let result: TestResult
  /// With the clause, for example `OIML R 76-1:2006, 3.6.2`; nil where no limit was asked for.
  package let standard: String?
  package let occasion: String?
  package let limit: ExactMass?
  package let guardBand: ExactMass?
  package let rule: Conformity.DecisionRule?
  package let verdict: Verdict
  package let note: String?
}

/// The occasions that a scale is evaluated on.
package enum EvaluationOccasion: CaseIterable, Sendable {
  case initial, inService, acceptance, maintenance

  package var word: String {
    switch self {
    case .initial: LegalScale.Occasion.initialVerification.rawValue
    case .inService: LegalScale.Occasion.inService.rawValue
    case .acceptance: Handbook44.acceptance.rawValue
    case .maintenance: Handbook44.maintenance.rawValue
    }
  }

  /// The clause that a test's limit stands in; nil where the standard has no such limit here.
  func clause(of test: ScaleTest) -> String? {
    switch self {
    case .initial, .inService: return "OIML R 76-1:2006, \(test.clause)"
    case .acceptance, .maintenance:
      let clause = self == .acceptance ? "T.N.3.2" : "T.N.3.1"
      switch test {
      case .weighing: return "NIST Handbook 44, 2.20, \(clause)"
      case .eccentricity: return "NIST Handbook 44, 2.20, shift test, \(clause)"
      case .repeatability: return "NIST Handbook 44, 2.20, repeatability"
      default: return nil
      }
    }
  }

  /// The limit of a test on a scale, without sign; nil where there is none.
  func limit(of test: ScaleTest, load: ExactMass, on scale: LegalScale) -> ExactMass? {
    switch self {
    case .initial, .inService:
      let occasion: LegalScale.Occasion = self == .initial ? .initialVerification : .inService
      switch test {
      case .weighing, .eccentricity:
        return scale.permissibleError(load: load, when: occasion)
      case .repeatability, .hysteresis:
        return scale.repeatabilityLimit(load: load, when: occasion)
      case .creep: return ExactMass(micrograms: scale.interval(load: load).micrograms / 2)
      case .lateCreep: return ExactMass(micrograms: scale.interval(load: load).micrograms / 5)
      case .zeroReturn: return scale.zeroReturnLimit
      case .discrimination: return scale.discriminationLimit(load: load)
      case .zeroSetting: return scale.zeroSettingLimit
      case .temperatureAtNoLoad: return scale.noLoadTemperatureLimit(kelvin: 5)
      }
    case .acceptance: return Handbook44.acceptance.tolerance(load: load, of: scale)
    case .maintenance: return Handbook44.maintenance.tolerance(load: load, of: scale)
    }
  }
}

extension TestResult {
  /// The result against every limit that a rig asks for; against none without one.
  package func evaluations(_ spec: ScaleSpec?) -> [TestEvaluation] {
    guard let spec, let scale = spec.legal else {
      return [
        TestEvaluation(
          result: self, standard: nil, occasion: nil, limit: nil, guardBand: nil, rule: nil,
          verdict: .notAsked, note: note)
      ]
    }
    return EvaluationOccasion.allCases.compactMap { evaluation($0, scale, spec) }
  }

  private func evaluation(
    _ occasion: EvaluationOccasion, _ scale: LegalScale, _ spec: ScaleSpec
  ) -> TestEvaluation? {
    guard let standard = occasion.clause(of: test), let load = ExactMass(kilograms: load)
    else { return nil }
    let limit = occasion.limit(of: test, load: load, on: scale)
    let typeTest = spec.typeTests.first { $0.test == test }
    let found = conformity(limit, spec.rule)
    var verdict = found?.verdict ?? .notDetermined
    var note = note
    if load > scale.capacity {
      verdict = .notDetermined
      note = "the load is beyond Max"
    } else if let added, let asked = scale.discriminationLoad(load: load),
      ExactMass(kilograms: added) != asked
    {
      verdict = .notDetermined
      note = [note, "1.4 d is \(asked)"].compactMap { $0 }.joined(separator: "; ")
    } else if !isConclusive, verdict != .fail {
      verdict = typeTest == nil ? .notDetermined : .pass
      let basis = typeTest.map { "taken from the type test \($0.document)" }
      note = [note, basis].compactMap { $0 }.joined(separator: "; ")
    }
    return TestEvaluation(
      result: self, standard: standard, occasion: occasion.word, limit: limit,
      guardBand: found?.guardBand, rule: found?.rule, verdict: verdict, note: note)
  }

  /// False when the session was too short for the test to end well.
  private var isConclusive: Bool {
    switch test {
    case .creep, .lateCreep, .zeroReturn: (duration ?? 0) >= 29 * 60 && value != nil
    default: value != nil
    }
  }

  private func conformity(
    _ limit: ExactMass?, _ rule: Conformity.DecisionRule
  ) -> Conformity? {
    // Of discrimination too much is no fault: other tests find that.
    let least = test == .discrimination ? 0 : -Double.infinity
    guard let limit, let value = value.flatMap({ ExactMass(kilograms: max(least, $0)) }),
      let expanded = budget.expanded.flatMap({ ExactMass(kilograms: $0) })
    else { return nil }
    return Conformity(
      value: value, limit: limit, expandedUncertainty: expanded, rule: rule)
  }
}

extension [TestEvaluation] {
  /// The verdict of all together by the limits of initial verification (R 76-1): the worst one.
  package var overall: Verdict { overall(.initial) }

  /// By the limits of one occasion.
  package func overall(_ occasion: EvaluationOccasion) -> Verdict {
    let verdicts = filter { $0.occasion == occasion.word }.map(\.verdict)
    for verdict in [Verdict.fail, .notDetermined, .marginal] where verdicts.contains(verdict) {
      return verdict
    }
    return verdicts.isEmpty ? .notAsked : .pass
  }
}
