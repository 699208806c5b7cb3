import BoardDetection
import Boards
import Documents
import TestSupport
import Testing

@testable import Procedures

struct DetectReportTests {
  private func board(_ status: BoardStatus, _ columns: Int) -> BoardObservation {
    BoardObservation(
      status: status, ambiguous: false,
      corners: (0..<columns).map {
        BoardCorner(column: $0, row: 0, x: 10.5 + 20 * Double($0), y: 30, sigma: 0.02)
      })
  }

  private func image(
    _ boards: [BoardObservation], reason: NoBoardReason? = nil
  ) -> DetectReport.Image {
    DetectReport.Image(
      DetectedPicture(
        width: 640, height: 480,
        detection: BoardDetection(boards: boards, reason: reason, counts: DetectionCounts()),
        decodeSeconds: 0.01, detectSeconds: 0.002))
  }

  @Test func allBoardsAreListedAndTheBestIsThePictures() {
    let boards = [board(.complete, 4), board(.unanchored, 3)]
    for count in 0...2 {
      let image = image(Array(boards.prefix(count)))
      #expect(image.boards.count == count)
      #expect(image.status == image.boards.first?.status ?? .none)
      #expect(image.ambiguous == image.boards.first?.ambiguous ?? false)
      #expect(image.corners == image.boards.first?.corners ?? [])
    }
  }

  @Test func aReportFitsItsSchema() throws {
    let schema = try SchemaFile("Procedures/Schemas/detect-1.schema.json")
    #expect(schema.omissions == [])
    let report = DetectReport(
      software: Software.nameAndVersion, board: "checkerboard:4x3:25mm",
      images: [
        "none.png": image([], reason: .noCorners), "a/whole.png": image([board(.complete, 4)]),
        "part.png": image([board(.unanchored, 3)], reason: .partOfBoard(corners: 3)),
        "two.png": image([board(.complete, 4), board(.unanchored, 3)]),
      ])
    #expect(try schema.problems(in: JSONDocument.encode(report)) == [])
  }
}
