import BoardDetection
import Boards
import Measurements
import Testing

@testable import Procedures

struct GatheredCornersTests {
  private func corners(_ columns: Int, _ rows: Int) -> [BoardCorner] {
    (0..<rows).flatMap { row in
      (0..<columns).map { column in
        BoardCorner(
          column: column, row: row, x: Double(20 + 10 * column), y: Double(20 + 10 * row), sigma: 1)
      }
    }
  }

  private func image(_ boards: [(BoardStatus, Int, Int)]) -> CornersDocument.Image {
    CornersDocument.Image(
      status: boards.first?.0 ?? .none, reason: nil,
      boards: boards.map {
        BoardObservation(status: $0.0, ambiguous: false, corners: corners($0.1, $0.2))
      })
  }

  private func gathered(
    _ cameras: [String: [String: CornersDocument.Image]]
  ) throws -> GatheredCorners {
    let board = try BoardSpec(columns: 6, rows: 5, squareSize: 0.02)
    return GatheredCorners(
      board: board,
      document: CornersDocument(
        software: "test", board: board.word,
        cameras: cameras.mapValues {
          CornersDocument.Camera(width: 640, height: 480, images: $0)
        }),
      weighting: .equal)
  }

  @Test func equalStemsAreOneFrame() throws {
    var gathered = try gathered([
      "cam10": ["2.png": image([(.complete, 6, 5)]), "10.png": image([(.complete, 6, 5)])],
      "cam2": ["2.jpg": image([(.complete, 6, 5)]), "a.b.jpg": image([(.unanchored, 4, 4)])],
    ])
    let input = gathered.calibrationInput()
    #expect(input.cameras.map(\.name) == ["cam2", "cam10"])
    #expect(input.frames == ["2", "10", "a.b"])
    #expect(
      input.views.map { [$0.camera, $0.frame] } == [[0, 0], [0, 2], [1, 0], [1, 1]])
    #expect(input.views.map(\.anchored) == [true, false, true, true])
    #expect(input.views[0].image == "cam2/2.jpg")
    #expect(gathered.findings.isEmpty)
  }

  @Test func severalWholeBoardsAreLeftOutAndNamed() throws {
    var gathered = try gathered([
      "left": [
        "1.png": image([(.complete, 6, 5), (.complete, 6, 5)]),
        "2.png": image([(.complete, 6, 5), (.unanchored, 3, 3)]),
      ]
    ])
    let input = gathered.calibrationInput()
    #expect(input.views.map(\.image) == ["left/2.png"])
    #expect(gathered.findings.map(\.code) == ["several_boards"])
    #expect(gathered.findings[0].text.contains("left/1.png"))
  }

  @Test func aBoardNobodySawWholeIsNamedWithWhatWasSeen() throws {
    let gathered = try gathered([
      "left": [
        "1.png": image([(.unanchored, 5, 4)]), "2.png": image([(.unanchored, 4, 5)]),
        "3.png": image([(.unanchored, 3, 3)]),
      ]
    ])
    let finding = try #require(gathered.obstacle())
    #expect(finding.code == "board_never_complete")
    #expect(finding.severity == .unusable)
    #expect(finding.text.contains("6x5"))
    #expect(finding.text.contains("2 of 3 pictures show a grid of 5x4"))
    #expect(finding.remedy.contains("checkerboard:5x4"))
  }

  @Test func anotherBoardInMostPicturesStopsTheSolve() throws {
    var gathered = try gathered([
      "left": [
        "1.png": image([(.complete, 6, 5)]), "2.png": image([]), "3.png": image([]),
      ]
    ])
    #expect(gathered.obstacle() == nil)
    gathered.otherPatterns = [GridSize(columns: 7, rows: 9), GridSize(columns: 9, rows: 7)]
    let finding = try #require(gathered.obstacle())
    #expect(finding.code == "other_board")
    #expect(finding.text.contains("2 of 3 pictures show a whole pattern of 9x7"))
    #expect(finding.remedy.contains("checkerboard:9x7"))
  }

  @Test func namesThatNeverMeetAreNamed() throws {
    let whole = image([(.complete, 6, 5)])
    let apart = try gathered(["left": ["left1.png": whole], "right": ["right1.png": whole]])
    #expect(apart.namingFindings().map(\.code) == ["disconnected_cameras"])
    #expect(apart.namingFindings()[0].text.contains("left: left1, right: right1"))
    let together = try gathered(["left": ["1.png": whole], "right": ["1.jpg": whole]])
    #expect(together.namingFindings().isEmpty)
  }
}
