package import Documents
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

    /// False when the load is so light that its place means nothing.
    package var hasPlace: Bool {
      reading.x.isFinite && reading.y.isFinite && reading.mass > 5 * reading.massSigma
    }
  }

  /// The circumstances of a session.
  package struct Conditions: Equatable, Sendable {
    /// degC, over all samples; what was assumed where it was not measured.
    package let lowestTemperature: Double
    package let highestTemperature: Double
    /// Mean over all samples, radians; nil without an accelerometer.
    package let tilt: SIMD2<Double>?
    /// Seconds.
    package let duration: Double
    package let isTemperatureMeasured: Bool
    /// Nil where the procedure does not say.
    package let started: UTCTime?
  }

  /// Fit and model from all known loads of the session.
  package let input: ScaleFitInput
  package let fit: ScaleFit
  package let model: ScaleModel
  /// Temperature coefficients of the zeros: their standard uncertainties, counts per kelvin.
  package let zeroCoefficientSigmas: [Double]
  /// The largest of them over what was expected before; near 1 when temperature did not change
  /// enough to tell.
  package let zeroCoefficientShare: Double
  package let conditions: Conditions
  /// By the rig, else their numbers.
  package let cellNames: [String]
  /// Where it was calibrated; nil where that is not known, and standard gravity was taken.
  package let site: GravitySite?
  /// In the order of the procedure.
  package let estimates: [Estimate]
  /// The covariance of all estimates, (mass, x, y) one after the other, row-major: kg, metres.
  ///
  /// They share the errors of the reference masses, and of the zeros before them.
  package let estimateCovariance: [Double]
  package let findings: [Finding]
  /// The known loads as the finished model reads them, in the order of the procedure.
  package let loads: [LoadReading]
  package let creeps: [CreepCurve]
  package let results: SessionResults
  /// What the known loads were made of, in the order of `fit.bodyErrors`.
  package let bodies: [KnownBody]
  /// Those that were only put on beside other loads.
  package let addedBodies: [KnownBody]
  let track: ZeroTrack

  /// With what the rig says of the scale, where there is a rig, and the registry that the session's
  /// masses stand in, where it names them.
  package init(
    _ samples: RecordedSamples, _ procedure: RecordedProcedure, spec: ScaleSpec? = nil,
    masses: MassRegistry? = nil
  ) throws(RecordingError) {
    precondition(samples.cells == procedure.cells.count)
    var procedure = procedure
    procedure.cellNames = procedure.cellNames ?? spec?.cells.map(\.name)
    cellNames = procedure.cells.indices.map { procedure.name($0) }
    site = spec?.site
    conditions = samples.conditions(procedure)
    let ranges = samples.ranges(procedure)
    var means: [StepMean] = []
    for step in procedure.steps {
      means += try samples.means(of: step, samples: ranges[step.number] ?? [])
    }
    var session = try SessionEquations(
      means, procedure, gravity: site?.gravity ?? LocalGravity.standard,
      priors: ScaleFitPriors(spec), registry: masses)
    let unknown = try UnknownLoads(&session)
    estimates = unknown.estimates
    estimateCovariance = unknown.covariance
    let last = try session.calibration(before: .infinity)
    input = last.input
    fit = last.fit
    model = last.model
    zeroCoefficientSigmas = last.zeroCoefficientSigmas
    zeroCoefficientShare =
      (last.zeroCoefficientSigmas.max() ?? 0) / session.track.temperatureScatter
    track = session.track
    loads = try session.loadReadings(last.model)
    bodies = session.bodies
    addedBodies = session.addedBodies
    let staying = try LongLoads(
      samples, procedure, ranges: ranges, means: means, model: last.model)
    creeps = staying.creeps
    results = SessionResults(
      loads,
      resolution: last.model.cells.reduce(0) { max($0, abs($1.kilogramsPerCount)) },
      creeps: staying.creeps, zeroReturns: staying.zeroReturns)
    var found = try SessionDiagnosis(
      means: means, procedure: procedure, priors: ScaleFitPriors(spec)
    ).findings(samples)
    if !found.contains(where: { $0.severity == .unusable }) {
      let hypotheses = try session.hypotheses()
      do throws(ScaleFitError) {
        if let cause = try hypotheses.cause() { found.insert(.cause(cause, hypotheses), at: 0) }
      } catch {
        throw .fit(error)
      }
    }
    findings =
      found
      + Self.omissions(last.fit, conditions, isOfRig: spec?.coefficients != nil)
  }

  /// The errors of the known loads, kilograms, as an earlier calibration of the scale reads them
  /// with the zeros of this session: as found. Nil for a model of other cells.
  package func errors(by earlier: ScaleModel) -> [Double]? {
    guard earlier.cells.count == model.cells.count else { return nil }
    var errors: [Double] = []
    for load in loads {
      do throws(ScaleModelError) {
        let reading = try earlier.reading(
          counts: load.counts, temperature: load.temperature,
          zero: ScaleZero(
            counts: load.zero, sigmas: load.zero.map { _ in 0 }, temperature: load.temperature),
          tilt: load.tilt ?? .zero, gravity: model.gravity)
        errors.append(reading.mass - load.known)
      } catch {
        return nil
      }
    }
    return errors
  }
}
