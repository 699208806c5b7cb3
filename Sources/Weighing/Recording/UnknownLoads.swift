import LinearAlgebra
import ScaleModels

/// Estimates of a session's unknown loads, each from what was known before its step began, and the
/// covariance of all of them.
struct UnknownLoads {
  private(set) var estimates: [RecordedCalibration.Estimate] = []
  /// Of (mass, x, y) of one after the other, row-major: kg, metres.
  private(set) var covariance: [Double]

  init(_ session: inout SessionEquations) throws(RecordingError) {
    let unknown = session.unknown
    let size = 3 * unknown.count
    covariance = Array(repeating: 0, count: size * size)
    while estimates.count < unknown.count {
      let first = estimates.count
      let start = unknown[first].step.start
      let calibration = try session.calibration(before: start)
      let loads = session.loadCount(before: start)
      let end =
        unknown[first...].firstIndex { session.loadCount(before: $0.step.start) != loads }
        ?? unknown.count
      var forms = try UnknownForms(
        Array(unknown[..<end]), session.zeros(from: start, to: unknown[end - 1].step.start),
        calibration, session)
      for later in first..<end {
        try forms.learn(before: unknown[later].step.start)
        try forms.read(later, session)
        estimates.append(
          RecordedCalibration.Estimate(
            step: unknown[later].step.number, reading: forms.reading(later)))
        // What is known later is known from all that was known before and more: the errors of an
        // earlier estimate and of a later one share what the later one is not sure of.
        for earlier in 0...later {
          if earlier < first, forms.isUnread(earlier) { try forms.read(earlier, session) }
          let block = forms.covariance(earlier, later)
          for row in 0..<3 {
            for column in 0..<3 {
              let (a, b) = (3 * earlier + row, 3 * later + column)
              covariance[a * size + b] = block[3 * row + column]
              if earlier < later { covariance[b * size + a] = block[3 * row + column] }
            }
          }
        }
      }
    }
  }
}

/// Unknown loads as one calibration reads them, and zeros taken between them.
///
/// Their zeros are foretold from the same empty scale as those of the known loads, and share their
/// errors: what the known loads say of those, by the equations of the fit, holds for unknown ones.
/// So unknown are, together: the cells' parameters and the shared errors, with the fit's covariance,
/// and behind them what each zero has beside the shared errors, cell by cell. Zeros that are taken
/// later tell more of all of them: best linear estimation, one zero after the other.
private struct UnknownForms {
  private let loads: [StepMean]
  private let zeros: [StepMean]
  private let calibration: SessionEquations.Calibration
  private let scatter: Double
  /// What the cells would say of zeros and then of unknown loads, by the calibration's zeros alone:
  /// counts by cell.
  private let foretold: [[Double]]
  /// How many counts of each shared error they have; zeros first.
  private let parts: [[Double]]
  /// Estimates of all unknowns and their covariance.
  private var state: [Double]
  private var joint: Matrix
  private var learned = 0
  private var readings: [LinearizedReading?]

  init(
    _ loads: [StepMean], _ zeros: [StepMean], _ calibration: SessionEquations.Calibration,
    _ session: SessionEquations
  ) throws(RecordingError) {
    self.loads = loads
    self.zeros = zeros
    self.calibration = calibration
    scatter = session.track.scatter
    readings = loads.map { _ in nil }
    let (fit, shared) = (calibration.fit, calibration.shared)
    let (known, cells) = (calibration.zeros.count, session.procedure.cells.count)
    let all = (zeros + loads).map { session.prediction($0, calibration.predictor) }
    foretold = all.map(\.counts)
    let parameters = fit.cells.count * ScaleModel.parametersPerCell
    let first = parameters + shared.count
    joint = Matrix(rows: first + all.count * cells, columns: first + all.count * cells)
    for row in 0..<first {
      for column in 0..<first { joint[row, column] = fit.jointCovariance[row * first + column] }
    }
    state = Array(repeating: 0, count: parameters) + fit.sharedErrors
    state += Array(repeating: 0, count: all.count * cells)
    var parts = all.map { _ in shared.map { _ in 0.0 } }
    for cell in 0..<cells {
      let covariance = calibration.predictor.covariance(calibration.zeros + all, cell)
      for (number, error) in shared.enumerated() where error.cell == cell {
        // The error is a sum of the known loads' zeros, of unit size: what it has in common with
        // a zero is how much of it that zero has.
        let square = error.counts.reduce(0) { $0 + $1 * $1 }
        for place in all.indices {
          parts[place][number] = error.counts.enumerated().reduce(0) {
            $0 + covariance[known + place, $1.offset] * $1.element / square
          }
        }
      }
      for row in all.indices {
        for column in all.indices {
          var rest = covariance[known + row, known + column]
          for (number, error) in shared.enumerated() where error.cell == cell {
            rest -= parts[row][number] * parts[column][number]
          }
          joint[first + row * cells + cell, first + column * cells + cell] = rest
        }
      }
    }
    self.parts = parts
  }

  private var sharedCount: Int { calibration.shared.count }
  private var firstShared: Int { calibration.fit.cells.count * ScaleModel.parametersPerCell }

  /// The unknowns that a cell's zero is made of at a place among zeros and loads, each with its part.
  private func terms(_ place: Int, _ cell: Int) -> [(index: Int, part: Double)] {
    let cells = calibration.fit.cells.count
    return calibration.shared.indices.filter { calibration.shared[$0].cell == cell }.map {
      (firstShared + $0, parts[place][$0])
    } + [(firstShared + sharedCount + place * cells + cell, 1)]
  }

  /// Takes the zeros before some time.
  mutating func learn(before cutoff: Double) throws(RecordingError) {
    while learned < zeros.count, zeros[learned].time < cutoff {
      let zero = zeros[learned]
      for cell in zero.counts.indices {
        let terms = terms(learned, cell)
        let variance = zero.variances.reduce(0, +) / Double(zero.variances.count) + scatter
        let gain = (0..<joint.rows).map { row in
          terms.reduce(0) { $0 + joint[row, $1.index] * $1.part }
        }
        let total = terms.reduce(0) { $0 + gain[$1.index] * $1.part } + variance
        guard total > 0 else { throw .numerics(reason: "A zero has no variance.") }
        let off =
          zero.counts[cell] - foretold[learned][cell]
          - terms.reduce(0) { $0 + state[$1.index] * $1.part }
        for column in 0..<joint.columns {
          state[column] += gain[column] / total * off
          for row in 0..<joint.rows { joint[row, column] -= gain[row] * gain[column] / total }
        }
      }
      learned += 1
    }
  }

  func isUnread(_ load: Int) -> Bool { readings[load] == nil }

  /// Reads a load with what is known now.
  mutating func read(_ load: Int, _ session: SessionEquations) throws(RecordingError) {
    let place = zeros.count + load
    var (counts, errors) = (foretold[place], [(cell: Int, counts: Double)]())
    for (number, error) in calibration.shared.enumerated() {
      errors.append((error.cell, parts[place][number]))
    }
    let cells = counts.indices
    for other in 0..<(zeros.count + loads.count) {
      for cell in cells { errors.append((cell, other == place ? 1 : 0)) }
    }
    for cell in cells {
      counts[cell] += terms(place, cell).reduce(0) { $0 + state[$1.index] * $1.part }
    }
    var model = calibration.inSession
    do throws(ScaleModelError) {
      model = try model.moved(by: Array(state[..<firstShared]))
    } catch {
      throw .numerics(reason: "\(error)")
    }
    readings[load] = try session.linearized(
      loads[load], zero: counts, variances: cells.map { _ in 0 }, model
    ).extended(by: errors)
  }

  /// Of a load that was read just now.
  func reading(_ load: Int) -> ScaleReading {
    guard let reading = readings[load] else { preconditionFailure("it was not read") }
    return reading.reading(of: calibration.inSession, parameters: joint.elements)
  }

  /// Of (mass, x, y) of two loads that were read, 3x3, row-major.
  func covariance(_ a: Int, _ b: Int) -> [Double] {
    if a == b { return reading(a).covariance }
    guard let one = readings[a], let two = readings[b] else {
      preconditionFailure("they were not read")
    }
    return one.shared(
      with: two, parameters: joint.elements, signals: loads[a].counts.map { _ in 0 })
  }
}
