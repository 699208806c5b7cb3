package import Devices

/// A scale played back from a recording. It does not wait: samples come as fast as they are asked
/// for, with the times they were recorded at.
package final class RecordedScale: Scale {
  package let cells: Int
  private let path: String
  private var rows: ArraySlice<ScaleRow>

  /// Plays `table`; `path`, where it was read from, stands in messages.
  package init(_ table: ScaleTable, path: String) {
    cells = table.cells
    rows = table.rows[...]
    self.path = path
  }

  /// Throws `.gone` at the end of the recording.
  package func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    guard let row = rows.popFirst() else { throw .gone(node: path) }
    return row.sample
  }

  package func zero() throws(DeviceError) {
    throw .unsupported(node: path, problem: "a recording cannot be zeroed")
  }
}
