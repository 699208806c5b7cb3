import Testing

@testable import Documents

private func node(_ text: String) throws -> YAMLNode {
  let tree = try YAMLDocument.parse(Array("v: \(text)\n".utf8), file: "f")
  guard case .mapping(let members) = tree.value else { throw tree.mismatch("no mapping", "") }
  return members[0].value
}

@Test(arguments: [
  ("0.25", 0.25), ("-3", -3), ("+1e-3", 0.001), (".5", 0.5), ("007", 7), ("1e3", 1000),
])
func numbersAreDecimal(text: String, value: Double) throws {
  #expect(try node(text).number("a length") == value)
}

@Test(arguments: [
  "", "~", "x", "0x10", ".inf", ".nan", "inf", "1e999", "1,5", "1_000", "'1'", "\"1\"", "[1]",
  "{a: 1}", "1 2", "e", "--", "1e12",
])
func otherThingsAreNoNumbers(text: String) throws {
  let value = try node(text)
  #expect(throws: YAMLError.self) { try value.number("a length") }
}

@Test func aNumberOutOfRangeSaysTheRange() throws {
  let value = try node("25")
  let error = #expect(throws: YAMLError.self) { try value.number("a size in metres", in: 0...2) }
  #expect(error?.description.contains("from 0 to 2") == true)
  #expect(error?.description.hasPrefix("f:1:4: ") == true)
}

@Test func wholeNumbersTextsAndLists() throws {
  #expect(try node("12").integer("a count", in: 1...20) == 12)
  #expect(throws: YAMLError.self) { try node("12.5").integer("a count", in: 1...20) }
  #expect(throws: YAMLError.self) { try node("21").integer("a count", in: 1...20) }
  // Words that other readers take for true, false and numbers stay texts.
  #expect(try ["no", "0001", "'~'"].map { try node($0).text() } == ["no", "0001", "~"])
  #expect(throws: YAMLError.self) { try node("").text() }
  #expect(throws: YAMLError.self) { try node("[a]").text() }
  #expect(try node("[a, b]").list("names").count == 2)
  #expect(throws: YAMLError.self) { try node("a").list("names") }
  #expect(try node("[1, 2.5]").numbers("a pair", count: 2) == [1, 2.5])
  #expect(throws: YAMLError.self) { try node("[1, 2, 3]").numbers("a pair", count: 2) }
  #expect(throws: YAMLError.self) { try node("[1, x]").numbers("a pair", count: 2) }
}

@Test func fieldsRefuseUnknownKeysAndNameTheNearest() throws {
  let tree = try YAMLDocument.parse(Array("board: x\ncamera: y\n".utf8), file: "f")
  let error = #expect(throws: YAMLError.self) {
    try YAMLFields(tree, of: "a rig", known: ["board", "cameras"])
  }
  #expect(error?.description == "f:2:1: a rig has no key \"camera\". Did you mean \"cameras\"?")
  let fields = try YAMLFields(tree, of: "a rig", known: ["board", "camera", "datum"])
  #expect(fields.optional("datum") == nil)
  #expect(try fields.required("board", example: "b").text() == "x")
  let missing = #expect(throws: YAMLError.self) { try fields.required("datum", example: "[]") }
  #expect(missing?.description == "f:1:1: a rig lacks the key \"datum\". Add datum: []")
  #expect(try fields.exactlyOne(of: ["board", "datum"], example: "board: b").key == "board")
  #expect(throws: YAMLError.self) {
    try fields.exactlyOne(of: ["board", "camera"], example: "board: b")
  }
}
