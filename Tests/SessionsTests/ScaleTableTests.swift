import Devices
import Documents
import Files
import TestSupport
import Testing

@testable import Sessions

final class ScaleTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let rows = [
    ScaleRow(
      sample: ScaleSample(
        time: 12.25, counts: [1, -2.5, 3e-7, 8_388_607], status: [.over], temperature: 21.5),
      tilt: SIMD2(0.01, -1e-5), step: 3),
    ScaleRow(
      sample: ScaleSample(
        time: 12.25, counts: [0, 0, 0, 0], mass: 0.1 + 0.2, status: [.stable, .net])),
  ]

  /// The path of a new file with `rows`.
  private func written(_ rows: [ScaleRow], cells: Int = 4) throws -> String {
    let path = folder("scale.csv")
    let writer = try ScaleTableWriter(creating: path, cells: cells)
    for row in rows { try writer.append(row) }
    try writer.finish()
    return path
  }

  @Test func whatIsWrittenIsRead() throws {
    let path = try written(Self.rows)
    let table = try ScaleTable(file: path)
    #expect(table.rows == Self.rows && table.cells == 4 && !table.isPartial)
  }

  @Test func theFileIsAsItIsDescribed() throws {
    let path = try written([Self.rows[1]])
    let text = String(decoding: try Files.read(path, limit: 1000), as: UTF8.self)
    #expect(
      text == """
        time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,count_1,count_2,count_3,mass_kg,status,step
        12.25,,,,0.0,0.0,0.0,0.0,0.30000000000000004,stable+net,

        """)
  }

  @Test func aScaleThatWeighsByItselfHasNoCounts() throws {
    let row = ScaleRow(sample: ScaleSample(time: 1, mass: 2, status: .stable))
    let path = try written([row], cells: 0)
    #expect(try ScaleTable(file: path).rows == [row])
  }

  /// Cut anywhere, a file gives the rows that were finished.
  @Test func aRecordingCutShortGivesItsWholeRows() throws {
    let path = try written(Self.rows)
    let bytes = try Files.read(path, limit: 1000)
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }
    for length in (ends[0] + 1)...bytes.count {
      let table = try ScaleTable(Array(bytes[..<length]), file: "cut")
      #expect(table.rows.count == ends.count { $0 < length } - 1)
      #expect(table.isPartial == (bytes[length - 1] != 0x0A))
    }
  }

  @Test func anExistingFileIsLeftAlone() throws {
    let path = try written(Self.rows)
    #expect(throws: StorageError.exists(path: path)) {
      try ScaleTableWriter(creating: path, cells: 4)
    }
    #expect(try ScaleTable(file: path).rows == Self.rows)
  }

  @Test(
    arguments: [
      ("1,,,,5,stable,", ScaleRowProblem.columns(found: 7, expected: 8)),
      ("x,,,,5,1,stable,", .number(column: 1)), (",,,,5,1,stable,", .number(column: 1)),
      ("1,nan,,,5,1,stable,", .number(column: 2)), ("1,,,,,1,stable,", .number(column: 5)),
      ("1,,,,5,inf,stable,", .number(column: 6)), ("1,,,,5,1,steady,", .status),
      ("1,,,,5,1,stable,two", .number(column: 8)), ("0,,,,5,1,stable,", .order),
    ])
  func aBadLineIsNamed(_ line: String, _ problem: ScaleRowProblem) throws {
    let text = ScaleRow.header(cells: 1) + "\n0.5,,,,5,1,stable,\n" + line + "\n"
    #expect(throws: SessionError.badLine(path: "f", line: 3, problem)) {
      try ScaleTable(Array(text.utf8), file: "f")
    }
  }

  @Test(arguments: ["", "time_s\n", "a,b,c\n", "time_s,count_0,count_1,status\n"])
  func anotherHeaderIsRefused(_ text: String) {
    #expect(throws: SessionError.self) { try ScaleTable(Array(text.utf8), file: "f") }
  }

  @Test func aRecordedScaleGivesItsSamplesAndEnds() throws {
    let path = try written(Self.rows)
    let scale: any Scale = RecordedScale(try ScaleTable(file: path), path: path)
    #expect(scale.cells == 4)
    #expect(try scale.next(within: 1) == Self.rows[0].sample)
    #expect(try scale.next(within: 1) == Self.rows[1].sample)
    #expect(throws: DeviceError.gone(node: path)) { try scale.next(within: 1) }
  }
}
