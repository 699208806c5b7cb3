import Files

/// The samples of a recorded weighing session, in the order of time.
package struct RecordedSamples: Equatable, Sendable {
  /// How many cells a sample has.
  package let cells: Int
  /// Seconds, never falling.
  package private(set) var times: [Double] = []
  /// degC.
  package private(set) var temperatures: [Double] = []
  /// Tilt about the two axes, radians; zero where it was not recorded.
  package private(set) var tilts: [SIMD2<Double>] = []
  /// Counts, cell by cell, sample after sample.
  package private(set) var counts: [Double] = []
  /// The step of the procedure that each belongs to.
  package private(set) var steps: [Int] = []

  package var count: Int { times.count }

  /// Reads `sessions.csv` (header `t,temperature,adc0,...,step`) or `scale.csv` (header
  /// `time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,...,mass_kg,status,step`).
  ///
  /// Throws at the first line that is not as its header says, is out of order, or holds a number
  /// that is none. Two samples of the same time are allowed.
  package init(file: String, cells: Int, limit: Int = 512 << 20) throws(RecordingError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(file, limit: limit)
    } catch {
      throw .unreadable(file: file, reason: error.reason)
    }
    try self.init(bytes, file: file, cells: cells)
  }

  /// Reads the bytes of such a file.
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
      tilts.append(isSession ? SIMD2(try value(2), try value(3)) : .zero)
      for cell in 0..<cells { counts.append(try value((isSession ? 4 : 2) + cell)) }
      steps.append(step)
    }
    guard !times.isEmpty else { throw .empty(file: file) }
  }
}
