import Testing

@testable import BoardDetection

@Suite struct BoardSurfaceTests {
  /// Corners of a board seen from the side through a wide lens: perspective, then barrel distortion.
  private static func truth(_ place: CornerGrid.Place) -> SIMD2<Double> {
    let (u, v) = (Double(place.i) - 4.5, Double(place.j) - 3)
    let depth = 1 + 0.04 * u - 0.03 * v
    let (x, y) = (0.08 * u / depth, 0.08 * v / depth)
    let squeeze = 1 - 0.3 * (x * x + y * y) + 0.05 * (x * x + y * y) * (x * x + y * y)
    return SIMD2(640 + 500 * x * squeeze, 400 + 500 * y * squeeze)
  }

  private static func samples(
    noise: Double, seed: UInt64 = 1, keeping isKept: (CornerGrid.Place) -> Bool = { _ in true }
  ) -> [BoardSurface.Sample] {
    var generator = SeededGenerator(seed: seed)
    return (0..<7).flatMap { j in (0..<10).map { CornerGrid.Place(i: $0, j: j) } }.filter(isKept)
      .map { place in
        let scatter = SIMD2(generator.normal(), generator.normal()) * noise
        return BoardSurface.Sample(
          place: place, position: truth(place) + scatter, sigma: max(noise, 0.001))
      }
  }

  private static func length(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }

  @Test func perspectiveAndLensAreFollowed() throws {
    let samples = Self.samples(noise: 0)
    let surface = try #require(BoardSurface(samples))
    var squares = 0.0
    for sample in samples {
      let (position, _) = try #require(surface.prediction(at: sample.place))
      let error = Self.length(position - sample.position)
      #expect(error < 0.06)
      squares += error * error
    }
    #expect((squares / Double(samples.count)).squareRoot() < 0.03)
  }

  @Test func perspectiveAloneIsFollowedExactly() throws {
    var samples = Self.samples(noise: 0)
    func seen(_ place: CornerGrid.Place) -> SIMD2<Double> {
      let (u, v) = (Double(place.i), Double(place.j))
      return SIMD2(100 + 40 * u + 5 * v, 80 - 6 * u + 50 * v) / (1 + 0.05 * u + 0.02 * v)
    }
    for n in samples.indices { samples[n].position = seen(samples[n].place) }
    let surface = try #require(BoardSurface(samples.filter { $0.place.i < 5 }))
    for sample in samples {
      let (position, _) = try #require(surface.prediction(at: sample.place))
      #expect(Self.length(position - sample.position) < 1e-4)
    }
  }

  /// True over stated errors of corners that were left out: inside, at the rim, in a corner.
  @Test(arguments: [(4...5, 3...4), (9...9, 2...4), (0...1, 0...2)])
  func whatIsMissingIsForetoldAsWellAsStated(
    columns: ClosedRange<Int>, rows: ClosedRange<Int>
  ) throws {
    var sum = 0.0
    var count = 0.0
    for seed in UInt64(1)...40 {
      let samples = Self.samples(noise: 0.02, seed: seed) {
        !(columns.contains($0.i) && rows.contains($0.j))
      }
      let surface = try #require(BoardSurface(samples))
      for j in rows {
        for i in columns {
          let place = CornerGrid.Place(i: i, j: j)
          let (position, sigma) = try #require(surface.prediction(at: place))
          let error = Self.length(position - Self.truth(place))
          #expect(error < 1)
          sum += error * error / (2 * sigma * sigma)
          count += 1
        }
      }
    }
    // The stated deviations are cautious by up to a factor of two, and no more than that.
    let ratio = (sum / count).squareRoot()
    #expect(ratio > 0.3 && ratio < 1.1, "true over stated \(ratio)")
  }

  @Test func onlyACornerThatLiesOffIsDoubted() throws {
    var samples = Self.samples(noise: 0.02)
    samples[34].position.y += 0.3
    let surface = try #require(BoardSurface(samples))
    #expect(surface.doubt(of: samples[34]) > 5)
    for n in samples.indices where n != 34 { #expect(surface.doubt(of: samples[n]) < 4) }
  }

  @Test func tooFewCornersMakeNoSurface() {
    let samples = Self.samples(noise: 0.02)
    #expect(BoardSurface([]) == nil)
    #expect(BoardSurface(Array(samples.prefix(1))) == nil)
    // A single row leaves the other direction open.
    #expect(BoardSurface(samples.filter { $0.place.j == 0 }) == nil)
    #expect(BoardSurface(samples.filter { $0.place.i < 3 && $0.place.j < 3 }) == nil)
  }

  @Test func whatIsNoBoardDoesNotBreakIt() {
    var samples = Self.samples(noise: 0.02)
    for n in samples.indices { samples[n].position = SIMD2(5, 5) }
    #expect(BoardSurface(samples) == nil)
    for n in samples.indices { samples[n].position = SIMD2(.nan, 1) }
    #expect(BoardSurface(samples) == nil)
  }
}
