import Testing

@testable import Documents

private func parse(_ text: String) throws -> JSONValue {
  try JSONDocument.parse(Array(text.utf8), file: "f.json").value
}

@Test func valuesAreReadWithTheirLines() throws {
  let tree = try JSONDocument.parse(
    Array("{\n \"a\": [1,\n -2.5e1],\n \"b\": \"x\\u00e9\\ud83d\\ude00\\n\"}".utf8), file: "f")
  guard case .object(let members) = tree.value, let a = members["a"], let b = members["b"] else {
    Issue.record("not an object")
    return
  }
  #expect(a.line == 2 && b.line == 4)
  #expect(
    a.value == .array([JSONNode(.integer(1), line: 2), JSONNode(.real(-25), line: 3)]))
  #expect(b.value == .string("xé😀\n"))
}

@Test func numbersKeepTheirValue() throws {
  #expect(try parse("9007199254740993") == .integer(9_007_199_254_740_993))
  #expect(try parse("0.1") == .real(0.1))
  #expect(try parse("1e22") == .real(1e22))
  #expect(try parse("123456789012345678901234567890") == .real(0x1.8ee90ff6c373ep96))
  guard case .real(let zero) = try parse("-0") else { throw DocumentError.notFinite(keyPath: "") }
  #expect(zero.sign == .minus)
}

@Test(arguments: [
  "", " ", "{", "[", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":1,\"a\":2}", "01",
  "1.", ".5", "+1", "1e", "-", "NaN", "Infinity", "1e999", "tru", "nul", "\"", "\"\\x\"",
  "\"\\u12\"",
  "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "[1] 2", "'a'", "// c\n1",
  "{\"a\":}",
])
func malformedTextIsAnErrorWithItsPlace(text: String) {
  do {
    _ = try parse(text)
    Issue.record("\(text) was taken")
  } catch let error as DocumentError {
    guard case .malformed("f.json", let line, let column, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(line >= 1 && column >= 1)
  } catch { Issue.record("\(error)") }
}

@Test func theColumnIsWhereItIsWrong() {
  #expect(
    throws: DocumentError.malformed(
      file: "f.json", line: 2, column: 4, detail: "a comma or ] was expected")
  ) { try parse("[1,\n 2 3]") }
}

@Test func invalidUTF8IsRefused() {
  for text in [[UInt8]("\"".utf8) + [0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF, 0xFE]] {
    #expect(throws: DocumentError.self) { try JSONDocument.parse(text, file: "f") }
  }
}

@Test func depthAndSizeAreBounded() {
  let deep = String(repeating: "[", count: 1_000_000)
  #expect(throws: DocumentError.tooDeep(file: "f.json", line: 1, limit: 64)) { try parse(deep) }
  let objects = String(repeating: "{\"a\":", count: 1_000_000)
  #expect(throws: DocumentError.tooDeep(file: "f.json", line: 1, limit: 64)) { try parse(objects) }
  let allowed = String(repeating: "[", count: 64) + "1" + String(repeating: "]", count: 64)
  #expect(throws: Never.self) { try parse(allowed) }
  var limits = JSONLimits()
  limits.bytes = 3
  #expect(throws: DocumentError.tooLarge(file: "f", bytes: 4, limit: 3)) {
    try JSONDocument.parse(Array("1234".utf8), file: "f", limits: limits)
  }
}

@Test func everyTruncationAndBrokenByteIsHandled() throws {
  let text = Array("{\"a\": [1, -2.5e-3, \"x\\u00e9\", true, null], \"b\": {\"c\": {}}}".utf8)
  for count in 0..<text.count {
    #expect(throws: DocumentError.self) { try JSONDocument.parse(Array(text[..<count]), file: "f") }
  }
  for index in text.indices {
    for value in UInt8.min...UInt8.max {
      var broken = text
      broken[index] = value
      do throws(DocumentError) { _ = try JSONDocument.parse(broken, file: "f") } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
