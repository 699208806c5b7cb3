package import Documents
import Files

/// Writes `scale.csv` while a scale is read. Each row is one write of a whole line at the end of the
/// file, so that a crash costs at most the row that was being written.
package final class ScaleTableWriter {
  private let file: OpenFile
  private let cells: Int

  /// Creates the file at `path`, which must not exist.
  package init(creating path: String, cells: Int) throws(StorageError) {
    self.cells = cells
    do throws(FileError) {
      file = try Files.create(path)
    } catch {
      throw StorageError(writing: error)
    }
    try write(ScaleRow.header(cells: cells))
  }

  /// Writes a row. Its sample has as many counts as the file has cells.
  package func append(_ row: ScaleRow) throws(StorageError) {
    precondition(row.sample.counts.count == cells)
    try write(row.line)
  }

  /// Forces everything to the disk.
  package func finish() throws(StorageError) {
    do throws(FileError) {
      try file.sync()
    } catch {
      throw StorageError(writing: error)
    }
  }

  private func write(_ line: String) throws(StorageError) {
    let bytes = Array((line + "\n").utf8)
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try file.write(raw) } catch { failure = error }
    }
    if let failure { throw StorageError(writing: failure) }
  }
}
