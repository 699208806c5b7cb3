import Glibc
import ScaleModels
import Simulation
import Weighing

/// Scales that are calibrated at one temperature and used 14 K above it: how the span follows
/// temperature comes from the rig, which is said, and the errors there are as large as foretold.
struct OneTemperatureSeries: CampaignSeries {
  let name = "one-temperature"
  let draws = 200
  private static let (calibrated, used) = (22.0, 36.0)

  /// What the rig says of the type, and its cells are by chance.
  private static let coefficients = ScaleSpec.TemperatureCoefficients(
    span: -1.1e-5, spanSigma: 0.7e-5, zeroSigma: 0.00016)
  private static let spec = ScaleSpec(
    cells: SimulatedScale.drawing.enumerated().map { .init(name: "\($0)", position: $1) },
    coefficients: coefficients)
  /// By how much more must be said there than at the temperature of the calibration.
  private static let leastWidening = 1.5

  struct Outcome: Encodable, Sendable {
    /// Error of 20 kg at a random place when used, and its standard uncertainty: grams.
    var massError: Double
    var massSigma: Double
    /// Such a load's standard uncertainty at the temperature of the calibration, grams.
    var massSigmaCalibrated: Double
    /// Of (mass, x, y) when used, and at the temperature of the calibration.
    var squaredDistance: Double
    var squaredDistanceCalibrated: Double
    /// The session says where its coefficients come from.
    var saysSo: Bool

    private enum CodingKeys: String, CodingKey {
      case massError = "mass_error_g"
      case massSigma = "mass_sigma_g"
      case massSigmaCalibrated = "mass_sigma_calibrated_g"
      case squaredDistance = "squared_distance"
      case squaredDistanceCalibrated = "squared_distance_calibrated"
      case saysSo = "says_so"
    }
  }

  /// A scale of the rig's type: of the coefficients' variance half is common to its cells and half
  /// each cell's own.
  private func scale(_ numbers: inout SeededNumbers) -> SimulatedScale {
    var scale = SimulatedScale(&numbers, rigid: numbers.chance(0.5))
    let part = Self.coefficients.spanSigma * 0.5.squareRoot()
    let common = part * numbers.normal()
    for cell in scale.cells.indices {
      // The model's coefficient takes back what the cell's adds.
      scale.cells[cell].spanPerKelvin =
        -(Self.coefficients.span + common + part * numbers.normal())
    }
    return scale
  }

  /// Zero, some loads as they come, and 20 kg somewhere, at one temperature.
  private func load(
    _ scale: SimulatedScale, at temperature: Double, _ numbers: inout SeededNumbers, seed: UInt64
  ) -> SimulatedWeighing {
    let place = SIMD2(numbers.uniform(-0.2, 0.2), numbers.uniform(-0.14, 0.14))
    return SimulatedWeighing(
      seed: seed, of: scale, .load(20, at: place), conditions(temperature))
  }

  /// The load as a cart reads it that has just taken its zero.
  private func read(_ session: SimulatedWeighing, _ model: ScaleModel) throws -> ScaleReading {
    let samples = session.samples
    func mean(_ step: RecordedProcedure.Step) -> (counts: [Double], sigmas: [Double]) {
      let settled = (0..<samples.count).filter {
        samples.steps[$0] == step.number && samples.times[$0] >= step.start + 4
      }
      let columns = (0..<samples.cells).map { cell in
        settled.map { samples.counts[$0 * samples.cells + cell] }
      }
      let means = columns.map { $0.reduce(0, +) / Double($0.count) }
      let sigmas = zip(columns, means).map { column, mean in
        let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(column.count * (column.count - 1))).squareRoot()
      }
      return (means, sigmas)
    }
    let steps = session.procedure.steps
    let (zero, load) = (mean(steps[0]), mean(steps[steps.count - 1]))
    let temperature = samples.temperatures[samples.count - 1]
    return try model.reading(
      counts: load.counts, temperature: temperature,
      zero: ScaleZero(
        counts: zero.counts,
        sigmas: zip(zero.sigmas, load.sigmas).map { ($0 * $0 + $1 * $1).squareRoot() },
        temperature: temperature))
  }

  private func conditions(_ temperature: Double) -> WeighingConditions {
    var conditions = WeighingConditions()
    (conditions.temperature, conditions.warming) = (temperature, 0)
    // A cart waits until it is quiet.
    conditions.bursts = 0
    return conditions
  }

  func outcome(seed: UInt64) throws -> Outcome {
    var numbers = SeededNumbers(seed ^ 0x7E4)
    let scale = scale(&numbers)
    let session = SimulatedWeighing(
      seed: seed, of: scale, .full, conditions(Self.calibrated))
    let calibration = try RecordedCalibration(session.samples, session.procedure, spec: Self.spec)
    func use(
      at temperature: Double, _ number: UInt64
    ) throws -> (error: Double, sigma: Double, squaredDistance: Double) {
      let session = load(scale, at: temperature, &numbers, seed: seed ^ number)
      let (found, truth) = (
        try read(session, calibration.model), session.loads[session.loads.count - 1]
      )
      let errors = [found.mass - truth.mass, found.x - truth.place.x, found.y - truth.place.y]
      return (
        errors[0], found.massSigma, squaredDistance(errors, found.covariance) ?? .nan
      )
    }
    let near = try use(at: Self.calibrated, 0x1000)
    let far = try use(at: Self.used, 0x2000)
    return Outcome(
      massError: 1000 * far.error, massSigma: 1000 * far.sigma,
      massSigmaCalibrated: 1000 * near.sigma, squaredDistance: far.squaredDistance,
      squaredDistanceCalibrated: near.squaredDistance,
      saysSo: calibration.findings.contains {
        $0.code == "span_temperature_not_determined" && $0.text.contains("the rig's coefficient")
      })
  }

  func details(seed: UInt64) throws -> [String] {
    let outcome = try outcome(seed: seed)
    return [
      "20 kg off by \(outcome.massError) g (sigma \(outcome.massSigma); where it was calibrated "
        + "\(outcome.massSigmaCalibrated)), squared distance \(outcome.squaredDistance)"
    ]
  }

  func judge(_ outcomes: [Outcome]) -> SeriesVerdict {
    let count = outcomes.count
    let distance = outcomes.reduce(0) { $0 + $1.squaredDistance }
    let distances = ChiSquare(freedom: 3 * count).bounds
    let level = outcomes.reduce(0) { $0 + $1.squaredDistanceCalibrated }
    let parts = outcomes.reduce(0) { $0 + pow($1.massError / $1.massSigma, 2) }
    let masses = ChiSquare(freedom: count).bounds
    let widening = median(outcomes.map { $0.massSigma / $0.massSigmaCalibrated })
    let saying = outcomes.count(where: \.saysSo)
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    func perDraw(_ sum: Double) -> Double { rounded((sum / Double(max(1, count))).squareRoot()) }
    return SeriesVerdict(rows: [
      .init(
        what: "squared distances of (mass, x, y), sum", measured: "\(distance.rounded())",
        claimed: "\(distances.lowerBound.rounded()) to \(distances.upperBound.rounded()) for "
          + "\(3 * count)", holds: distances.contains(distance)),
      .init(
        what: "the same at the temperature of the calibration", measured: "\(level.rounded())",
        claimed: "at most \(distances.upperBound.rounded())",
        holds: level <= distances.upperBound),
      .init(
        what: "error over stated error of 20 kg, rms", measured: "\(perDraw(parts))",
        claimed: "\(perDraw(masses.lowerBound)) to \(perDraw(masses.upperBound))",
        holds: masses.contains(parts)),
      .init(
        what: "stated error over that of the calibration's temperature, median",
        measured: "\(rounded(widening))", claimed: "at least \(Self.leastWidening)",
        holds: widening >= Self.leastWidening),
      .init(
        what: "says that the coefficients are the rig's", measured: "\(saying) of \(count)",
        claimed: "all", holds: saying == count),
    ])
  }
}
