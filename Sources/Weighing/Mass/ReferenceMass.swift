package import Documents

/// A mass that a scale is calibrated with, as the registry holds it.
package struct ReferenceMass: Equatable, Sendable {
  /// What is engraved on it or its box, for example `M1-20-3`.
  package let id: String
  package let nominal: ExactMass
  package let massClass: MassClass
  /// The number of its certificate.
  package let certificate: String
  /// From the certificate, where it says so.
  package let calibrated: CalibratedValue?
  /// Until when the certificate counts.
  package let due: UTCTime

  /// A conventional mass with its uncertainty.
  package struct CalibratedValue: Equatable, Sendable {
    package let conventionalMass: ExactMass
    /// U.
    package let expandedUncertainty: ExactMass
    /// k of that U.
    package let coverageFactor: Double

    package init(
      conventionalMass: ExactMass, expandedUncertainty: ExactMass, coverageFactor: Double = 2
    ) {
      self.conventionalMass = conventionalMass
      self.expandedUncertainty = expandedUncertainty
      self.coverageFactor = coverageFactor
    }
  }

  package init(
    id: String, nominal: ExactMass, massClass: MassClass, certificate: String,
    calibrated: CalibratedValue? = nil, due: UTCTime
  ) {
    self.id = id
    self.nominal = nominal
    self.massClass = massClass
    self.certificate = certificate
    self.calibrated = calibrated
    self.due = due
  }

  /// The value to calculate with: the certificate's, else the nominal one.
  package var value: ExactMass { calibrated?.conventionalMass ?? nominal }

  /// How far the true mass may be from `value`: U of the certificate, or the limit of the class;
  /// nil for a nominal value that the class does not know.
  package var largestError: ExactMass? {
    calibrated?.expandedUncertainty ?? massClass.permissibleError(nominal: nominal)
  }

  /// How much a certified mass may have changed since, as a multiple of its U: the least that EURAMET
  /// cg-18, 7.1.2, recommends, for masses that are calibrated again by the day that they are due.
  package static let drift = 1.0

  /// The standard uncertainty of `value`, kilograms: U/k and drift since the certificate, or the
  /// limit of the class, which covers drift, over √3 (EURAMET cg-18, 7.1.2).
  package var standardUncertainty: Double? {
    if let calibrated {
      let expanded = calibrated.expandedUncertainty.kilograms
      let (certified, drift) = (
        expanded / calibrated.coverageFactor, Self.drift * expanded / 3.0.squareRoot()
      )
      return (certified * certified + drift * drift).squareRoot()
    }
    return massClass.permissibleError(nominal: nominal).map { $0.kilograms / 3.0.squareRoot() }
  }
}
