import Geometry
import Testing

@testable import Reports

struct CellMapTests {
  private let frame = PictureFrame(width: 600, height: 450)

  private func html(_ shade: (Int) -> Double, backed: Set<Int>?) -> String {
    let map = CellMap(
      frame: frame,
      cells: (0..<48).map { CellMap.Cell(text: "n\($0)", below: nil, shade: shade($0)) },
      isBacked: backed.map { backed in (0..<48).map { backed.contains($0) } })
    return frame.drawing("A map", map.content).html
  }

  @Test func everyCellHasItsNumberInItsMiddle() {
    let drawn = html({ _ in 0 }, backed: nil)
    // Cells of 75 x 75 units, eight in a row.
    #expect(drawn.contains("x=\"37.5\" y=\"43.5\">n0<"))
    #expect(drawn.contains("x=\"562.5\" y=\"418.5\">n47<"))
    #expect(drawn.matches(of: /<text/).count == 48)
    #expect(!drawn.contains("cell s") && !drawn.contains("backed"))
  }

  @Test func shadesAreOfEightSteps() {
    let drawn = html({ Double($0) / 47 }, backed: nil)
    #expect(drawn.matches(of: /class="cell s[1-8]"/).count == 8)
    let hostile = html({ [.nan, .infinity, -.infinity, 1e300][$0 % 4] }, backed: nil)
    #expect(hostile.matches(of: /class="cell s/).count == 1)
  }

  /// One cell in the middle has four edges, one in a corner two: the picture's own edge is none.
  @Test(arguments: [
    (Set([27]), 4), (Set([0]), 2), (Set([27, 28]), 6), (Set(0..<48), 0), (Set<Int>(), 0),
  ])
  func theOutlineRunsBetweenBackedAndOthers(_ backed: Set<Int>, _ edges: Int) {
    let drawn = html({ _ in 0 }, backed: backed)
    let path = drawn.firstMatch(of: /class="backed" d="([^"]*)"/)?.1 ?? ""
    #expect(path.count { $0 == "M" } == edges)
    #expect(drawn.matches(of: /count empty/).count == 48 - backed.count)
  }
}
