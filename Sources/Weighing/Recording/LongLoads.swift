import ScaleModels

/// The steps in which a load stays long: how the reading creeps, and how zero returns after it.
struct LongLoads {
  private(set) var creeps: [CreepCurve] = []
  private(set) var zeroReturns: [(after: RecordedProcedure.Step, value: Double, sigma: Double)] = []

  /// How many points a creep curve has at most.
  private static let mostPoints = 400

  init(
    _ samples: RecordedSamples, _ procedure: RecordedProcedure, ranges: [Int: [Int]],
    means: [StepMean], model: ScaleModel
  ) throws(RecordingError) {
    for (place, step) in procedure.steps.enumerated() where step.kind == .creep {
      let before = means.last { $0.step.kind == .empty && $0.step.end <= step.start + 1e-6 }
      guard let before else { continue }
      let pieces = samples.pieces(
        of: step, samples: ranges[step.number] ?? [], most: Self.mostPoints)
      var readings: [(time: Double, mass: Double, sigma: Double)] = []
      for piece in pieces {
        let reading = try Self.reading(piece, zero: before, model)
        readings.append((piece.time, reading.mass, reading.sigma))
      }
      if let first = readings.first, let last = readings.last, readings.count >= 2 {
        creeps.append(
          CreepCurve(
            load: step.nominal.reduce(0, +), duration: last.time - first.time,
            points: readings.map { ($0.time - first.time, $0.mass - first.mass) },
            sigma: first.sigma))
      }
      let next = place + 1
      guard next < procedure.steps.count, procedure.steps[next].kind == .empty,
        let after = means.first(where: { $0.step.number == procedure.steps[next].number })
      else { continue }
      let reading = try Self.reading(after, zero: before, model)
      zeroReturns.append((step, reading.mass, reading.sigma))
    }
  }

  /// What lies on the scale by a mean less an earlier zero, kilograms, and its standard uncertainty
  /// from the samples' scatter.
  private static func reading(
    _ mean: StepMean, zero: StepMean, _ model: ScaleModel
  ) throws(RecordingError) -> (mass: Double, sigma: Double) {
    do throws(ScaleModelError) {
      let reading = try model.reading(
        counts: mean.counts, temperature: mean.temperature,
        zero: ScaleZero(
          counts: zero.counts, sigmas: Array(repeating: 0, count: zero.counts.count),
          temperature: zero.temperature), tilt: mean.tilt ?? .zero)
      var variance = 0.0
      for (cell, gain) in model.cells.map(\.kilogramsPerCount).enumerated() {
        variance += gain * gain * (mean.variances[cell] + zero.variances[cell])
      }
      return (reading.mass, variance.squareRoot())
    } catch {
      throw .numerics(reason: "\(error)")
    }
  }
}
