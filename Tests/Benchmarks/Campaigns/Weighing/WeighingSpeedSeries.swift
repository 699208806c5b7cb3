import Glibc
import Simulation
import Weighing

/// CPU time of the fit of a whole session, and of watching four cells at 320 samples a second. Run
/// it with one thread: threads that share a cache slow each other down.
struct WeighingSpeedSeries: CampaignSeries {
  let name = "speed"
  let draws = 30
  private static let fitLimit = 10.0
  private static let filterLimit = 0.02
  private static let fits = 5
  private static let (rate, seconds) = (320.0, 20.0)

  struct Outcome: Encodable, Sendable {
    /// CPU milliseconds of one fit: steps, and the weighted equations that each solves.
    var fit: Double
    var passes: Int
    var rows: Int
    var unknowns: Int
    /// Of a whole session: samples to model, findings and 24 unknown loads.
    var session: Double
    /// CPU seconds for a second of samples.
    var filter: Double

    private enum CodingKeys: String, CodingKey {
      case fit = "fit_cpu_ms"
      case session = "session_cpu_ms"
      case filter = "filter_cpu_share"
      case passes, rows, unknowns
    }
  }

  func outcome(seed: UInt64) throws -> Outcome {
    let session = SimulatedWeighing(seed: seed)
    let start = Self.cpu()
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    let calibrated = Self.cpu()
    for _ in 0..<Self.fits { _ = try calibration.input.fit() }
    let fitted = Self.cpu()
    let effort = calibration.fit.effort
    return Outcome(
      fit: 1000 * (fitted - calibrated) / Double(Self.fits), passes: effort.passes,
      rows: effort.rows, unknowns: effort.unknowns, session: 1000 * (calibrated - start),
      filter: filter(seed: seed))
  }

  /// What a guide does with every sample: glitches, hum, mass and place, rest.
  private func filter(seed: UInt64) -> Double {
    var spec = ScaleSpec(
      cells: SimulatedScale.drawing.enumerated().map {
        .init(name: "\($0)", position: $1, kilogramsPerCount: 9.39e-6)
      })
    spec.converter.rate = Self.rate
    guard var watch = LoadWatch(spec, before: nil) else { return .nan }
    var numbers = SeededNumbers(seed)
    let samples = (0..<Int(Self.rate * Self.seconds)).map { index in
      CellSample(
        time: Double(index) / Self.rate, temperature: 21, tilt: nil,
        counts: (0..<4).map { _ in (100_000 + 10 * numbers.normal()).rounded() })
    }
    var mass = 0.0
    let start = Self.cpu()
    for sample in samples { mass += watch.take(sample).mass }
    let end = Self.cpu()
    return mass.isFinite ? (end - start) / Self.seconds : .nan
  }

  /// Of the calling thread, seconds.
  private static func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  func details(seed: UInt64) throws -> [String] {
    let outcome = try outcome(seed: seed)
    return [
      "\(outcome.fit) ms: \(outcome.passes) steps of \(outcome.rows) equations in "
        + "\(outcome.unknowns) unknowns"
    ]
  }

  func judge(_ outcomes: [Outcome]) -> SeriesVerdict {
    let fit = median(outcomes.map(\.fit))
    let filter = median(outcomes.map(\.filter))
    return SeriesVerdict(rows: [
      .init(
        what: "CPU of one fit, median", measured: "\(rounded(fit)) ms",
        claimed: "below \(Self.fitLimit) ms", holds: fit < Self.fitLimit),
      .init(
        what: "CPU of a whole session, median",
        measured: "\(rounded(median(outcomes.map(\.session)))) ms", claimed: nil, holds: true),
      .init(
        what: "four cells at 320 Hz, median", measured: "\(rounded(100 * filter)) % of a core",
        claimed: "below \(100 * Self.filterLimit) %", holds: filter < Self.filterLimit),
    ])
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
