/// What is known of the masses of one load, as an uncertainty budget takes it. All in kilograms.
package struct LoadMasses: Sendable {
  /// U and k of the masses that count by their certificates.
  let certificates: [(expanded: Double, k: Double)]
  /// Limits of the class of those that count by their nominal value.
  let tolerances: [Double]
  /// Limits of the class of all.
  let limits: [Double]

  /// Of a step, by the registry that it names its masses of; else by the limits that it states.
  init(_ step: RecordedProcedure.Step, _ registry: MassRegistry?) {
    var certificates: [(expanded: Double, k: Double)] = []
    var tolerances: [Double] = []
    var limits: [Double] = []
    for place in step.nominal.indices {
      let mass = (step.massIDs?[place]).flatMap { registry?[$0] }
      let limit =
        mass.flatMap { $0.massClass.permissibleError(nominal: $0.nominal)?.kilograms }
        ?? step.limits[place] * 1e-6
      limits.append(limit)
      if let value = mass?.calibrated {
        certificates.append((value.expandedUncertainty.kilograms, value.coverageFactor))
      } else {
        tolerances.append(limit)
      }
    }
    self.certificates = certificates
    self.tolerances = tolerances
    self.limits = limits
  }
}
