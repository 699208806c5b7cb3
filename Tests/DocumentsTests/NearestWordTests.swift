import Testing

@testable import Documents

@Test(arguments: [
  ("camera", "cameras"), ("bord", "board"), ("translatoin_m", "translation_m"),
  ("desc", "description"),
])
func theWordMeantIsFound(word: String, meant: String) {
  let words = ["name", "description", "board", "cameras", "translation_m"]
  #expect(NearestWord.nearest(word, in: words) == meant)
}

@Test func nothingNearIsNothing() {
  #expect(NearestWord.nearest("temperature", in: ["name", "board"]) == nil)
  #expect(NearestWord.nearest(String(repeating: "x", count: 5000), in: ["name"]) == nil)
}
