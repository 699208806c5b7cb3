/// The samples of a recorded weighing session, in the order of time.
package struct RecordedSamples: Equatable, Sendable {
  /// How many cells a sample has.
  package let cells: Int
  /// Seconds, never falling.
  package private(set) var times: [Double] = []
  /// degC; of a scale without a sensor `assumedTemperature`.
  package private(set) var temperatures: [Double] = []
  /// False when no sample has a temperature.
  package let isTemperatureMeasured: Bool
  /// Tilt about the two axes, radians, by sample; empty where no accelerometer was recorded.
  package private(set) var tilts: [SIMD2<Double>] = []
  /// Counts, cell by cell, sample after sample.
  package private(set) var counts: [Double] = []
  /// The step of the procedure that each belongs to; nil where its line does not say: then it
  /// belongs to the step of its time.
  package private(set) var steps: [Int?] = []

  /// What is taken for the temperature where it was not measured, degC.
  package static let assumedTemperature = 20.0

  package var count: Int { times.count }

  /// The circumstances of the whole recording.
  func conditions(_ procedure: RecordedProcedure) -> RecordedCalibration.Conditions {
    RecordedCalibration.Conditions(
      lowestTemperature: temperatures.min() ?? .nan,
      highestTemperature: temperatures.max() ?? .nan,
      tilt: tilts.isEmpty ? nil : tilts.reduce(SIMD2<Double>.zero, +) / Double(tilts.count),
      duration: (times.last ?? 0) - (times.first ?? 0),
      isTemperatureMeasured: isTemperatureMeasured, started: procedure.started)
  }

  /// Samples as they are; tilts one a sample, or none.
  package init(
    cells: Int, times: [Double], temperatures: [Double], tilts: [SIMD2<Double>],
    counts: [Double], steps: [Int]
  ) {
    precondition(
      times.count == temperatures.count && times.count == steps.count
        && counts.count == cells * times.count && (tilts.isEmpty || tilts.count == times.count))
    self.cells = cells
    self.times = times
    self.temperatures = temperatures
    self.tilts = tilts
    self.counts = counts
    self.steps = steps
    isTemperatureMeasured = true
  }

  /// Reads the bytes of `sessions.csv` (header `t,temperature,adc0,...,step`) or `scale.csv` (header
  /// `time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,...,mass_kg,status,step`). Of the latter,
  /// temperature, tilt and step may be empty: not measured then, and outside any step by its line;
  /// mass and status, what the scale itself said, are not looked at.
  ///
  /// Throws at the first line that is not as its header says, is out of order, or holds a number
  /// that is none. Two samples of the same time are allowed.
  package init(_ bytes: [UInt8], file: String, cells: Int) throws(RecordingError) {
    self.cells = cells
    let plain = ["t", "temperature"] + (0..<cells).map { "adc\($0)" } + ["step"]
    let session =
      ["time_s", "temperature_c", "tilt_x_rad", "tilt_y_rad"] + (0..<cells).map { "count_\($0)" }
      + ["mass_kg", "status", "step"]
    var number = 0
    var form: [String]?
    var known = (temperatures: [Double?](), tilts: [SIMD2<Double>?]())
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if line.isEmpty { continue }
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard let form else {
        let header = fields.map { String(decoding: $0, as: UTF8.self) }
        guard header == plain || header == session else {
          let expected = file.hasSuffix("scale.csv") ? session : plain
          throw .wrongHeader(file: file, expected: expected.joined(separator: ","))
        }
        form = header
        continue
      }
      guard fields.count == form.count else {
        throw .wrongColumns(file: file, line: number, found: fields.count, expected: form.count)
      }
      func value(_ column: Int) throws(RecordingError) -> Double {
        guard let value = Double(String(decoding: fields[column], as: UTF8.self)),
          abs(value) < 1e12
        else { throw .notANumber(file: file, line: number, column: form[column]) }
        return value
      }
      /// Of a column that may be empty.
      func measured(_ column: Int, within limit: Double) throws(RecordingError) -> Double? {
        guard !fields[column].isEmpty else { return nil }
        let value = try value(column)
        guard abs(value) <= limit else {
          throw .notANumber(file: file, line: number, column: form[column])
        }
        return value
      }
      let isSession = form.count == session.count
      let time = try value(0)
      if let last = times.last, time < last {
        throw .outOfOrder(file: file, line: number, time: time, before: last)
      }
      times.append(time)
      if isSession {
        known.temperatures.append(try measured(1, within: 1e3))
        let (x, y) = (try measured(2, within: 1.6), try measured(3, within: 1.6))
        guard (x == nil) == (y == nil) else {
          throw .notANumber(file: file, line: number, column: form[x == nil ? 2 : 3])
        }
        known.tilts.append(x.flatMap { x in y.map { SIMD2(x, $0) } })
      } else {
        known.temperatures.append(try value(1))
      }
      for cell in 0..<cells { counts.append(try value((isSession ? 4 : 2) + cell)) }
      let stepField = fields[form.count - 1]
      if isSession, stepField.isEmpty {
        steps.append(nil)
      } else if let step = Int(String(decoding: stepField, as: UTF8.self)) {
        steps.append(step)
      } else {
        throw .notANumber(file: file, line: number, column: "step")
      }
    }
    guard !times.isEmpty else { throw .empty(file: file) }
    isTemperatureMeasured = known.temperatures.contains { $0 != nil }
    temperatures = Self.filled(known.temperatures) ?? times.map { _ in Self.assumedTemperature }
    tilts = Self.filled(known.tilts) ?? []
  }

  /// Each value that is missing is that before it, of sensors that are slower than cells; the first
  /// ones that after them. Nil where all are missing.
  private static func filled<Value>(_ values: [Value?]) -> [Value]? {
    guard var last = values.lazy.compactMap({ $0 }).first else { return nil }
    return values.map { value in
      last = value ?? last
      return last
    }
  }
}
