import Files

/// The rows of a `scale.csv`.
package struct ScaleTable: Equatable, Sendable {
  package let cells: Int
  /// In the order of time.
  package let rows: [ScaleRow]
  /// Whether the last line was cut short: the recording was interrupted. It is left out.
  package let isPartial: Bool

  /// Bytes of the largest file that is read: two days of four cells at 80 Hz.
  package static let limit = 1 << 30

  package init(file path: String) throws(SessionError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: Self.limit)
    } catch {
      throw error.isMissing
        ? .missing(path: path) : .unreadable(path: path, reason: error.reason)
    }
    try self.init(bytes, file: path)
  }

  /// Reads the bytes of a file; `file` stands in messages.
  package init(_ bytes: [UInt8], file: String) throws(SessionError) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // What stands behind the last end of a line was never finished.
    let rest = lines.popLast()
    isPartial = rest?.isEmpty == false
    guard let header = lines.first.map({ String(decoding: $0, as: UTF8.self) }) else {
      throw .badHeader(path: file, expected: ScaleRow.header(cells: 4))
    }
    let cells = header.split(separator: ",").count { $0.hasPrefix("count_") }
    guard header == ScaleRow.header(cells: cells) else {
      throw .badHeader(path: file, expected: ScaleRow.header(cells: cells))
    }
    var rows: [ScaleRow] = []
    for (index, line) in lines.enumerated().dropFirst() {
      switch ScaleRow.parse(String(decoding: line, as: UTF8.self), cells: cells) {
      case .success(let row):
        if let last = rows.last, row.sample.time < last.sample.time {
          throw .badLine(path: file, line: index + 1, .order)
        }
        rows.append(row)
      case .failure(let problem): throw .badLine(path: file, line: index + 1, problem)
      }
    }
    self.cells = cells
    self.rows = rows
  }
}
