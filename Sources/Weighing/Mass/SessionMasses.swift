package import Documents
package import Measurements

/// Whether the masses of a recorded session may be used on a scale.
package enum SessionMasses {
  /// What forbids their use; each is `.unusable`.
  ///
  /// Where the session names masses of a registry, their certificates are looked at as of the day
  /// of the session (today where it does not say); in any case the limits of each load's masses
  /// together are held against a third of the scale's (OIML R 76-1:2006, 3.7.1).
  package static func findings(
    _ procedure: RecordedProcedure, _ registry: MassRegistry?, on scale: LegalScale?,
    at now: UTCTime
  ) -> [Finding] {
    let named = procedure.steps.compactMap(\.massIDs)
    if let registry, !named.isEmpty {
      return registry.findings(using: named, on: scale, at: procedure.started ?? now)
    }
    guard let scale else { return [] }
    var seen: Set<[Double]> = []
    return procedure.steps.compactMap { step in
      guard step.isLoaded, seen.insert((step.nominal + step.limits).sorted()).inserted,
        let load = ExactMass(kilograms: step.nominal.reduce(0, +)),
        let error = ExactMass(kilograms: step.limits.reduce(0, +) * 1e-6)
      else { return nil }
      return MassRegistry.coarseness(
        of: load, error: error, subject: "step \(step.number)", on: scale,
        when: .initialVerification)
    }
  }
}
