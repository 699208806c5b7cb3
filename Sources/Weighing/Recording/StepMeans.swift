import Glibc

/// The settled mean of one step, or of a stretch of it.
struct StepMean: Equatable, Sendable {
  let step: RecordedProcedure.Step
  /// Middle of the stretch, its first sample and its last, seconds.
  let time: Double
  let start: Double
  let end: Double
  /// degC.
  let temperature: Double
  /// Radians; nil without an accelerometer.
  let tilt: SIMD2<Double>?
  /// Mean counts, and their variances, one a cell.
  let counts: [Double]
  let variances: [Double]
  /// Samples left out as glitches, all cells.
  let rejected: Int

  /// The part of a load's weight that presses on the cells.
  var press: Double { tilt.map { cos($0.x) * cos($0.y) } ?? 1 }
}

extension RecordedSamples {
  /// How long a placement settles, seconds, and how long it is averaged after that: the same for
  /// known and unknown loads, so that creep makes the same difference to both.
  static let settling = 4.0
  static let averaging = 8.0
  static let fewestSamples = 8

  /// Where each step's samples stand, by its number.
  func ranges(_ procedure: RecordedProcedure) -> [Int: [Int]] {
    var ranges: [Int: [Int]] = [:]
    // Samples and steps are both by time.
    var place = 0
    for (index, step) in steps.enumerated() {
      if let step {
        ranges[step, default: []].append(index)
        continue
      }
      while place < procedure.steps.count, procedure.steps[place].end <= times[index] { place += 1 }
      guard place < procedure.steps.count, procedure.steps[place].start <= times[index] else {
        continue
      }
      ranges[procedure.steps[place].number, default: []].append(index)
    }
    return ranges
  }

  /// The means of a step's stretches: one for a load, right after settling; for an empty scale one
  /// for every `averaging` seconds, at most 12.
  func means(
    of step: RecordedProcedure.Step, samples: [Int]
  ) throws(RecordingError) -> [StepMean] {
    let settling = min(Self.settling, (step.end - step.start) / 2)
    let settled = samples.filter {
      times[$0] >= step.start + settling && times[$0] < step.end
    }
    guard settled.count >= Self.fewestSamples, let first = settled.first, let last = settled.last
    else {
      throw .tooFewSamples(step: step.number, found: settled.count, needed: Self.fewestSamples)
    }
    var stretches: [[Int]] = []
    if step.kind == .empty {
      let span = times[last] - times[first]
      let pieces = max(1, min(12, Int(span / Self.averaging)))
      stretches = Array(repeating: [], count: pieces)
      for index in settled {
        let place = Int((times[index] - times[first]) / max(span, 1e-9) * Double(pieces))
        stretches[min(max(place, 0), pieces - 1)].append(index)
      }
      stretches = stretches.filter { $0.count >= Self.fewestSamples }
      if stretches.isEmpty { stretches = [settled] }
    } else {
      let end = step.start + settling + Self.averaging + 1e-6
      let early = settled.filter { times[$0] < end }
      stretches = [early.count >= Self.fewestSamples ? early : settled]
    }
    return stretches.map { mean(of: step, $0) }
  }

  /// A step that lasts, after settling, in stretches of `averaging` seconds or more.
  func pieces(of step: RecordedProcedure.Step, samples: [Int], most: Int) -> [StepMean] {
    let start = step.start + Self.settling
    let length = max(Self.averaging, (step.end - start) / Double(most))
    var stretches: [[Int]] = []
    for index in samples where times[index] >= start && times[index] < step.end {
      let place = Int((times[index] - start) / length)
      while stretches.count <= place { stretches.append([]) }
      stretches[place].append(index)
    }
    return stretches.filter { $0.count >= Self.fewestSamples }.map { mean(of: step, $0) }
  }

  private func mean(of step: RecordedProcedure.Step, _ stretch: [Int]) -> StepMean {
    let means = (0..<cells).map { cell in
      RobustMean(stretch.map { counts[$0 * cells + cell] })
    }
    let size = Double(stretch.count)
    return StepMean(
      step: step, time: stretch.reduce(0) { $0 + times[$1] } / size,
      start: stretch.first.map { times[$0] } ?? step.start,
      end: stretch.last.map { times[$0] } ?? step.end,
      temperature: stretch.reduce(0) { $0 + temperatures[$1] } / size,
      tilt: tilts.isEmpty
        ? nil : stretch.reduce(SIMD2<Double>.zero) { $0 + tilts[$1] } / size,
      counts: means.map { $0?.mean ?? 0 }, variances: means.map { $0?.variance ?? 0 },
      rejected: means.reduce(0) { $0 + ($1?.rejected ?? 0) })
  }
}
