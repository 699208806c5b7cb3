import Documents
import Files

/// A recorded weighing session on disk: what was done, and the samples.
package struct RecordedFolder: Sendable {
  package let procedure: RecordedProcedure
  package let samples: RecordedSamples
  /// Names of the two files in the folder, and what they hold byte for byte, for the evidence.
  package let files: [(name: String, bytes: [UInt8])]

  package static let procedureName = "procedure.json"
  /// The session form, and the one that is imported.
  package static let sampleNames = ["scale.csv", "sessions.csv"]
  private static let limit = 512 << 20

  /// Reads `procedure.json` and either `scale.csv` or `sessions.csv` of a folder.
  ///
  /// Throws when one is missing or unreadable, when both forms of samples are there, or when a
  /// file does not hold what it should.
  package init(_ folder: String) throws(RecordingError) {
    let file = folder + "/" + Self.procedureName
    let bytes = try Self.read(file)
    do throws(DocumentError) {
      procedure = try JSONDocument.decode(RecordedProcedure.self, from: bytes, file: file)
    } catch {
      throw .document(error)
    }
    var found: [String] = []
    for name in Self.sampleNames where try Self.isThere(folder + "/" + name) { found.append(name) }
    guard let name = found.first, found.count == 1 else {
      throw .samplesFile(folder: folder, found: found)
    }
    let sampleBytes = try Self.read(folder + "/" + name)
    samples = try RecordedSamples(
      sampleBytes, file: folder + "/" + name, cells: procedure.cells.count)
    files = [(Self.procedureName, bytes), (name, sampleBytes)]
  }

  private static func isThere(_ path: String) throws(RecordingError) -> Bool {
    do throws(FileError) {
      return try Files.kind(of: path) != nil
    } catch {
      throw .unreadable(file: path, reason: error.reason)
    }
  }

  private static func read(_ path: String) throws(RecordingError) -> [UInt8] {
    do throws(FileError) {
      return try Files.read(path, limit: limit)
    } catch {
      throw .unreadable(file: path, reason: error.reason)
    }
  }
}
