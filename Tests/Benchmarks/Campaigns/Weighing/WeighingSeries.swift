import Simulation
import Weighing

/// Sessions whose unknown loads are estimated and held against the truth: errors, and whether they
/// are as large as foretold.
struct WeighingSeries: CampaignSeries {
  let name: String
  let draws = 200
  let conditions: WeighingConditions
  /// What the median error may be: grams, and millimetres above 1 kg.
  let massLimit: Double
  let placeLimit = 2.0

  static var all: [WeighingSeries] {
    [false, true].flatMap { rigid in
      [(2.3, "normal", 0.15), (14, "drift", 0.25)].map { warming, word, limit in
        var conditions = WeighingConditions()
        conditions.rigid = rigid
        conditions.warming = warming
        return WeighingSeries(
          name: (rigid ? "rigid-" : "flexible-") + word, conditions: conditions, massLimit: limit)
      }
    }
  }

  struct Outcome: Encodable, Sendable {
    /// Root of the mean squared error of the masses, grams.
    var massError: Double
    /// Of the places of loads above 1 kg, millimetres.
    var placeError: Double
    /// Of all (mass, x, y) of the session together, and how many numbers they are.
    var squaredDistance: Double
    var freedom: Int
    var findings: [String]

    private enum CodingKeys: String, CodingKey {
      case massError = "mass_error_g"
      case placeError = "place_error_mm"
      case squaredDistance = "squared_distance"
      case freedom, findings
    }
  }

  func outcome(seed: UInt64) throws -> Outcome {
    try outcome(SimulatedWeighing(seed: seed, .full, conditions))
  }

  private func outcome(_ session: SimulatedWeighing) throws -> Outcome {
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    var errors: [Double] = []
    var (mass, place, heavy) = (0.0, 0.0, 0.0)
    for estimate in calibration.estimates {
      let load = session.loads[estimate.step]
      let off = SIMD2(estimate.reading.x, estimate.reading.y) - load.place
      let error = estimate.reading.mass - load.mass
      errors += [error, off.x, off.y]
      mass += error * error
      guard load.mass > 1 else { continue }
      place += off.x * off.x + off.y * off.y
      heavy += 1
    }
    return Outcome(
      massError: 1000 * (mass / Double(calibration.estimates.count)).squareRoot(),
      placeError: 1000 * (place / max(1, heavy)).squareRoot(),
      squaredDistance: squaredDistance(errors, calibration.estimateCovariance) ?? .nan,
      freedom: errors.count, findings: calibration.findings.map(\.code))
  }

  func details(seed: UInt64) throws -> [String] {
    let session = SimulatedWeighing(seed: seed, .full, conditions)
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    let lines = calibration.estimates.map { estimate in
      let load = session.loads[estimate.step]
      let off = SIMD2(estimate.reading.x, estimate.reading.y) - load.place
      return "step \(estimate.step): \(load.mass) kg, off by "
        + "\(1000 * (estimate.reading.mass - load.mass)) g "
        + "(sigma \(1000 * estimate.reading.massSigma)), \(1000 * off.x) and \(1000 * off.y) mm "
        + "(radial sigma \(1000 * estimate.reading.radialSigma))"
    }
    return lines + calibration.findings.map { "\($0.code): \($0.text)" }
  }

  func judge(_ outcomes: [Outcome]) -> SeriesVerdict {
    let mass = median(outcomes.map(\.massError))
    let place = median(outcomes.map(\.placeError))
    let sum = outcomes.reduce(0) { $0 + $1.squaredDistance }
    let freedom = outcomes.reduce(0) { $0 + $1.freedom }
    let bounds = ChiSquare(freedom: freedom).bounds
    let inside = outcomes.count {
      ChiSquare(freedom: $0.freedom).bounds.contains($0.squaredDistance)
    }
    return SeriesVerdict(rows: [
      .init(
        what: "median error of the mass", measured: "\(rounded(mass)) g",
        claimed: "at most \(massLimit) g", holds: mass <= massLimit),
      .init(
        what: "median error of the place above 1 kg", measured: "\(rounded(place)) mm",
        claimed: "at most \(placeLimit) mm", holds: place <= placeLimit),
      .init(
        what: "squared distances of (mass, x, y), sum", measured: "\(sum.rounded())",
        claimed:
          "\(bounds.lowerBound.rounded()) to \(bounds.upperBound.rounded()) for \(freedom)",
        holds: bounds.contains(sum)),
      .init(
        what: "sessions within their own 99.9 %", measured: "\(inside) of \(outcomes.count)",
        claimed: nil, holds: true),
    ])
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

/// The middle one of some values; of an even number the upper of both.
func median(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.sorted()[values.count / 2]
}
