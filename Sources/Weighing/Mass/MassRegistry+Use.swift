package import Documents
package import Measurements

extension MassRegistry {
  /// What forbids or burdens the use of masses on a scale today; empty when nothing does.
  ///
  /// `loads` are the placements, each the ids of the masses put on together. A mass that is
  /// unknown, overdue, out of its class or, in a placement, too coarse stops the run: its finding
  /// is `.unusable`. A load is too coarse when the errors of its masses together exceed a third of
  /// the maximum permissible error there (OIML R 76-1:2006, 3.7.1); that is compared exactly.
  package func findings(
    using loads: [[String]], on scale: LegalScale?, at now: UTCTime,
    when occasion: LegalScale.Occasion = .initialVerification
  ) -> [Finding] {
    var findings: [Finding] = []
    var seen: Set<String> = []
    for id in loads.joined() where seen.insert(id).inserted {
      guard let mass = self[id] else {
        findings.append(Self.unknown(id))
        continue
      }
      if mass.due < now { findings.append(Self.overdue(mass)) }
      if let finding = Self.outOfClass(mass) { findings.append(finding) }
    }
    var tooCoarse: Set<[String]> = []
    for load in loads {
      guard let scale, tooCoarse.insert(load.sorted()).inserted else { continue }
      if let finding = coarseness(of: load, on: scale, when: occasion) { findings.append(finding) }
    }
    return findings
  }

  private func coarseness(
    of load: [String], on scale: LegalScale, when occasion: LegalScale.Occasion
  ) -> Finding? {
    let masses = load.compactMap { self[$0] }
    guard !masses.isEmpty, masses.count == load.count else { return nil }
    let total = masses.reduce(ExactMass.zero) { $0 + $1.value }
    let error = masses.reduce(ExactMass.zero) { $0 + ($1.largestError ?? .zero) }
    return Self.coarseness(
      of: total, error: error, subject: SafeText.line(load.joined(separator: " + ")), on: scale,
      when: occasion)
  }

  /// A finding when masses that may be wrong by `error` together are too coarse for a load.
  static func coarseness(
    of load: ExactMass, error: ExactMass, subject: String, on scale: LegalScale,
    when occasion: LegalScale.Occasion
  ) -> Finding? {
    let limit = scale.permissibleError(load: load, when: occasion)
    guard 3 * error > limit else { return nil }
    return Finding(
      code: "mass_too_coarse", severity: .unusable, subject: subject,
      text: "The masses for \(load) may be wrong by \(error); a third of the scale's limit of "
        + "\(limit) is allowed (OIML R 76-1, 3.7.1).",
      remedy: "Use masses of a finer class, or fewer of them.")
  }

  private static func unknown(_ id: String) -> Finding {
    Finding(
      code: "mass_unknown", severity: .unusable, subject: SafeText.line(id, limit: 80),
      text: "Mass \(SafeText.line(id, limit: 80)) is not in the registry.",
      remedy: "Enter it with its certificate, or use a mass that is there.")
  }

  private static func overdue(_ mass: ReferenceMass) -> Finding {
    Finding(
      code: "mass_overdue", severity: .unusable, subject: SafeText.line(mass.id),
      text: "The certificate \(SafeText.line(mass.certificate)) of mass \(SafeText.line(mass.id)) "
        + "ended on \(mass.due.description.prefix(10)).",
      remedy: "Have the mass calibrated and enter the new certificate, or use another mass.")
  }

  private static func outOfClass(_ mass: ReferenceMass) -> Finding? {
    guard let value = mass.calibrated?.conventionalMass,
      let limit = mass.massClass.permissibleError(nominal: mass.nominal),
      (value - mass.nominal).magnitude > limit
    else { return nil }
    return Finding(
      code: "mass_out_of_class", severity: .warning, subject: SafeText.line(mass.id),
      text: "Mass \(SafeText.line(mass.id)) is off by \((value - mass.nominal).magnitude), more "
        + "than its class \(mass.massClass.rawValue) allows (\(limit)); its certified value is "
        + "used.",
      remedy: "Have it adjusted, or enter it in a coarser class.")
  }
}
