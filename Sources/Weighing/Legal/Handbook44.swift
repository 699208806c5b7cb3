/// Tolerances of NIST Handbook 44, Scales Code (2.20), class III, Table 6 (T.N.3.1).
package enum Handbook44: String, CaseIterable, Codable, Sendable {
  /// For scales newly put into service: half the maintenance tolerance (T.N.3.2).
  case acceptance
  case maintenance

  /// The tolerance of a load, without sign, on a class III scale or range with division `d`.
  ///
  /// Loads between two rows of the table, which counts whole divisions, belong to the row below
  /// until its last division is exceeded: 500 d has 1 d, anything more has 2 d.
  package func tolerance(load: ExactMass, division d: ExactMass) -> ExactMass {
    let load = load.magnitude
    let divisions: Int64 = load <= 500 * d ? 1 : load <= 2000 * d ? 2 : load <= 4000 * d ? 3 : 5
    switch self {
    case .maintenance: return divisions * d
    case .acceptance: return ExactMass(micrograms: divisions * d.micrograms / 2)
    }
  }

  /// The tolerance of a load on a scale of one or several ranges, each by itself; nil for scales
  /// of another class, whose tolerances are not held here.
  package func tolerance(load: ExactMass, of scale: LegalScale) -> ExactMass? {
    guard scale.accuracyClass == .medium else { return nil }
    return tolerance(load: load, division: scale.interval(load: load))
  }
}
