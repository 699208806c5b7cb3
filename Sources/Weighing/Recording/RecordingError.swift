package import Documents

/// What is wrong with a recorded weighing session.
package enum RecordingError: Error, Equatable {
  case unreadable(file: String, reason: String)
  case document(DocumentError)
  /// Neither or both of the files that samples can stand in.
  case samplesFile(folder: String, found: [String])
  case empty(file: String)
  case wrongHeader(file: String, expected: String)
  case wrongColumns(file: String, line: Int, found: Int, expected: Int)
  case notANumber(file: String, line: Int, column: String)
  case outOfOrder(file: String, line: Int, time: Double, before: Double)
  /// A step of the procedure has fewer samples than a mean needs.
  case tooFewSamples(step: Int, found: Int, needed: Int)
  /// Nothing empty or nothing loaded comes before what is to be estimated.
  case nothingEmpty
  /// More different masses than any session uses.
  case tooManyMasses(found: Int, limit: Int)
  case fit(ScaleFitError)
  case numerics(reason: String)
}

extension RecordingError {
  /// True when the recording can be read and is in order, but holds too little for a calibration.
  package var isWeakData: Bool {
    switch self {
    case .tooFewSamples, .nothingEmpty, .tooManyMasses, .fit, .numerics: true
    case .unreadable, .document, .samplesFile, .empty, .wrongHeader, .wrongColumns, .notANumber,
      .outOfOrder:
      false
    }
  }
}

extension RecordingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let reason):
      return "\(file) cannot be read: \(reason). Check the name and the permissions."
    case .document(let error): return "\(error)"
    case .samplesFile(let folder, let found):
      return found.isEmpty
        ? "\(folder) holds no samples. Put scale.csv or sessions.csv beside procedure.json."
        : "\(folder) holds samples twice, in \(found.joined(separator: " and ")). "
          + "Leave the file of this session, and move the other away."
    case .empty(let file): return "\(file) holds no sample. Record the session again."
    case .wrongHeader(let file, let expected):
      return "\(file):1: the header is not that of a weighing session with the cells of "
        + "procedure.json. Begin the file with: \(expected)"
    case .wrongColumns(let file, let line, let found, let expected):
      return "\(file):\(line): \(found) columns, where the header has \(expected). "
        + "Remove the line, or record the session again."
    case .notANumber(let file, let line, let column):
      return "\(file):\(line): \(column) is no number that can be. "
        + "Remove the line, or record the session again."
    case .outOfOrder(let file, let line, let time, let before):
      return "\(file):\(line): time \(time) s comes after \(before) s. "
        + "Put the lines in order, or record the session again."
    case .tooFewSamples(let step, let found, let needed):
      return "Step \(step) has \(found) samples after settling; \(needed) are needed. "
        + "Record the step longer, or take it out of procedure.json."
    case .nothingEmpty:
      return "The scale was never recorded empty before a load. Record it empty first."
    case .tooManyMasses(let found, let limit):
      return "The procedure names \(found) different masses; at most \(limit) can be used. "
        + "Check nominal_kg, or record two sessions."
    case .fit(let error): return "\(error)"
    case .numerics(let reason): return "The session cannot be computed: \(reason)"
    }
  }
}
