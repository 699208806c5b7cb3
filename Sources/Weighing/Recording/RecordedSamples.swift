/// The samples of a recorded weighing session, in the order of time.
package struct RecordedSamples: Equatable, Sendable {
  /// How many cells a sample has.
  package let cells: Int
  /// Seconds, never falling.
  package private(set) var times: [Double] = []
  /// degC.
  package private(set) var temperatures: [Double] = []
  /// Tilt about the two axes, radians, by sample; empty where no accelerometer was recorded.
  package private(set) var tilts: [SIMD2<Double>] = []
  /// Counts, cell by cell, sample after sample.
  package private(set) var counts: [Double] = []
  /// The step of the procedure that each belongs to.
  package private(set) var steps: [Int] = []

  package var count: Int { times.count }

  /// The circumstances of the whole recording.
  package var conditions: RecordedCalibration.Conditions {
    RecordedCalibration.Conditions(
      lowestTemperature: temperatures.min() ?? .nan,
      highestTemperature: temperatures.max() ?? .nan,
      tilt: tilts.isEmpty ? nil : tilts.reduce(SIMD2<Double>.zero, +) / Double(tilts.count),
      duration: (times.last ?? 0) - (times.first ?? 0))
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
  }

  /// Reads the bytes of `sessions.csv` (header `t,temperature,adc0,...,step`) or `scale.csv` (header
  /// `time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,...,mass_kg,status,step`). Of the latter,
  /// tilts are empty in every line where the scale has no accelerometer; mass and status, what the
  /// scale itself said, are not looked at.
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
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if line.isEmpty { continue }
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard let form else {
        let header = fields.map { String(decoding: $0, as: UTF8.self) }
        guard header == plain || header == session else {
          throw .wrongHeader(file: file, expected: plain.joined(separator: ","))
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
      let isSession = form.count == session.count
      let time = try value(0)
      if let last = times.last, time < last {
        throw .outOfOrder(file: file, line: number, time: time, before: last)
      }
      guard let step = Int(String(decoding: fields[form.count - 1], as: UTF8.self)) else {
        throw .notANumber(file: file, line: number, column: "step")
      }
      times.append(time)
      temperatures.append(try value(1))
      if isSession, !(fields[2].isEmpty && fields[3].isEmpty && tilts.isEmpty) {
        // A line without tilt among others that have it is damaged.
        guard tilts.count == times.count - 1 else {
          throw .notANumber(file: file, line: number, column: "tilt_x_rad")
        }
        let tilt = SIMD2(try value(2), try value(3))
        guard abs(tilt.x) <= 1.6, abs(tilt.y) <= 1.6 else {
          throw .notANumber(file: file, line: number, column: "tilt_x_rad")
        }
        tilts.append(tilt)
      }
      for cell in 0..<cells { counts.append(try value((isSession ? 4 : 2) + cell)) }
      steps.append(step)
    }
    guard !times.isEmpty else { throw .empty(file: file) }
  }
}
