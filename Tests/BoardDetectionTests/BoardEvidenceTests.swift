import Testing

@testable import BoardDetection

@Suite struct BoardEvidenceTests {
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

  @Test func aCornerOffTheBoardIsUncertainByAsMuch() throws {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    corners[n]?.fit.x += 0.5
    corners[n]?.isCalm = false
    let m = Self.index(6, 2)
    corners[m]?.isCalm = false
    BoardEvidence.raiseSigmas(of: &corners) { _, _ in nil }
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
    BoardEvidence.raiseSigmas(of: &corners) { _, _ in nil }
    for n in bad { #expect(try #require(corners[n]).fit.sigma > 0.15) }
    for n in near { #expect(try #require(corners[n]).fit.sigma < 0.15) }
  }

  @Test func theOthersPlaceWhatIsHardlyKnown() throws {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    corners[n]?.fit.x += 0.5
    corners[n]?.fit.sigma = 0.4
    corners[n]?.isCalm = false
    BoardEvidence.settle(&corners, limit: 0.08)
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
    // Under a finger hardly a pixel is a corner's.
    let covered = Self.index(0, 0)
    corners[covered]?.fit.sigma = 0.3
    corners[covered]?.fit.support = 0.5
    corners[covered]?.isCalm = false
    BoardEvidence.settle(&corners, limit: 0.08)
    #expect(corners[n] == nil)
    #expect(corners[covered] == nil)
    #expect(corners.count { $0 == nil } == 2)
  }

  @Test func aCarefulLookThatWentAstrayIsTakenBack() throws {
    var corners = Self.corners()
    let n = Self.index(4, 3)
    let plain = try #require(corners[n]).fit
    corners[n]?.plain = plain
    corners[n]?.fit.x += 0.9
    corners[n]?.isCalm = false
    BoardEvidence.raiseSigmas(of: &corners) { _, _ in nil }
    let fit = try #require(corners[n]).fit
    #expect(fit.x == plain.x && fit.y == plain.y)
    #expect(fit.sigma < 0.1)
  }

  @Test func aDoubtedCornerIsLookedAtFromWhereItShouldBe() throws {
    var corners = Self.corners()
    let n = Self.index(2, 5)
    let right = try #require(corners[n]).fit
    corners[n]?.fit.y += 1.2
    corners[n]?.isCalm = false
    var looked: [SIMD2<Double>] = []
    BoardEvidence.raiseSigmas(of: &corners) { number, position in
      #expect(number == n)
      looked.append(position)
      return right
    }
    let truth = Self.truth(Self.places[n])
    #expect(looked.count == 1)
    #expect(abs(looked[0].x - truth.x) < 0.05 && abs(looked[0].y - truth.y) < 0.05)
    let fit = try #require(corners[n]).fit
    #expect(fit.x == right.x && fit.y == right.y)
    #expect(fit.sigma < 0.1)
  }

  @Test func theRimIsPlacedByTheWholeBoard() throws {
    var corners = Self.corners()
    let end = Self.index(9, 6)
    corners[end]?.fit.x += 0.4
    corners[end]?.fit.sigma = 0.5
    corners[end]?.isCalm = false
    BoardEvidence.settle(&corners, limit: 0.08)
    let fit = try #require(corners[end]).fit
    let truth = Self.truth(Self.places[end])
    #expect(abs(fit.x - truth.x) < 0.12 && abs(fit.y - truth.y) < 0.12)
    #expect(fit.sigma >= 0.08 && fit.sigma < 0.15)
  }

  @Test func tooFewCornersSayNothing() {
    var corners = Array(Self.corners().prefix(3))
    for n in corners.indices { corners[n]?.isCalm = false }
    BoardEvidence.raiseSigmas(of: &corners) { _, _ in nil }
    #expect(corners.allSatisfy { $0?.fit.sigma == 0.02 })
    // Nobody knows better, so that each stands for itself.
    for n in corners.indices { corners[n]?.fit.sigma = 0.4 }
    BoardEvidence.settle(&corners, limit: 0.01)
    #expect(corners.allSatisfy { $0?.fit.sigma == 0.4 })
  }
}
