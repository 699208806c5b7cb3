import Boards
import Testing

@testable import BoardDetection

@Suite struct GridIdentityTests {
  private static func places(without isLeftOut: (Int, Int) -> Bool) -> [CornerGrid.Place] {
    (0..<7).flatMap { j in
      (0..<10).filter { !isLeftOut($0, j) }.map { CornerGrid.Place(i: $0, j: j) }
    }
  }

  private static func identify(_ places: [CornerGrid.Place]) throws -> GridIdentity.Outcome {
    GridIdentity(try BoardSpec(word: "checkerboard:10x7:25mm"))
      .identify(places, direction: SIMD2(1, 0), second: SIMD2(0, 1))
  }

  /// The column and row given to each place, or nil where the corners carry no names.
  private static func names(_ outcome: GridIdentity.Outcome) -> [[Int]]? {
    guard case .spanning(let assignments, ambiguous: false) = outcome else { return nil }
    return assignments.map { [$0.place.i, $0.place.j, $0.column, $0.row] }
  }

  @Test func aBoardWithHolesIsNamedByItsSides() throws {
    // Glare in the middle, a finger on a corner.
    let places = Self.places { i, j in (4...5).contains(i) && j == 3 || i < 2 && j < 2 }
    let names = try #require(Self.names(try Self.identify(places)))
    #expect(names.count == 64)
    #expect(names.allSatisfy { $0[0] == $0[2] && $0[1] == $0[3] })
  }

  @Test func aSideThatIsMostlyMissingNamesNothing() throws {
    // What is left of the last column may be clutter beside a board that is cut.
    let places = Self.places { i, j in i == 9 && j > 2 }
    guard case .part = try Self.identify(places) else {
      Issue.record("a part was taken for more")
      return
    }
  }

  @Test func turnedBoardsKeepTheirNames() throws {
    let places = Self.places { i, j in i == 6 && j == 2 }.map { GridIdentity.turned($0, 2) }
    let names = try #require(Self.names(try Self.identify(places)))
    #expect(names.allSatisfy { $0[0] == -$0[2] && $0[1] == -$0[3] })
  }
}
