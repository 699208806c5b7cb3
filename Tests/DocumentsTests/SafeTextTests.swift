import Testing

@testable import Documents

@Test(arguments: [
  ("plain café 図", "plain café 図"),
  ("a\u{1B}[2Jb", "a\\u{1B}[2Jb"),
  ("a\nb\tc\r", "a\\u{A}b\\u{9}c\\u{D}"),
  ("evil\u{202E}gpj.exe", "evil\\u{202E}gpj.exe"),
  ("zero\u{200B}width\u{FEFF}", "zero\\u{200B}width\\u{FEFF}"),
  ("soft\u{AD}hyphen\u{85}\u{2028}", "soft\\u{AD}hyphen\\u{85}\\u{2028}"),
  ("back\\slash", "back\\\\slash"),
  ("tag\u{E0041}\u{FFF9}\u{E000}", "tag\\u{E0041}\\u{FFF9}\\u{E000}"),
  ("e\u{301}", "e\u{301}"),
])
func nothingInvisibleGetsThrough(text: String, expected: String) {
  #expect(SafeText.line(text) == expected)
}

@Test func lengthIsBounded() {
  #expect(SafeText.line("abcdef", limit: 6) == "abcdef")
  #expect(SafeText.line("abcdefg", limit: 6) == "abcdef... (1 more characters)")
  let stacked = "a" + String(repeating: "\u{301}", count: 1000)
  #expect(
    SafeText.line(stacked, limit: 5) == "a\u{301}\u{301}\u{301}\\u{301}... (996 more characters)")
}

@Test func messagesOfSeveralLinesKeepThem() {
  #expect(SafeText.lines("a\\b\n\u{1B}c") == "a\\b\n\\u{1B}c")
}

@Test func htmlIsInert() {
  #expect(
    SafeText.html("<b a=\"1\" c='2'>&\u{0}") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\\u{0}"
  )
}

@Test(arguments: ["a", "CART-0042", "front_left", "a.b", "-", String(repeating: "x", count: 64)])
func goodNamesAreTaken(text: String) throws {
  #expect(try Name(text, of: .cartSerial).text == text)
}

@Test(arguments: [
  "", ".", "..", ".hidden", "../x", "a/b", "a b", "a\n", "ä", "a\u{0}",
  String(repeating: "x", count: 65), "a\u{301}",
])
func badNamesAreRefusedWithTheRule(text: String) {
  do throws(NameError) {
    _ = try Name(text, of: .cartSerial)
    Issue.record("taken: \(text)")
  } catch {
    #expect(error.description.contains("cannot be a cart serial: use 1 to 64 of"))
  }
}
