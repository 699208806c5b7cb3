import TestSupport
import Testing

@testable import Documents

private enum Mode: String, Codable { case fast, slow }

private struct Sample: Codable, Equatable {
  var name: String
  var mode: Mode
  var numbers: [Double]
  var count: Int
  var small: UInt8?
  var nested: [String: [[Int]]]
}

private let sample = Sample(
  name: "a \"b\" \\ \n \u{1} é", mode: .slow, numbers: [0.1, 1, -2.5e-9, 1e300, 12345.678],
  count: -7, small: nil, nested: ["z": [[1, 2], []], "a": []])

private func text(_ value: some Encodable) throws -> String {
  String(decoding: try JSONDocument.encode(value), as: UTF8.self)
}

private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
  try JSONDocument.decode(type, from: Array(text.utf8), file: "f.json")
}

private func error<Value: Decodable>(_ type: Value.Type, _ text: String) -> String {
  do throws(DocumentError) {
    _ = try JSONDocument.decode(type, from: Array(text.utf8), file: "f.json")
    return "none"
  } catch { return error.description }
}

@Test func theCanonicalFormIsThis() throws {
  #expect(
    try text(sample) == """
      {
        "count": -7,
        "mode": "slow",
        "name": "a \\"b\\" \\\\ \\n \\u0001 é",
        "nested": {
          "a": [],
          "z": [
            [1, 2],
            []
          ]
        },
        "numbers": [0.1, 1, -2.5e-09, 1e+300, 12345.678]
      }

      """)
}

@Test func whatIsWrittenIsReadBackExactly() throws {
  #expect(
    try JSONDocument.decode(Sample.self, from: JSONDocument.encode(sample), file: "f") == sample)
  var state: UInt64 = 1
  var numbers: [Double] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi, 1e16]
  while numbers.count < 2000 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let number = Double(bitPattern: state)
    if number.isFinite { numbers.append(number) }
  }
  let back = try JSONDocument.decode([Double].self, from: JSONDocument.encode(numbers), file: "f")
  #expect(back.map(\.bitPattern) == numbers.map(\.bitPattern))
}

@Test func aSmallObjectStandsOnOneLineAndALongOneDoesNot() throws {
  #expect(try text([["x": 1.5, "y": 2]]) == "[\n  {\"x\": 1.5, \"y\": 2}\n]\n")
  let long = try text(["k": Array(repeating: 0.125, count: 30)])
  #expect(long.split(separator: "\n").allSatisfy { $0.utf8.count <= 100 })
  #expect(long.hasPrefix("{\n  \"k\": [\n    0.125,\n"))
}

@Test func infinitiesAndNaNAreRefusedByKeyPath() {
  #expect(throws: DocumentError.notFinite(keyPath: "a.b[1]")) {
    try JSONDocument.encode(["a": ["b": [1, Double.nan]]])
  }
  #expect(throws: DocumentError.notFinite(keyPath: "[0]")) {
    try JSONDocument.encode([-Double.infinity])
  }
}

@Test func errorsNameLineKeyPathAndWhatWasExpected() throws {
  let good = try text(sample)
  #expect(
    error(Sample.self, good.replacing("\"slow\"", with: "\"middling\""))
      .hasPrefix("f.json:3: mode: "))
  #expect(
    error(Sample.self, good.replacing("[1, 2]", with: "[1, \"2\"]")).hasPrefix(
      "f.json:8: nested.z[0][1]: a whole number was expected, but this is a text."))
  #expect(
    error(Sample.self, good.replacing("  \"count\": -7,\n", with: ""))
      .hasPrefix("f.json:1: the whole document: \"count\" is missing."))
  #expect(error(Sample.self, "[]").contains("an object was expected, but this is a list"))
  #expect(error([UInt8].self, "[256]").contains("[0]: a whole number from 0 to 255"))
  #expect(error([Int].self, "[1.5]").contains("whole number"))
  #expect(error([Int].self, "[1e30]").contains("whole number"))
}

@Test func optionalsTakeNullAndAbsence() throws {
  #expect(try decode([Double?].self, "[1, null]") == [1, nil])
  #expect(try decode([[Double?]?].self, "[[1, null], null]") == [[1, nil], nil])
  let good = try text(sample)
  #expect(
    try decode(Sample.self, good.replacing("\"mode\"", with: "\"small\": null, \"mode\"")) == sample
  )
}

@Test func schemasOfOtherKindsAndNewerVersionsAreRefused() throws {
  struct Empty: Codable { var schema: String }
  func read(_ schema: String) throws {
    _ = try JSONDocument.decode(
      Empty.self, from: Array("{\"schema\": \(schema)}".utf8), file: "f",
      schema: "cartcal.bundle/2")
  }
  #expect(throws: Never.self) { try read("\"cartcal.bundle/2\"") }
  #expect(
    throws: DocumentError.newerSchema(
      file: "f", found: "cartcal.bundle/3", known: "cartcal.bundle/2")
  ) { try read("\"cartcal.bundle/3\"") }
  #expect(
    throws: DocumentError.wrongSchema(
      file: "f", found: "cartcal.corners/3", expected: "cartcal.bundle/2")
  ) { try read("\"cartcal.corners/3\"") }
  #expect(throws: DocumentError.self) { try read("3") }
}

@Test func filesThatCannotBeReadAreNamed() throws {
  let folder = try TemporaryFolder()
  #expect(
    throws: DocumentError.unreadable(
      file: folder("no.json"), reason: "No such file or directory")
  ) { try JSONDocument.decode(Int.self, file: folder("no.json")) }
  try folder.write("big.json", Array("[1, 2, 3]".utf8))
  var limits = JSONLimits()
  limits.bytes = 5
  #expect(throws: DocumentError.tooLarge(file: folder("big.json"), bytes: 9, limit: 5)) {
    try JSONDocument.decode([Int].self, file: folder("big.json"), limits: limits)
  }
  #expect(try JSONDocument.decode([Int].self, file: folder("big.json")) == [1, 2, 3])
}
