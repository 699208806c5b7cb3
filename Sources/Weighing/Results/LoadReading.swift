package import ScaleModels

/// A known load of a session, read with the finished model.
package struct LoadReading: Sendable {
  package let step: RecordedProcedure.Step
  /// Seconds; the middle of the stretch that was averaged.
  package let time: Double
  package let reading: ScaleReading
  /// Standard uncertainty of the empty scale's part of the reading, kilograms.
  package let zeroSigma: Double

  /// Sum of the nominal masses, kilograms.
  package var nominal: Double { step.nominal.reduce(0, +) }
  /// Reading less nominal mass, kilograms.
  package var error: Double { reading.mass - nominal }
  /// Sum of the limits of the masses' errors, kilograms.
  package var tolerance: Double { step.limits.reduce(0) { $0 + $1 * 1e-6 } }
}
