package import Measurements
package import ScaleModels

/// A scale calibrated from a recorded session, and the unknown loads in it.
///
/// An unknown load is estimated from samples up to its step only: the calibration is made from the
/// known loads before it, zero from the empty scale before it.
package struct RecordedCalibration: Sendable {
  /// An estimate of one unknown load.
  package struct Estimate: Sendable {
    /// Number of the step.
    package let step: Int
    package let reading: ScaleReading
    let linearized: LinearizedReading
    let zero: ZeroTrack.Prediction
  }

  /// Fit and model from all known loads of the session.
  package let fit: ScaleFit
  package let model: ScaleModel
  /// Temperature coefficients of the zeros: their standard uncertainty, counts per kelvin.
  package let zeroCoefficientSigma: Double
  /// In the order of the procedure.
  package let estimates: [Estimate]
  package let findings: [Finding]
  private let track: ZeroTrack

  package init(
    _ samples: RecordedSamples, _ procedure: RecordedProcedure, gravity: Double,
    priors: ScaleFitPriors = ScaleFitPriors()
  ) throws(RecordingError) {
    precondition(samples.cells == procedure.cells.count)
    let ranges = samples.ranges()
    var means: [StepMean] = []
    for step in procedure.steps {
      means += try samples.means(of: step, samples: ranges[step.number] ?? [])
    }
    var session = try SessionEquations(means, procedure, gravity: gravity, priors: priors)
    estimates = try session.estimates()
    let last = try session.calibration(before: .infinity)
    fit = last.fit
    model = last.model
    zeroCoefficientSigma = last.zeroCoefficientSigma
    track = session.track
    findings = Self.findings(means, procedure, last.fit)
  }

  /// The covariance of all estimates, (mass, x, y) one after the other, row-major: kg, metres.
  ///
  /// They share the errors of the reference masses and, where they follow the same empty scale,
  /// of zero.
  package var estimateCovariance: [Double] {
    let size = 3 * estimates.count
    var matrix = Array(repeating: 0.0, count: size * size)
    for (a, one) in estimates.enumerated() {
      for (b, two) in estimates.enumerated() {
        let block: [Double]
        if a == b {
          block = one.reading.covariance
        } else {
          let zero = track.covariance(one.zero, two.zero)
          block = one.linearized.shared(
            with: two.linearized, parameters: model.covariance,
            signals: Array(repeating: zero, count: model.cells.count))
        }
        for row in 0..<3 {
          for column in 0..<3 {
            matrix[(3 * a + row) * size + 3 * b + column] = block[3 * row + column]
          }
        }
      }
    }
    return matrix
  }
}
