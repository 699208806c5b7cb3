/// The influences of EURAMET cg-18 (4.0) on the error of an indication, all in kilograms. Lengths
/// of rectangular distributions are their half-widths; √3 makes them standard (GUM 4.3.7).
extension UncertaintyBudget.Row {
  /// Rounding at no load, ± d/2; ± d/4 where the scale sets zero to better than that (7.1.1).
  package static func roundingAtZero(interval d: Double, setsZeroToQuarter: Bool = false) -> Self {
    Self(
      name: "rounding_at_zero", source: "EURAMET cg-18, 7.1.1, rectangular",
      standardUncertainty: d / (setsZeroToQuarter ? 4 : 2) / 3.0.squareRoot())
  }

  /// Rounding of the reading, ± d/2 (7.1.1).
  package static func roundingAtLoad(interval d: Double) -> Self {
    Self(
      name: "rounding_at_load", source: "EURAMET cg-18, 7.1.1, rectangular",
      standardUncertainty: d / 2 / 3.0.squareRoot())
  }

  /// Scatter of repeated readings (7.1.1): their standard deviation from `count` readings, of
  /// which the result is the mean of `averaged`. Fewer than two readings tell nothing: nil.
  package static func repeatability(
    standardDeviation: Double, count: Int, averaged: Int = 1
  ) -> Self? {
    guard count >= 2, averaged >= 1 else { return nil }
    return Self(
      name: "repeatability", source: "EURAMET cg-18, 7.1.1, \(count) readings",
      standardUncertainty: standardDeviation / Double(averaged).squareRoot(),
      degreesOfFreedom: Double(count - 1))
  }

  /// Bodies that do not lie in the middle (7.1.1): greatest difference `difference` found with
  /// the load `testLoad`, at a reading. Nil without a test load.
  package static func eccentricity(
    difference: Double, testLoad: Double, reading: Double
  ) -> Self? {
    guard testLoad > 0 else { return nil }
    return Self(
      name: "eccentricity", source: "EURAMET cg-18, 7.1.1, rectangular",
      standardUncertainty: abs(difference / (2 * testLoad * 3.0.squareRoot()) * reading))
  }

  /// Masses used at their nominal value: the limits of their class, added one to the next since
  /// they may share their error, over √3 (7.1.2).
  package static func massTolerances(_ tolerances: [Double]) -> Self {
    Self(
      name: "reference_masses", source: "EURAMET cg-18, 7.1.2, limits of the class added up",
      standardUncertainty: tolerances.reduce(0) { $0 + abs($1) } / 3.0.squareRoot())
  }

  /// Masses used at their certified value: U/k of each, added one to the next (7.1.2).
  package static func massCertificates(_ uncertainties: [(expanded: Double, k: Double)]) -> Self {
    Self(
      name: "certified_masses", source: "EURAMET cg-18, 7.1.2, certificates added up",
      standardUncertainty: uncertainties.reduce(0) { $0 + $1.expanded / $1.k })
  }

  /// What certified masses may have changed by since: U times `ReferenceMass.drift` of each, added
  /// one to the next, over √3 (7.1.2).
  package static func massDrift(_ expanded: [Double]) -> Self {
    Self(
      name: "mass_drift", source: "EURAMET cg-18, 7.1.2, since their certificates",
      standardUncertainty: expanded.reduce(0) { $0 + ReferenceMass.drift * $1 } / 3.0.squareRoot())
  }

  /// Air buoyancy, for a scale adjusted just before use: a quarter of the masses' limits over √3
  /// (7.1.2).
  package static func buoyancyAfterAdjustment(massTolerance: Double) -> Self {
    Self(
      name: "buoyancy", source: "EURAMET cg-18, 7.1.2, adjusted just before",
      standardUncertainty: abs(massTolerance) / (4 * 3.0.squareRoot()))
  }
}
