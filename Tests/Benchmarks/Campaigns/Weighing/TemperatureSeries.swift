import ScaleModels
import Simulation
import Weighing

/// Sessions from 5 to 35 degC: temperature coefficients of zero and span against the truth.
struct TemperatureSeries: CampaignSeries {
  let name = "temperature"
  let draws = 100

  struct Outcome: Encodable, Sendable {
    var spanDistance: Double
    var zeroDistance: Double

    private enum CodingKeys: String, CodingKey {
      case spanDistance = "span_squared_distance"
      case zeroDistance = "zero_squared_distance"
    }
  }

  private func session(_ seed: UInt64) -> SimulatedWeighing {
    var conditions = WeighingConditions()
    conditions.temperature = 5
    conditions.warming = 30
    return SimulatedWeighing(seed: seed, .full, conditions)
  }

  func outcome(seed: UInt64) throws -> Outcome {
    let session = session(seed)
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    let model = calibration.model
    let count = model.parameterCount
    var (errors, covariance) = ([Double](), [Double]())
    var zero = 0.0
    for (number, cell) in model.cells.enumerated() {
      let truth = session.scale.cells[number]
      // The model's coefficient takes back what the cell's adds.
      errors.append(cell.spanPerKelvin + truth.spanPerKelvin)
      let row = number * ScaleModel.parametersPerCell + 4
      for other in model.cells.indices {
        covariance.append(
          model.covariance[row * count + other * ScaleModel.parametersPerCell + 4])
      }
      // What lies on the cell of the empty scale follows the span.
      let tare = session.scale.emptyForces[number]
      let error =
        cell.zeroCountsPerKelvin - truth.countsPerKilogram
        * (truth.zeroPerKelvin + truth.spanPerKelvin * tare)
      zero +=
        error * error
        / (calibration.zeroCoefficientSigmas[number] * calibration.zeroCoefficientSigmas[number])
    }
    return Outcome(
      spanDistance: squaredDistance(errors, covariance) ?? .nan, zeroDistance: zero)
  }

  func details(seed: UInt64) throws -> [String] {
    let session = session(seed)
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    return calibration.model.cells.enumerated().map { number, cell in
      "cell \(number): span \(cell.spanPerKelvin), truly "
        + "\(-session.scale.cells[number].spanPerKelvin)"
    }
  }

  func judge(_ outcomes: [Outcome]) -> SeriesVerdict {
    let bounds = ChiSquare(freedom: 4 * outcomes.count).bounds
    let rows = [
      ("span", outcomes.map(\.spanDistance)), ("zero", outcomes.map(\.zeroDistance)),
    ].map { word, distances in
      let sum = distances.reduce(0, +)
      return SeriesVerdict.Row(
        what: "squared distances of \(word) coefficients, sum", measured: "\(sum.rounded())",
        claimed:
          "\(bounds.lowerBound.rounded()) to \(bounds.upperBound.rounded()) for "
          + "\(4 * outcomes.count)",
        holds: bounds.contains(sum))
    }
    return SeriesVerdict(rows: rows)
  }
}
