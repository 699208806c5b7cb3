import Testing

@testable import Procedures

struct NameFamiliesTests {
  @Test func twoCamerasInOneFolder() {
    let stems = Set((1...9).flatMap { ["left0\($0)", "right0\($0)"] })
    #expect(NameFamilies.prefixes(sharingNumbers: stems) == ["left", "right"])
    #expect(NameFamilies.prefixes(sharingNumbers: stems.subtracting(["left03"])) != nil)
  }

  @Test(arguments: [
    Set((1...9).map { "img\($0)" }), Set((1...9).map { "\($0)" }), ["left1", "right1"],
    ["a1", "a2", "a3", "b4", "b5", "b6"], ["front", "back"], [],
  ])
  func ordinaryNames(stems: Set<String>) {
    #expect(NameFamilies.prefixes(sharingNumbers: stems) == nil)
  }
}
