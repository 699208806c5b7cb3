import Documents
import Files

/// Reads a file of JSON values, one a line, as far as it was written.
enum LineReader {
  /// Bytes of the largest file that is read.
  static let limit = 256 << 20

  struct Lines<Value> {
    var values: [Value] = []
    /// Why the rest was not read; nil where the file is whole.
    var problem: String?
  }

  /// The values up to the first line that is none: what stands behind it was not written whole. A
  /// file that does not exist is empty.
  static func read<Value: Decodable>(
    _ type: Value.Type, file path: String, limits: Int
  ) throws(SessionError) -> Lines<Value> {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: limit)
    } catch {
      if error.isMissing { return Lines() }
      throw .unreadable(path: path, reason: error.reason)
    }
    var lines = Lines<Value>()
    var rest = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    let last = rest.popLast()
    for (index, line) in rest.enumerated() {
      guard lines.values.count < limits else { throw .tooManyFiles(path: path, limit: limits) }
      do throws(DocumentError) {
        lines.values.append(
          try JSONDocument.decode(type, from: Array(line), file: "\(path), line \(index + 1)"))
      } catch {
        lines.problem = "line \(index + 1) of \(path) is damaged"
        return lines
      }
    }
    if last?.isEmpty == false { lines.problem = "the last line of \(path) was cut off" }
    return lines
  }
}
