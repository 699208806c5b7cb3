import LinearAlgebra
import ScaleModels

/// Zeros, placements and calibrations of a recorded session, as they stood at any time in it.
struct SessionEquations {
  struct Calibration {
    let fit: ScaleFit
    let model: ScaleModel
    let zeroCoefficientSigma: Double
    /// How many loads it was made from.
    let loads: Int
  }

  let track: ZeroTrack
  /// The bodies of all known loads.
  let bodies: [KnownBody]
  private let procedure: RecordedProcedure
  private let loads: [StepMean]
  private let unknown: [StepMean]
  private let gravity: Double
  private let priors: ScaleFitPriors
  /// The last calibration made, since many unknown loads follow the same known ones.
  private var made: Calibration?

  private static let mostBodies = 100

  init(
    _ means: [StepMean], _ procedure: RecordedProcedure, gravity: Double, priors: ScaleFitPriors
  ) throws(RecordingError) {
    self.procedure = procedure
    self.gravity = gravity
    loads = means.filter(\.step.isLoaded)
    unknown = means.filter { $0.step.kind == .verify }
    let empty = means.filter { $0.step.kind == .empty }
    guard let first = empty.first else { throw .nothingEmpty }
    guard !loads.isEmpty else { throw .fit(.noPlacement) }
    var priors = priors
    let given = loads.compactMap(\.step.positionSigma)
    if !given.isEmpty {
      priors.placing = (given.reduce(0) { $0 + $1 * $1 } / Double(given.count)).squareRoot()
    }
    self.priors = priors
    let (placements, bodies) = Self.placements(loads) { _ in
      (first.counts, 0)
    }
    guard bodies.count <= Self.mostBodies else {
      throw .tooManyMasses(found: bodies.count, limit: Self.mostBodies)
    }
    self.bodies = bodies
    guard let gain = ScaleFit.commonGain(placements, bodies) else { throw .fit(.noSignal) }
    let observations = empty.map {
      ZeroObservation(
        time: $0.time, temperature: $0.temperature, counts: $0.counts,
        variance: $0.variances.reduce(0, +) / Double($0.variances.count))
    }
    do throws(LinearAlgebraError) {
      track = try ZeroTrack(
        observations,
        referenceTemperature: loads.reduce(0) { $0 + $1.temperature } / Double(loads.count),
        temperatureScatter: priors.zeroPerKelvin / gain)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  /// The calibration from the known loads and empty steps that begin before `cutoff`, seconds.
  mutating func calibration(before cutoff: Double) throws(RecordingError) -> Calibration {
    let before = loads.filter { $0.step.start < cutoff }
    if let made, made.loads == before.count, cutoff < .infinity { return made }
    var zeros: [ZeroTrack.Prediction] = []
    for load in before {
      zeros.append(try zero(at: load.time, load.temperature, before: cutoff))
    }
    let (placements, bodies) = Self.placements(before) { (zeros[$0].counts, zeros[$0].variance) }
    let fit: ScaleFit
    do throws(ScaleFitError) {
      fit = try ScaleFit(
        placements, bodies: bodies, cells: procedure.cells,
        referenceTemperature: before.reduce(0) { $0 + $1.temperature }
          / Double(max(1, before.count)), priors: priors)
    } catch {
      throw .fit(error)
    }
    let calibration = try calibration(fit, loads: before.count, before: cutoff)
    made = calibration
    return calibration
  }

  /// The model of a fit with zeros and their coefficients.
  private func calibration(
    _ fit: ScaleFit, loads: Int, before cutoff: Double
  ) throws(RecordingError) -> Calibration {
    guard let end = track.observations.last(where: { $0.time < cutoff }) else {
      throw .nothingEmpty
    }
    let zero = try zero(at: end.time, end.temperature, before: cutoff)
    do {
      let coefficients = try track.temperatureCoefficients(before: cutoff)
      var cells = fit.cells
      for cell in cells.indices { cells[cell].zeroCountsPerKelvin = coefficients.values[cell] }
      let model = try ScaleModel(
        cells: cells,
        zero: ScaleZero(
          counts: zero.counts,
          sigmas: Array(repeating: zero.variance.squareRoot(), count: cells.count),
          temperature: end.temperature),
        referenceTemperature: fit.referenceTemperature, gravity: gravity,
        forceScatter: fit.forceScatter, massScatter: fit.massScatter,
        covariance: fit.covariance)
      return Calibration(
        fit: fit, model: model, zeroCoefficientSigma: coefficients.sigma, loads: loads)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  /// The unknown loads, each with what was known before its step began.
  mutating func estimates() throws(RecordingError) -> [RecordedCalibration.Estimate] {
    var estimates: [RecordedCalibration.Estimate] = []
    for mean in unknown {
      let start = mean.step.start
      let model = try calibration(before: start).model
      let zero = try zero(at: mean.time, mean.temperature, before: start)
      do throws(ScaleModelError) {
        let linearized = try model.linearized(
          counts: mean.counts, temperature: mean.temperature,
          zero: ScaleZero(
            counts: zero.counts,
            sigmas: mean.variances.map { ($0 + zero.variance).squareRoot() },
            temperature: mean.temperature), tilt: mean.tilt ?? .zero, gravity: model.gravity)
        estimates.append(
          RecordedCalibration.Estimate(
            step: mean.step.number, reading: linearized.reading(of: model),
            linearized: linearized, zero: zero, parameters: model.covariance))
      } catch {
        throw .numerics(reason: "\(error)")
      }
    }
    return estimates
  }

  /// The known loads for questions about what is wrong with them.
  func hypotheses() throws(RecordingError) -> FitHypotheses {
    var zeros: [ZeroTrack.Prediction] = []
    for load in loads { zeros.append(try zero(at: load.time, load.temperature, before: .infinity)) }
    let (placements, bodies) = Self.placements(loads) { (zeros[$0].counts, zeros[$0].variance) }
    return FitHypotheses(
      placements: placements, bodies: bodies, cells: procedure.cells,
      referenceTemperature: track.referenceTemperature, priors: priors)
  }

  /// The known loads as a model reads them, each with the zero at its time.
  func loadReadings(_ model: ScaleModel) throws(RecordingError) -> [LoadReading] {
    var readings: [LoadReading] = []
    for load in loads {
      let zero = try zero(at: load.time, load.temperature, before: .infinity)
      do throws(ScaleModelError) {
        let reading = try model.reading(
          counts: load.counts, temperature: load.temperature,
          zero: ScaleZero(
            counts: zero.counts,
            sigmas: load.variances.map { ($0 + zero.variance).squareRoot() },
            temperature: load.temperature), tilt: load.tilt ?? .zero)
        let gains = model.cells.reduce(0) { $0 + $1.kilogramsPerCount * $1.kilogramsPerCount }
        readings.append(
          LoadReading(
            step: load.step, time: load.time, reading: reading,
            zeroSigma: (zero.variance * gains).squareRoot()))
      } catch {
        throw .numerics(reason: "\(error)")
      }
    }
    return readings
  }

  private func zero(
    at time: Double, _ temperature: Double, before cutoff: Double
  ) throws(RecordingError) -> ZeroTrack.Prediction {
    guard track.observations[0].time < cutoff else { throw .nothingEmpty }
    do throws(LinearAlgebraError) {
      return try track.prediction(time: time, temperature: temperature, before: cutoff)
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }

  /// Placements of known loads less their zeros (counts and variance by load), and the bodies in
  /// them: those of the same nominal value are the same, in one placement one after the other.
  private static func placements(
    _ loads: [StepMean], zero: (Int) -> (counts: [Double], variance: Double)
  ) -> (placements: [Placement], bodies: [KnownBody]) {
    var bodies: [KnownBody] = []
    let placements = loads.enumerated().map { number, load in
      let zero = zero(number)
      var used: [Int] = []
      for (nominal, limit) in zip(load.step.nominal, load.step.limits) {
        let copies = used.count { bodies[$0].mass == nominal }
        let name = "\(nominal) kg, number \(copies + 1)"
        if let known = bodies.firstIndex(where: { $0.name == name }) {
          used.append(known)
        } else {
          used.append(bodies.count)
          // Within the limits of the class anything is as likely (EURAMET cg-18, 7.1.2).
          let sigma = limit * 1e-6 / 3.0.squareRoot()
          bodies.append(KnownBody(name: name, mass: nominal, sigma: sigma))
        }
      }
      return Placement(
        step: load.step.number, bodies: used, position: load.step.position,
        signals: zip(load.counts, zero.counts).map { $0 - $1 },
        variances: load.variances.map { $0 + zero.variance }, temperature: load.temperature,
        press: load.press)
    }
    return (placements, bodies)
  }
}
