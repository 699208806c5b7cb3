import Boards
import Imaging
import Testing

@testable import BoardDetection

@Suite struct BoardDetectorTests {
  /// The view that most tests look at: squares of about 24 pixels, turned and tilted.
  static let view = Homography(x: 90, y: 80, u: (23, 4), v: (-3, 25), tilt: (0.01, 0.005))

  /// RMS of the errors of x and y (each) against the truth, and the largest.
  static func errors(
    _ corners: [BoardCorner], _ view: Homography
  ) -> (rms: Double, worst: Double) {
    var squares = 0.0
    var worst = 0.0
    for corner in corners {
      let truth = view.project(Double(corner.column), Double(corner.row))
      let dx = corner.x - truth.x
      let dy = corner.y - truth.y
      squares += dx * dx + dy * dy
      worst = max(worst, abs(dx), abs(dy))
    }
    return ((squares / Double(2 * max(corners.count, 1))).squareRoot(), worst)
  }

  private static func board(_ columns: Int, _ rows: Int) throws -> BoardSpec {
    try BoardSpec(columns: columns, rows: rows, squareSize: 0.025)
  }

  /// A 9x6 board seen in `view`.
  private static func scene(_ view: Homography = view) -> BoardRenderer {
    var renderer = BoardRenderer(width: 400, height: 300)
    renderer.paint(columns: 9, rows: 6, at: view)
    return renderer
  }

  @Test func findsEveryCornerWithinAHundredthOfAPixel() throws {
    let result = BoardDetector(board: try Self.board(9, 6)).detect(in: Self.scene().picture())
    #expect(result.status == .complete)
    #expect(result.reason == nil)
    #expect(!result.ambiguous)
    let corners = try #require(result.boards.first).corners
    #expect(corners.map { $0.row * 9 + $0.column } == Array(0..<54))
    let errors = Self.errors(corners, Self.view)
    #expect(errors.rms < 0.01)
    #expect(errors.worst < 0.06)
  }

  @Test func pixelCentresAreWholeNumbers() throws {
    // A board moved by exactly half a pixel must answer half a pixel more, and not by chance.
    let detector = BoardDetector(board: try Self.board(9, 6))
    for shift in [0.0, 0.5] {
      let view = Homography(
        x: 90 + shift, y: 80 + shift, u: (23, 4), v: (-3, 25), tilt: (0.01, 0.005))
      let result = detector.detect(in: Self.scene(view).picture(noise: 0.5))
      let corners = try #require(result.boards.first).corners
      let meanX = corners.map { $0.x - view.project(Double($0.column), Double($0.row)).x }
        .reduce(0, +)
      #expect(abs(meanX / 54) < 0.005)
    }
  }

  @Test func sharpAndBlurredBoardsAreMeasuredAlike() throws {
    let detector = BoardDetector(board: try Self.board(9, 6))
    for (blur, limit) in [(0.0, 0.03), (0.5, 0.015), (1.5, 0.015), (3.0, 0.05)] {
      let result = detector.detect(in: Self.scene().picture(blur: blur))
      #expect(result.status == .complete, "blur \(blur)")
      let corners = result.boards.first?.corners ?? []
      #expect(Self.errors(corners, Self.view).rms < limit, "blur \(blur)")
    }
  }

  @Test func identitiesHoldUnderQuarterTurns() throws {
    // Steps of 22 pixels turned by 0, 90, 180 and 270 degrees about the picture's middle.
    let turns: [(u: (Double, Double), v: (Double, Double))] = [
      ((22, 1), (-2, 23)), ((-1, 22), (-23, -2)), ((-22, -1), (2, -23)), ((1, -22), (23, 2)),
    ]
    let detector = BoardDetector(board: try Self.board(9, 6))
    for turn in turns {
      let view = Homography(
        x: 200 - 4 * turn.u.0 - 2.5 * turn.v.0, y: 200 - 4 * turn.u.1 - 2.5 * turn.v.1, u: turn.u,
        v: turn.v)
      var renderer = BoardRenderer(width: 400, height: 400)
      renderer.paint(columns: 9, rows: 6, at: view)
      let result = detector.detect(in: renderer.picture())
      #expect(result.status == .complete)
      #expect(Self.errors(result.boards.first?.corners ?? [], view).worst < 0.1)
    }
  }

  @Test func aMirroredBoardIsNeverTakenForTheBoard() throws {
    // Seen in a mirror, columns run to the left while rows run down; its colours then sit where no
    // turn of the board has them, unless both are swapped: identities must stay right-handed.
    let view = Homography(x: 300, y: 80, u: (-23, 2), v: (1, 24))
    let result = BoardDetector(board: try Self.board(9, 6)).detect(in: Self.scene(view).picture())
    for observation in result.boards where observation.status == .complete {
      let at = Dictionary(
        uniqueKeysWithValues: observation.corners.map { ([$0.column, $0.row], $0) })
      let origin = try #require(at[[0, 0]])
      let right = try #require(at[[1, 0]])
      let down = try #require(at[[0, 1]])
      let turn =
        (right.x - origin.x) * (down.y - origin.y) - (right.y - origin.y) * (down.x - origin.x)
      #expect(turn > 0)
    }
  }

  @Test func evenBoardsAreAmbiguous() throws {
    let view = Homography(x: 80, y: 70, u: (26, 2), v: (-1, 27))
    var renderer = BoardRenderer(width: 400, height: 300)
    renderer.paint(columns: 8, rows: 6, at: view)
    let result = BoardDetector(board: try Self.board(8, 6)).detect(in: renderer.picture())
    #expect(result.status == .complete)
    #expect(result.ambiguous)
    // Among the two ways the one whose columns run to the right is taken.
    #expect(Self.errors(result.boards.first?.corners ?? [], view).worst < 0.1)
  }

  @Test func swappedColoursAreNamed() throws {
    var renderer = BoardRenderer(width: 400, height: 300)
    renderer.paint(
      columns: 8, rows: 6, at: Homography(x: 80, y: 70, u: (26, 2), v: (-1, 27)), isInverted: true)
    let result = BoardDetector(board: try Self.board(8, 6)).detect(in: renderer.picture())
    #expect(result.status == BoardStatus.none)
    #expect(result.reason == .swappedColours)
  }

  @Test func aCutBoardIsUnanchored() throws {
    let view = Homography(x: 30, y: 60, u: (46, 2), v: (-2, 48))
    let result = BoardDetector(board: try Self.board(9, 6)).detect(in: Self.scene(view).picture())
    #expect(result.status == .unanchored)
    let corners = try #require(result.boards.first).corners
    #expect(corners.count >= 30)
    #expect(result.reason == .partOfBoard(corners: corners.count))
    // Whatever its origin, the grid is the board's up to a turn: steps map to steps.
    for corner in corners {
      let (a, b) = view.unproject(corner.x, corner.y)
      #expect(abs(a - a.rounded()) < 0.01 && abs(b - b.rounded()) < 0.01)
    }
  }

  @Test func anotherPatternIsRefused() throws {
    let result = BoardDetector(board: try Self.board(7, 5)).detect(in: Self.scene().picture())
    #expect(result.status == BoardStatus.none)
    #expect(result.reason == .otherPattern(columns: 9, rows: 6))
  }

  @Test func aCoveredBoardKeepsItsOtherCorners() throws {
    var renderer = Self.scene()
    let covered = Self.view.project(4, 3)
    let x = Int(covered.x)
    let y = Int(covered.y)
    renderer.cover(x: (x - 14)..<(x + 14), y: (y - 14)..<(y + 14), with: 110)
    let result = BoardDetector(board: try Self.board(9, 6)).detect(in: renderer.picture())
    // All its sides are there, so the others have their names.
    #expect(result.status == .anchored)
    let corners = try #require(result.boards.first).corners
    #expect(corners.count >= 45 && corners.count < 54)
    for corner in corners {
      let place = Self.view.project(Double(corner.column), Double(corner.row))
      #expect(abs(place.x - corner.x) < 0.1 && abs(place.y - corner.y) < 0.1)
    }
    #expect(!corners.contains { abs($0.x - covered.x) < 3 && abs($0.y - covered.y) < 3 })
  }

  @Test func severalBoardsAreAllReported() throws {
    var renderer = BoardRenderer(width: 700, height: 300)
    let left = Homography(x: 60, y: 70, u: (24, 2), v: (-2, 26))
    let right = Homography(x: 400, y: 60, u: (25, -2), v: (3, 25))
    renderer.paint(columns: 9, rows: 6, at: left)
    renderer.paint(columns: 9, rows: 6, at: right)
    let result = BoardDetector(board: try Self.board(9, 6)).detect(in: renderer.picture())
    #expect(result.boards.map(\.status) == [.complete, .complete])
    for board in result.boards {
      let isLeft = (board.corners.first?.x ?? 0) < 300
      #expect(Self.errors(board.corners, isLeft ? left : right).worst < 0.1)
    }
  }

  @Test func sigmasMatchTheErrors() throws {
    let detector = BoardDetector(board: try Self.board(9, 6))
    // With less noise the 6 x 6 samples a pixel that these pictures are painted with would show.
    for (blur, noise) in [(0.8, 2.0), (1.2, 4.0), (1.0, 10.0)] {
      var sum = 0.0
      var count = 0
      for seed in 0..<6 {
        let view = Homography(
          x: 90 + 0.17 * Double(seed), y: 80 - 0.13 * Double(seed), u: (23, 4), v: (-3, 25),
          tilt: (0.01, 0.005))
        let result = detector.detect(
          in: Self.scene(view).picture(blur: blur, noise: noise, seed: UInt64(seed)))
        for corner in result.boards.first?.corners ?? [] {
          let truth = view.project(Double(corner.column), Double(corner.row))
          let dx = (corner.x - truth.x) / corner.sigma
          let dy = (corner.y - truth.y) / corner.sigma
          sum += dx * dx + dy * dy
          count += 2
        }
      }
      #expect(count == 6 * 108)
      let ratio = (sum / Double(max(count, 1))).squareRoot()
      #expect(ratio > 0.7 && ratio < 1.3, "blur \(blur), noise \(noise): \(ratio)")
    }
  }

  @Test func theSamePictureGivesTheSameAnswer() throws {
    let board = try Self.board(9, 6)
    let picture = Self.scene().picture(noise: 3)
    let detector = BoardDetector(board: board)
    let first = detector.detect(in: picture)
    // Whatever the detector saw before must not matter.
    _ = detector.detect(in: BoardRenderer(width: 123, height: 77).picture(noise: 30))
    #expect(detector.detect(in: picture) == first)
    #expect(BoardDetector(board: board).detect(in: picture) == first)
  }
}
