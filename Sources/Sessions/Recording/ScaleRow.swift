package import Devices

/// A line of `scale.csv`: a sample with what is known of the cart at that moment.
package struct ScaleRow: Equatable, Sendable {
  package let sample: ScaleSample
  /// About the two axes of the cart, radians; nil where it is not measured.
  package let tilt: SIMD2<Double>?
  /// The step of a procedure that it belongs to; nil outside one.
  package let step: Int?

  package init(sample: ScaleSample, tilt: SIMD2<Double>? = nil, step: Int? = nil) {
    self.sample = sample
    self.tilt = tilt
    self.step = step
  }
}

extension ScaleRow {
  /// The first line of a file for so many load cells.
  package static func header(cells: Int) -> String {
    (["time_s", "temperature_c", "tilt_x_rad", "tilt_y_rad"]
      + (0..<cells).map { "count_\($0)" } + ["mass_kg", "status", "step"]).joined(separator: ",")
  }

  /// The line without its end. Numbers read back to the same value; what is not known is empty.
  package var line: String {
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    let fields =
      ["\(sample.time)", text(sample.temperature), text(tilt?.x), text(tilt?.y)]
      + sample.counts.map { "\($0)" }
      + [text(sample.mass), sample.status.description, step.map { "\($0)" } ?? ""]
    return fields.joined(separator: ",")
  }

  /// The row in a line of a file for so many cells; else what is wrong with it.
  static func parse(_ line: some StringProtocol, cells: Int) -> Result<ScaleRow, ScaleRowProblem> {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == cells + 7 else {
      return .failure(.columns(found: fields.count, expected: cells + 7))
    }
    var problem: ScaleRowProblem?
    func number(_ column: Int, optional: Bool = true) -> Double? {
      if fields[column].isEmpty, optional { return nil }
      guard let value = Double(fields[column]), value.isFinite else {
        problem = problem ?? .number(column: column + 1)
        return nil
      }
      return value
    }
    let time = number(0, optional: false) ?? 0
    let temperature = number(1)
    let (x, y) = (number(2), number(3))
    let counts = (0..<cells).map { number(4 + $0, optional: false) ?? 0 }
    let mass = number(cells + 4)
    let step = fields[cells + 6].isEmpty ? nil : Int(fields[cells + 6])
    if step == nil, !fields[cells + 6].isEmpty { problem = problem ?? .number(column: cells + 7) }
    guard let status = ScaleStatus(String(fields[cells + 5])) else {
      return .failure(problem ?? .status)
    }
    if let problem { return .failure(problem) }
    return .success(
      ScaleRow(
        sample: ScaleSample(
          time: time, counts: counts, mass: mass, status: status, temperature: temperature),
        tilt: x.flatMap { x in y.map { SIMD2(x, $0) } }, step: step))
  }
}

/// What is wrong with a line of `scale.csv`.
package enum ScaleRowProblem: Error, Equatable, Sendable {
  case columns(found: Int, expected: Int)
  /// A column, counted from 1, does not hold a number.
  case number(column: Int)
  /// The status has an unknown word.
  case status
  /// The time is before that of the line above.
  case order
}

extension ScaleRowProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .columns(let found, let expected): "it has \(found) columns, the header says \(expected)"
    case .number(let column): "column \(column) holds no number"
    case .status: "its status is unknown"
    case .order: "its time is before that of the line above"
    }
  }
}
