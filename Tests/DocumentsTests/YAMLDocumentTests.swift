import Testing

@testable import Documents

private func parse(
  _ text: String, limits: YAMLLimits = YAMLLimits()
) throws(YAMLError) -> YAMLNode {
  try YAMLDocument.parse(Array(text.utf8), file: "rig.yaml", limits: limits)
}

/// The error of reading `bytes`; nil when there is none.
private func failure(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> YAMLError? {
  do throws(YAMLError) {
    _ = try YAMLDocument.parse(bytes, file: "rig.yaml", limits: limits)
    return nil
  } catch {
    return error
  }
}

private func failure(_ text: String) -> YAMLError? { failure(Array(text.utf8)) }

private func place(_ line: Int, _ column: Int) -> YAMLPlace {
  YAMLPlace(file: "rig.yaml", line: line, column: column)
}

@Test func valuesCarryTheirPlace() throws {
  let tree = try parse("name: cart\nsizes: [1, 'two']\nmore:\n  - é: x\n")
  guard case .mapping(let members) = tree.value, members.count == 3 else {
    Issue.record("not a mapping of three")
    return
  }
  #expect(members.map(\.key) == ["name", "sizes", "more"])
  #expect(members.map(\.keyPlace) == [place(1, 1), place(2, 1), place(3, 1)])
  #expect(members[0].value == YAMLNode(.scalar(text: "cart", isPlain: true), at: place(1, 7)))
  #expect(
    members[1].value.value
      == .list([
        YAMLNode(.scalar(text: "1", isPlain: true), at: place(2, 9)),
        YAMLNode(.scalar(text: "two", isPlain: false), at: place(2, 12)),
      ]))
  guard case .list(let elements) = members[2].value.value,
    case .mapping(let inner) = elements[0].value
  else {
    Issue.record("not a list of a mapping")
    return
  }
  // Columns count characters, not bytes.
  #expect(inner[0].value.place == place(4, 8))
}

@Test func aliasesStandForWhatTheyName() throws {
  let tree = try parse("a: &p {x: 1}\nb: *p\n")
  guard case .mapping(let members) = tree.value else {
    Issue.record("not a mapping")
    return
  }
  #expect(members[0].value == members[1].value)
}

@Test func aByteOrderMarkAndWindowsLinesAreRead() throws {
  let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb: 2\r\n".utf8)
  guard case .mapping(let members) = try YAMLDocument.parse(bytes, file: "f").value else {
    Issue.record("not a mapping")
    return
  }
  #expect(members.map(\.key) == ["a", "b"])
}

@Test(arguments: [
  ("", "empty"), ("# nothing\n", "empty"), ("a: [1, 2", "expected"), ("a: {b: 1", "expected"),
  ("a: 'open", "quoted"), ("a: 1\nb", "expected"), ("a: 1\n--- \nb: 2\n", "second document"),
  ("a: !!int 3\n", "tag"), ("? [1, 2]\n: x\n", "a single word"), ("a: *b\n", "&b"),
  ("a: 1\nc: 2\na: 3\n", "already in line 1"), ("a: &a [1, *a]\n", "within &a itself"),
  ("&k a: 1\n", "a single word"), ("a:\n\t- 1\n", "spaces only"), ("a: \u{7}\n", "UTF-8"),
  ("%YAML 3.0\n---\na: 1\n", "incompatible"),
])
func whatIsNoPlainYAMLIsRefused(text: String, word: String) {
  guard let error = failure(text) else {
    Issue.record("\(text) was read")
    return
  }
  #expect("\(error)".contains(word), "\(error)")
  #expect("\(error)".hasPrefix("rig.yaml:"), "\(error)")
}

@Test func errorsSayTheirPlace() {
  #expect(failure("a: 1\nb: 2\na: 3\n").map { "\($0)".hasPrefix("rig.yaml:3:1: ") } == true)
  #expect(failure("a:\n  b: *gone\n").map { "\($0)".hasPrefix("rig.yaml:2:6: ") } == true)
  // The byte that is no UTF-8 stands in line 2, after two characters of two bytes each.
  let bytes = Array("a: 1\néé".utf8) + [0xFF, 0x0A]
  #expect(failure(bytes).map { "\($0)".hasPrefix("rig.yaml:2:3: ") } == true)
}

@Test func aBillionLaughsAreNotWrittenOut() {
  var text = "l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
  for level in 1..<10 {
    let aliases = Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
    text += "l\(level): &l\(level) [\(aliases)]\n"
  }
  guard case .tooMuch(_, _, let limit) = failure(text) else {
    Issue.record("\(String(describing: failure(text)))")
    return
  }
  #expect(limit == YAMLLimits().values)
}

@Test(arguments: [
  String(repeating: "[", count: 200_000), String(repeating: "{a: ", count: 100_000),
  String(repeating: "- ", count: 200_000), String(repeating: "? ", count: 100_000),
])
func deepNestingEndsEarly(text: String) {
  let error = failure(text)
  guard case .tooMuch(_, _, let limit) = error else {
    // Keys that are no single words are refused before.
    #expect(text.hasPrefix("? "), "\(String(describing: error))")
    return
  }
  #expect(limit == YAMLLimits().depth)
}

@Test func nestingThroughAliasesCounts() {
  var text = "l0: &l0 [1]\n"
  for level in 1..<40 { text += "l\(level): &l\(level) [*l\(level - 1)]\n" }
  guard case .tooMuch(_, _, let limit) = failure(text) else {
    Issue.record("read")
    return
  }
  #expect(limit == YAMLLimits().depth)
}

@Test func theLimitOfSizeHolds() throws {
  var limits = YAMLLimits()
  limits.bytes = 100
  let text = "a: " + String(repeating: "x", count: 97)
  #expect(try parse(text, limits: limits) == parse(text))
  #expect(
    failure(Array((text + "x").utf8), limits: limits)
      == .tooLarge(file: "rig.yaml", bytes: 101, limit: 100))
  // One huge text is as good as any.
  let huge = String(repeating: "y", count: 1_000_000)
  #expect(try parse("a: '\(huge)'") != parse("a: 'y'"))
  #expect(failure(huge + ": 1") != nil)
}

@Test func everyBeginningAndEveryDamageEndsWithValueOrError() {
  let text = Array(
    "# rig\nname: cart\nlist: &l\n  - [1, 2.5e-3]\n  - {a: 'x', b: \"\\u00e9\"}\nagain: *l\n".utf8)
  var refused = 0
  for count in text.indices where failure(Array(text[..<count])) != nil { refused += 1 }
  #expect(refused > 10)
  var state: UInt64 = 1
  func random(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
  refused = 0
  for _ in 0..<5000 {
    var damaged = text
    for _ in 0...random(3) { damaged[random(damaged.count)] = UInt8(random(256)) }
    if failure(damaged) != nil { refused += 1 }
  }
  #expect(refused > 1000)
}
