import BoardDetection
import Boards
import Documents
import Files
import TestSupport
import Testing

struct CornersDocumentTests {
  private let corner = BoardCorner(column: 1, row: 2, x: 30.25, y: 40.5, sigma: 0.02)

  private func document(
    _ corners: [BoardCorner], status: BoardStatus = .complete,
    camera: String = "left", word: String = "checkerboard:9x6:25mm", width: Int = 64
  ) -> CornersDocument {
    let board = BoardObservation(status: status, ambiguous: false, corners: corners)
    let image = CornersDocument.Image(status: status, reason: nil, boards: [board])
    return CornersDocument(
      software: "test", board: word,
      cameras: [camera: .init(width: width, height: 48, images: ["01.png": image])])
  }

  /// What reading says of a written document; nil when it is accepted.
  private func refusal(_ document: CornersDocument) throws -> String? {
    let folder = try TemporaryFolder()
    try folder.write("corners.json", try JSONDocument.encode(document))
    do throws(CornersError) {
      let read = try CornersDocument(file: folder("corners.json"))
      #expect(read == document)
      return nil
    } catch {
      let text = "\(error)"
      #expect(text.contains(folder("corners.json")))
      return text
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    #expect(try refusal(document([corner])) == nil)
    var empty = document([corner])
    empty.cameras["left"]?.images["02.png"] = .init(
      status: .none, reason: "no_corners", boards: [])
    #expect(try refusal(empty) == nil)
  }

  @Test func whatIsWrittenFitsTheSchema() throws {
    let schema = try SchemaFile("BoardDetection/Schemas/corners-1.schema.json")
    #expect(schema.omissions == [])
    #expect(schema.words("board_status") == Set(BoardStatus.allCases.map(\.rawValue)))
    let reasons: [NoBoardReason] = [
      .tooSmall(width: 1, height: 1), .noContrast, .noCorners, .noGrid(candidates: 3),
      .partOfBoard(corners: 9), .otherPattern(columns: 4, rows: 4), .swappedColours,
      .unsharp(corners: 5), .markersUnread(corners: 12), .otherMarkers(corners: 12),
    ]
    #expect(schema.words("no_board_reason") == Set(reasons.map(\.code)))

    var document = document([corner])
    #expect(try schema.problems(in: JSONDocument.encode(document)) == [])
    for reason in reasons {
      document.cameras["left"]?.images["02.png"] = .init(
        BoardDetection(boards: [], reason: reason, counts: DetectionCounts()))
      #expect(try schema.problems(in: JSONDocument.encode(document)) == [])
    }
    document.cameras["left"]?.images["03.png"] = .init(status: .none, reason: "bored", boards: [])
    #expect(
      try schema.problems(in: JSONDocument.encode(document))
        == ["document.cameras.left.images.03.png.reason: 0 of oneOf fit"])
  }

  @Test func anUnanchoredGridMayLieAcrossTheBoard() throws {
    var across = corner
    across.row = 8
    #expect(try refusal(document([across], status: .unanchored)) == nil)
    #expect(try refusal(document([across]))?.contains("(1, 8)") == true)
  }

  @Test func contradictionsAreNamedWithTheirPlace() throws {
    func changed(_ change: (inout BoardCorner) -> Void) -> CornersDocument {
      var other = corner
      change(&other)
      return document([other])
    }
    let refused: [(CornersDocument, String)] = [
      (changed { $0.column = 9 }, "not on the board"),
      (changed { $0.row = -1 }, "not on the board"),
      (changed { $0.x = 1000 }, "outside the picture"),
      (changed { $0.y = -20 }, "outside the picture"),
      (changed { $0.sigma = 0 }, "sigma"), (changed { $0.sigma = -1 }, "sigma"),
      (document([corner, corner]), "twice"), (document([]), "no corners"),
      (document([corner], status: .none), "no corners"),
      (document([corner], camera: "../left"), "camera name"),
      (document([corner], word: "checkerboard:9x6"), "checkerboard"),
      (document([corner], width: 0), "0 x 48"),
      (CornersDocument(software: "test", board: "checkerboard:9x6:25mm", cameras: [:]), "none"),
    ]
    for (document, word) in refused {
      let text = try #require(try refusal(document))
      #expect(text.contains(word), "\(text)")
    }
    var wrongStatus = document([corner])
    wrongStatus.cameras["left"]?.images["01.png"]?.status = .unanchored
    #expect(try refusal(wrongStatus)?.contains("left/01.png") == true)
  }
}

struct PlainCornersTests {
  private func read(_ text: String) throws -> Result<PlainCorners, CornersError> {
    let folder = try TemporaryFolder()
    try folder.write("plain.json", Array(text.utf8))
    let board = try BoardSpec(columns: 3, rows: 2, squareSize: 0.02)
    do throws(CornersError) {
      return .success(try PlainCorners(file: folder("plain.json"), board: board))
    } catch {
      return .failure(error)
    }
  }

  @Test func missingCornersAndPicturesStayMissing() throws {
    let plain = try read(
      """
      {"left": {"a.png": [[0, 0], [1, 0], [2.5, 0], [null, null], [1, 1], [2, 1]], "b.png": null}}
      """
    ).get()
    let points = try #require(plain.cameras["left"]?["a.png"] ?? nil)
    #expect(points[2] == SIMD2(2.5, 0))
    #expect(points[3] == nil)
    let missing = try #require(plain.cameras["left"]?["b.png"])
    #expect(missing == nil)
  }

  @Test(arguments: [
    "{}", "{\"left\": {\"a.png\": [[1, 2]]}}",
    "{\"left\": {\"a.png\": [[1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]]}}",
    "{\"left\": {\"a.png\": [[1, null], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]]}}",
    "{\"left\": {\"a.png\": [[1e300, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]]}}",
    "{\"a/b\": {}}", "[1]", "{\"left\": [1]}",
  ])
  func contradictionsAreRefused(text: String) throws {
    #expect(throws: CornersError.self) { try read(text).get() }
  }
}
