import Testing

@testable import Devices

struct LineFramerTests {
  private func lines(_ pieces: String...) -> [String] {
    var framer = LineFramer()
    return pieces.flatMap { framer.feed($0.utf8) }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func linesComeWholeHoweverTheyArrive() {
    #expect(
      lines("S S ", "    100.00 g\r", "\nS D", " 1 g\r\n") == ["S S     100.00 g", "S D 1 g"])
  }

  @Test(arguments: ["\r\n", "\r", "\n", "\n\r"])
  func everyEndOfALineIsTaken(_ end: String) {
    #expect(lines("a\(end)b\(end)") == ["a", "b"])
  }

  @Test func aLineThatIsTooLongIsDroppedWhole() {
    #expect(lines(String(repeating: "x", count: 300), "y\nS I\n") == ["S I"])
    #expect(lines(String(repeating: "x", count: LineFramer.limit) + "\n").count == 1)
  }

  @Test func anUnfinishedLineIsForgottenOnReset() {
    var framer = LineFramer()
    #expect(framer.feed(Array("S S  12".utf8)).isEmpty)
    framer.reset()
    #expect(framer.feed(Array("S I\r\n".utf8)) == [Array("S I".utf8)])
  }
}
