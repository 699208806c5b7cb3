import Documents
import Glibc
package import Measurements
package import ScaleModels

/// A calibration held against a few known loads, which it is not changed by.
package struct ScaleVerification: Sendable {
  /// As the calibration reads them, with zeros of this session.
  package let loads: [LoadReading]
  package let results: SessionResults
  package let conditions: RecordedCalibration.Conditions
  package let bodies: [KnownBody]
  package let findings: [Finding]

  /// Throws when the session holds no empty scale or no load.
  package init(
    _ samples: RecordedSamples, _ procedure: RecordedProcedure, model: ScaleModel,
    spec: ScaleSpec, masses: MassRegistry?
  ) throws(RecordingError) {
    var procedure = procedure
    procedure.cellNames = procedure.cellNames ?? spec.cells.map(\.name)
    let ranges = samples.ranges(procedure)
    var means: [StepMean] = []
    for step in procedure.steps {
      means += try samples.means(of: step, samples: ranges[step.number] ?? [])
    }
    let priors = ScaleFitPriors(spec)
    let session = try SessionEquations(
      means, procedure, gravity: model.gravity, priors: priors, registry: masses)
    loads = try session.loadReadings(model)
    bodies = session.bodies
    conditions = samples.conditions(procedure)
    results = SessionResults(
      loads, resolution: model.cells.reduce(0) { max($0, abs($1.kilogramsPerCount)) }, creeps: [],
      zeroReturns: [])
    var findings = try SessionDiagnosis(
      means: means, procedure: procedure, priors: priors
    ).findings(samples)
    if !findings.contains(where: { $0.severity == .unusable || $0.code == "floor_slope" }),
      let slope = SlopeOfLoads(loads)
    {
      findings.append(slope.finding)
    }
    self.findings = findings + [conditions.withoutTemperature].compactMap { $0 }
  }
}

/// A floor that slopes, as loads tell it where there is no accelerometer: all read light by one part,
/// the cosine of the slope, compared with a calibration on level ground.
struct SlopeOfLoads {
  /// By how much loads are light, as a part.
  let deficit: Double

  /// Less is no slope that matters: gravity and spans change as much.
  private static let least = 4e-4
  /// How many standard uncertainties the deficit must have, and no load may be off from it.
  private static let certain = 4.0

  init?(_ loads: [LoadReading]) {
    let heaviest = loads.map(\.known).max() ?? 0
    let parts = loads.filter { $0.known > 0.1 * heaviest && $0.known > 0 }.map { load in
      let tolerance = load.tolerance / 3.0.squareRoot()
      let variance = load.reading.covariance[0] + tolerance * tolerance
      return (part: load.error / load.known, sigma: variance.squareRoot() / load.known)
    }
    guard parts.count >= 3 else { return nil }
    let weights = parts.map { 1 / ($0.sigma * $0.sigma) }
    let sum = weights.reduce(0, +)
    let mean = zip(weights, parts).reduce(0) { $0 + $1.0 * $1.1.part } / sum
    guard mean < -Self.least, mean < -Self.certain / sum.squareRoot(), mean > -0.02,
      parts.allSatisfy({ abs($0.part - mean) < max(Self.certain * $0.sigma, 0.25 * -mean) })
    else { return nil }
    deficit = -mean
  }

  var finding: Finding {
    let degrees = acos(1 - deficit) * 180 / .pi
    return Finding(
      code: "floor_slope", severity: .warning,
      text: "All loads read \(NumberText.fixed(deficit * 100, 2)) % light, as on a floor that "
        + "slopes by \(NumberText.fixed(degrees, 1)) degrees.",
      remedy: "Move the cart to level ground and repeat this; if they still read light, calibrate "
        + "the scale anew where it is used.")
  }
}
