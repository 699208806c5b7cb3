import LinearAlgebra
import ScaleModels

/// Zeros, placements and calibrations of a recorded session, as they stood at any time in it.
struct SessionEquations {
  struct Calibration {
    let input: ScaleFitInput
    let fit: ScaleFit
    /// For use: what a cell remembers of earlier loads is not known then.
    let model: ScaleModel
    /// The same for loads of the session, of which it is known.
    let inSession: ScaleModel
    /// By cell, counts per kelvin.
    let zeroCoefficientSigmas: [Double]
    /// The zeros of the known loads: who foretells them, how, and which errors they share.
    let predictor: ZeroPredictor
    let zeros: [ZeroTrack.Prediction]
    let shared: [SharedError]
  }

  let track: ZeroTrack
  /// The bodies of all known loads.
  let bodies: [KnownBody]
  let procedure: RecordedProcedure
  let history: LoadHistory
  let unknown: [StepMean]
  /// The loads that are fitted, and all known ones.
  private let loads: [StepMean]
  private let known: [StepMean]
  private let empty: [StepMean]
  private let gravity: Double
  private let priors: ScaleFitPriors
  private let registry: MassRegistry?
  /// The last calibration made, since many unknown loads follow the same known ones.
  private var made: (loads: Int, calibration: Calibration)?

  private static let mostBodies = 100

  /// From the means of all steps, by time.
  init(
    _ means: [StepMean], _ procedure: RecordedProcedure, gravity: Double,
    priors: ScaleFitPriors, registry: MassRegistry? = nil
  ) throws(RecordingError) {
    self.procedure = procedure
    self.registry = registry
    self.gravity = gravity
    known = means.filter(\.step.isLoaded)
    // One load weighed twice without being lifted tells nothing new of the scale.
    loads = known.filter { $0.step.kind != .discrimination }
    unknown = means.filter { $0.step.kind == .verify }
    empty = means.filter { $0.step.kind == .empty }
    guard let first = empty.first else { throw .nothingEmpty }
    guard !loads.isEmpty else { throw .fit(.noPlacement) }
    var priors = priors
    let given = loads.compactMap(\.step.positionSigma)
    if !given.isEmpty {
      priors.placing = (given.reduce(0) { $0 + $1 * $1 } / Double(given.count)).squareRoot()
    }
    self.priors = priors
    let rough = SessionPlacements(loads.map { ($0, first.counts, $0.variances) }, registry)
    guard rough.bodies.count <= Self.mostBodies else {
      throw .tooManyMasses(found: rough.bodies.count, limit: Self.mostBodies)
    }
    bodies = rough.bodies
    guard let gain = ScaleFit.commonGain(rough.placements, bodies) else { throw .fit(.noSignal) }
    let history = LoadHistory(means, gain: gain)
    self.history = history
    let observations = empty.map {
      ZeroObservation(
        time: $0.time, temperature: $0.temperature, counts: $0.counts,
        variance: $0.variances.reduce(0, +) / Double($0.variances.count),
        features: history.features($0))
    }
    do throws(LinearAlgebraError) {
      track = try ZeroTrack(
        observations,
        referenceTemperature: loads.reduce(0) { $0 + $1.temperature } / Double(loads.count),
        temperatureScatter: priors.zeroPerKelvin / gain,
        featureScatter: LoadHistory.parts.map { $0 / gain }, kinds: LoadHistory.kinds)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  /// The small masses that were put on beside a load, which is no part of the fit.
  var addedBodies: [KnownBody] {
    var added: [KnownBody] = []
    for load in known where load.step.kind == .discrimination {
      for body in SessionPlacements.bodies(load.step, registry)
      where !bodies.contains(body) && !added.contains(body) { added.append(body) }
    }
    return added
  }

  func loadCount(before cutoff: Double) -> Int { loads.count { $0.step.start < cutoff } }

  /// The empty scale between two times.
  func zeros(from start: Double, to end: Double) -> [StepMean] {
    empty.filter { $0.time >= start && $0.time < end }
  }

  /// The calibration from the known loads and empty steps that begin before `cutoff`, seconds.
  mutating func calibration(before cutoff: Double) throws(RecordingError) -> Calibration {
    if let made, made.loads == loadCount(before: cutoff), cutoff < .infinity {
      return made.calibration
    }
    let before = loads.filter { $0.step.start < cutoff }
    let signals = try signals(before, before: cutoff)
    let input = ScaleFitInput(
      placements: signals.set.placements, bodies: signals.set.bodies, cells: procedure.cells,
      referenceTemperature: before.reduce(0) { $0 + $1.temperature }
        / Double(max(1, before.count)), priors: priors, shared: signals.shared)
    let fit: ScaleFit
    do throws(ScaleFitError) {
      fit = try input.fit()
    } catch {
      throw .fit(error)
    }
    let calibration = try calibration(input, fit, signals, before: cutoff)
    made = (before.count, calibration)
    return calibration
  }

  /// Known loads less what the cells would have said without them.
  private struct Signals {
    var set: SessionPlacements
    var predictor: ZeroPredictor
    var zeros: [ZeroTrack.Prediction]
    var shared: [SharedError]
    /// What memory does to the cells' signals, counts, by load and cell.
    var memory: [[Double]]
  }

  private func signals(
    _ loads: [StepMean], before cutoff: Double
  ) throws(RecordingError) -> Signals {
    let predictor = try predictor(before: cutoff)
    let zeros = loads.map { prediction($0, predictor) }
    do throws(LinearAlgebraError) {
      let errors = try SignalErrors(
        predictor, zeros, noise: loads.map(\.variances), cells: procedure.cells.count)
      let memory = loads.enumerated().map { number, load in
        let plain = predictor.prediction(
          time: load.time, temperature: load.temperature, features: lastEmpty(load))
        return zip(zeros[number].counts, plain.counts).map { $0 - $1 }
      }
      return Signals(
        set: SessionPlacements(
          loads.enumerated().map { number, load in
            (
              load, zeros[number].counts,
              load.variances.indices.map {
                load.variances[$0] + track.scatter + errors.own[$0][number]
              }
            )
          }, registry), predictor: predictor, zeros: zeros, shared: errors.shared,
        memory: memory)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  /// What the cells would say without a load, with what they remember.
  func prediction(_ load: StepMean, _ predictor: ZeroPredictor) -> ZeroTrack.Prediction {
    predictor.prediction(
      time: load.time, temperature: load.temperature, features: history.features(load))
  }

  /// What the cells remembered when the scale was last empty: so much is in a zero that is taken then.
  private func lastEmpty(_ load: StepMean) -> LoadHistory.Features {
    (empty.last { $0.time < load.time } ?? empty.first).map { history.features($0) }
      ?? history.features(load)
  }

  /// The model of a fit with zeros and their coefficients.
  private func calibration(
    _ input: ScaleFitInput, _ fit: ScaleFit, _ signals: Signals, before cutoff: Double
  ) throws(RecordingError) -> Calibration {
    guard let end = empty.last(where: { $0.time < cutoff }) else { throw .nothingEmpty }
    let zero = prediction(end, signals.predictor)
    let coefficients = signals.predictor.temperatureCoefficients()
    var cells = fit.cells
    for cell in cells.indices { cells[cell].zeroCountsPerKelvin = coefficients.values[cell] }
    let memory = MemoryScatter(signals.memory, signals.set.placements, cells)
    func model(force: Double, mass: Double) throws(ScaleModelError) -> ScaleModel {
      try ScaleModel(
        cells: cells,
        zero: ScaleZero(
          counts: zero.counts, sigmas: zero.variances.map { ($0 + track.scatter).squareRoot() },
          temperature: end.temperature),
        referenceTemperature: fit.referenceTemperature, gravity: gravity,
        forceScatter: (fit.forceScatter * fit.forceScatter + force * force).squareRoot(),
        massScatter: (fit.massScatter * fit.massScatter + mass * mass).squareRoot(),
        covariance: fit.covariance)
    }
    do throws(ScaleModelError) {
      return Calibration(
        input: input, fit: fit, model: try model(force: memory.force, mass: memory.mass),
        inSession: try model(force: 0, mass: 0), zeroCoefficientSigmas: coefficients.sigmas,
        predictor: signals.predictor, zeros: signals.zeros, shared: signals.shared)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  /// The known loads for questions about what is wrong with them.
  func hypotheses() throws(RecordingError) -> FitHypotheses {
    let signals = try signals(loads, before: .infinity)
    return FitHypotheses(
      placements: signals.set.placements, bodies: signals.set.bodies, cells: procedure.cells,
      referenceTemperature: track.referenceTemperature, priors: priors, shared: signals.shared,
      names: { [procedure] in procedure.name($0) })
  }

  /// The known loads as a model reads them in use: each with the zero that is taken before it.
  func loadReadings(_ model: ScaleModel) throws(RecordingError) -> [LoadReading] {
    let predictor = try predictor(before: .infinity)
    var readings: [LoadReading] = []
    for load in known {
      let zero = predictor.prediction(
        time: load.time, temperature: load.temperature, features: lastEmpty(load))
      var (variance, noise) = (0.0, 0.0)
      for (number, cell) in model.cells.enumerated() {
        let square = cell.kilogramsPerCount * cell.kilogramsPerCount
        variance += square * (zero.variances[number] + track.scatter)
        noise += square * load.variances[number]
      }
      readings.append(
        LoadReading(
          step: load.step, time: load.time,
          known: SessionPlacements.bodies(load.step, registry).reduce(0) { $0 + $1.mass },
          reading: try linearized(
            load, zero: zero.counts, variances: zero.variances, model
          ).reading(of: model), counts: load.counts,
          zero: zero.counts, temperature: load.temperature, tilt: load.tilt,
          forces: model.forces(
            counts: load.counts, temperature: load.temperature, zero: zero.counts),
          zeroSigma: variance.squareRoot(), noise: noise.squareRoot(),
          masses: LoadMasses(load.step, registry)))
    }
    return readings
  }

  /// A load read with a zero at its own temperature: counts and their variances.
  func linearized(
    _ load: StepMean, zero: [Double], variances: [Double], _ model: ScaleModel
  ) throws(RecordingError) -> LinearizedReading {
    do throws(ScaleModelError) {
      return try model.linearized(
        counts: load.counts, temperature: load.temperature,
        zero: ScaleZero(
          counts: zero,
          sigmas: load.variances.indices.map {
            (load.variances[$0] + variances[$0] + track.scatter).squareRoot()
          }, temperature: load.temperature), tilt: load.tilt ?? .zero, gravity: model.gravity)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  private func predictor(before cutoff: Double) throws(RecordingError) -> ZeroPredictor {
    guard empty[0].time < cutoff else { throw .nothingEmpty }
    do throws(LinearAlgebraError) {
      return try track.predictor(before: cutoff)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }
}
