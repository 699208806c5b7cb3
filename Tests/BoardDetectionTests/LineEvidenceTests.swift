import Testing

@testable import BoardDetection

@Suite struct LineEvidenceTests {
  private static let places = (0..<7).flatMap { j in
    (0..<10).map { CornerGrid.Place(i: $0, j: j) }
  }

  /// Corners of a bent grid, 30 pixels apart, 0.02 px of noise in each coordinate.
  private static func corners(seed: UInt64 = 1) -> [GridRefiner.Corner?] {
    var generator = SeededGenerator(seed: seed)
    return places.map { place in
      let x = truth(place).x + 0.02 * generator.normal()
      let y = truth(place).y + 0.02 * generator.normal()
      var fit = SaddleFit(
        x: x, y: y, first: SIMD2(1, 0), second: SIMD2(0, 1), half: 50, level: 100)
      fit.sigma = 0.02
      return GridRefiner.Corner(place: place, fit: fit, isCalm: true)
    }
  }

  private static func truth(_ place: CornerGrid.Place) -> SIMD2<Double> {
    let (i, j) = (Double(place.i), Double(place.j))
    return SIMD2(50 + 30 * i + 0.1 * j * j, 40 + 30 * j - 0.15 * i * i)
  }

  private static func index(_ i: Int, _ j: Int) -> Int { j * 10 + i }

  @Test func aCornerOffItsLinesIsUncertainByAsMuch() throws {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    corners[n]?.fit.x += 0.5
    corners[n]?.isCalm = false
    let m = Self.index(6, 2)
    corners[m]?.isCalm = false
    let evidence = LineEvidence(corners, GridNeighbours(Self.places))
    evidence.raiseSigmas(of: &corners)
    let doubted = try #require(corners[n]).fit
    #expect(doubted.sigma > 0.25 && doubted.sigma < 0.5)
    // One that is where it should be is not doubted, nor are calm ones beside it.
    #expect(try #require(corners[m]).fit.sigma == 0.02)
    #expect(try #require(corners[Self.index(5, 3)]).fit.sigma == 0.02)
  }

  @Test func severalBadCornersDoNotSpoilTheirNeighbours() throws {
    var corners = Self.corners()
    let bad = [Self.index(4, 3), Self.index(5, 3)]
    let near = [Self.index(6, 3), Self.index(4, 4), Self.index(3, 3)]
    for n in bad { corners[n]?.fit.y -= 0.8 }
    for n in bad + near { corners[n]?.isCalm = false }
    let evidence = LineEvidence(corners, GridNeighbours(Self.places))
    evidence.raiseSigmas(of: &corners)
    for n in bad { #expect(try #require(corners[n]).fit.sigma > 0.15) }
    for n in near { #expect(try #require(corners[n]).fit.sigma < 0.15) }
  }

  @Test func linesPlaceWhatIsHardlyKnown() throws {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    corners[n]?.fit.x += 0.5
    corners[n]?.fit.sigma = 0.4
    corners[n]?.isCalm = false
    let evidence = LineEvidence(corners, GridNeighbours(Self.places))
    evidence.settle(&corners, limit: 0.08)
    let settled = try #require(corners[n]).fit
    let truth = Self.truth(Self.places[n])
    #expect(abs(settled.x - truth.x) < 0.06 && abs(settled.y - truth.y) < 0.06)
    // It is not stated better than a corner that was measured badly.
    #expect(settled.sigma >= 0.08)
  }

  @Test func whatShowsSomethingElseIsDropped() {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    corners[n]?.fit.x += 2
    corners[n]?.fit.sigma = 1.4
    corners[n]?.isCalm = false
    // At a corner of the board no line has corners on both sides.
    let end = Self.index(0, 0)
    corners[end]?.fit.sigma = 0.3
    corners[end]?.isCalm = false
    let evidence = LineEvidence(corners, GridNeighbours(Self.places))
    evidence.settle(&corners, limit: 0.08)
    #expect(corners[n] == nil)
    #expect(corners[end] == nil)
    #expect(corners.count { $0 == nil } == 2)
  }

  @Test func aCarefulLookThatWentAstrayIsTakenBack() throws {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    let plain = SIMD2(corners[n]?.fit.x ?? 0, corners[n]?.fit.y ?? 0)
    corners[n]?.plain = plain
    corners[n]?.fit.x += 0.9
    corners[n]?.isCalm = false
    let evidence = LineEvidence(corners, GridNeighbours(Self.places))
    evidence.raiseSigmas(of: &corners)
    let fit = try #require(corners[n]).fit
    #expect(fit.x == plain.x && fit.y == plain.y)
    #expect(fit.sigma < 0.1)
  }

  @Test func theRimOfTheBoardStandsForItself() {
    var corners = Self.corners()
    let end = Self.index(9, 6)
    corners[end]?.fit.sigma = 0.1
    corners[end]?.isCalm = false
    let evidence = LineEvidence(corners, GridNeighbours(Self.places))
    evidence.settle(&corners, limit: 0.08)
    #expect(corners[end]?.fit.sigma == 0.1)
  }

  @Test func tooFewCornersSayNothing() {
    let places = Array(Self.places.prefix(3))
    var corners = Array(Self.corners().prefix(3))
    for n in corners.indices { corners[n]?.isCalm = false }
    let evidence = LineEvidence(corners, GridNeighbours(places))
    evidence.raiseSigmas(of: &corners)
    #expect(corners.allSatisfy { $0?.fit.sigma == 0.02 })
    for n in corners.indices { corners[n]?.fit.sigma = 0.5 }
    evidence.settle(&corners, limit: 0.01)
    #expect(corners.allSatisfy { $0 == nil })
  }
}
