package import ScaleModels

/// A known load of a session, read with the finished model.
package struct LoadReading: Sendable {
  package let step: RecordedProcedure.Step
  /// Seconds; the middle of the stretch that was averaged.
  package let time: Double
  /// What its masses are known to weigh together, kilograms: by their certificates, else nominally.
  package let known: Double
  package let reading: ScaleReading
  /// Mean counts by cell, and what the empty scale said then.
  package let counts: [Double]
  package let zero: [Double]
  /// degC.
  package let temperature: Double
  /// Radians; nil without an accelerometer.
  package let tilt: SIMD2<Double>?
  /// What each cell carries of it, kilograms.
  package let forces: [Double]
  /// Standard uncertainty of the empty scale's part of the reading, kilograms.
  package let zeroSigma: Double
  /// Of the samples' part, kilograms.
  package let noise: Double
  let masses: LoadMasses

  /// Sum of the nominal masses, kilograms.
  package var nominal: Double { step.nominal.reduce(0, +) }
  /// Reading less known mass, kilograms.
  package var error: Double { reading.mass - known }
  /// Sum of the limits of the masses' errors, kilograms.
  package var tolerance: Double { step.limits.reduce(0) { $0 + $1 * 1e-6 } }
}
