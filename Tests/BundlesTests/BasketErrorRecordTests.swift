import Documents
import Geometry
import Testing

@testable import Bundles

struct BasketErrorRecordTests {
  private var record: BasketErrorRecord {
    BasketErrorRecord(
      frame: .reference, size: [0.6, 0.4, 0.5], grid: [3, 2, 2],
      cameras: Array(repeating: 2, count: 12), best: [nil] + Array(repeating: 1e-4, count: 11),
      median: Array(repeating: 2e-4, count: 12), perPixel: Array(repeating: 1e-3, count: 12),
      pairs: [.init(first: "a", second: "b", points: 11, rms: 1e-4, worst: 2e-4)],
      covered: 11.0 / 12, rms: 1e-4, worst: 1e-4)
  }

  private func decoded(_ bytes: [UInt8]) throws -> BasketErrorRecord {
    try JSONDocument.decode(BasketErrorRecord.self, from: bytes, file: "basket")
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    #expect(try decoded(JSONDocument.encode(record)) == record)
    var empty = record
    (empty.rms, empty.worst, empty.covered) = (nil, nil, 0)
    #expect(try decoded(JSONDocument.encode(empty)) == empty)
  }

  @Test func theGridRunsFromWallToWallAndFromTheFloorToTheRim() {
    let points = record.points
    #expect(points.count == 12)
    #expect(points[0] == Vector3(-0.3, -0.2, 0) && points[1] == Vector3(0, -0.2, 0))
    #expect(points[3] == Vector3(-0.3, 0.2, 0) && points[11] == Vector3(0.3, 0.2, 0.5))
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    let changes: [(inout BasketErrorRecord) -> Void] = [
      { $0.size = [0, 0.4, 0.5] }, { $0.size = [0.6, 0.4] }, { $0.grid = [3, 2] },
      { $0.grid = [1, 2, 6] }, { $0.grid = [.max, 9, 9] }, { $0.grid = [3, 2, 3] },
      { $0.cameras = [] }, { $0.best = [1] }, { $0.median = [1] }, { $0.perPixel = [1] },
      { $0.covered = 1.5 },
    ]
    for (index, change) in changes.enumerated() {
      var wrong = record
      change(&wrong)
      #expect(throws: DocumentError.self, "change \(index)") {
        try decoded(JSONDocument.encode(wrong))
      }
    }
  }

  @Test func aDeviationOfAPoseHasThreeNumbersEach() throws {
    for text in [
      #"{"rotation_rad":[1,2],"translation_m":[1,2,3]}"#,
      #"{"rotation_rad":[1,2,3],"translation_m":[]}"#,
    ] {
      #expect(throws: DocumentError.self, "\(text)") {
        try JSONDocument.decode(PoseSigma.self, from: Array(text.utf8), file: "sigma")
      }
    }
  }
}
