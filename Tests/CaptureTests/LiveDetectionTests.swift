import BoardDetection
import Boards
import Devices
import Imaging
import Sessions
import Testing

@testable import Capture

struct LiveDetectionTests {
  private static let package = "\(#filePath)".split(separator: "/").dropLast(3)
    .reduce("") { "\($0)/\($1)" }

  private func recorded(_ format: String, _ bytes: [UInt8], width: Int = 320, height: Int = 240)
    throws -> RecordedPicture
  {
    RecordedPicture(
      picture: CapturedPicture(
        time: 1, timeBasis: .endOfFrame, sequence: 0, isDamaged: false, bytes: bytes),
      form: CameraStream(
        pixelFormat: try #require(PixelFormat(format)), width: width, height: height,
        bytesPerRow: 0, rate: nil), stream: 0)
  }

  private func board() throws -> BoardSpec { try BoardSpec(word: "checkerboard:8x5:27mm") }

  /// A picture of the whole board.
  private func stereo() throws -> [UInt8] {
    try PictureDecoder.decode(
      file: Self.package + "/Tests/EndToEndTests/Fixtures/stereo/left/00.png"
    ).image.pixels
  }

  @Test func theBoardIsSeenInRawPictures() throws {
    let detector = BoardDetector(board: try board())
    let pixels = try stereo()
    #expect(LiveDetection.sight(try recorded("GREY", pixels), detector) == .whole)
    let yuyv: [UInt8] = pixels.flatMap { (value: UInt8) -> [UInt8] in [value, 128] }
    #expect(LiveDetection.sight(try recorded("YUYV", yuyv), detector) == .whole)
    // The upper half of it, or less.
    let part = try recorded("GREY", Array(pixels.prefix(320 * 120)), height: 120)
    #expect(LiveDetection.sight(part, detector) != .whole)
    let dark = try recorded("GREY", Array(repeating: 9, count: 320 * 240))
    #expect(LiveDetection.sight(dark, detector) == .nothing)
  }

  @Test(arguments: ["MJPG", "GREY", "H264", "????"])
  func garbageIsUnreadable(_ format: String) throws {
    let detector = BoardDetector(board: try board())
    for bytes: [UInt8] in [[], [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], Array(repeating: 7, count: 999)] {
      #expect(LiveDetection.sight(try recorded(format, bytes), detector) == .unreadable)
    }
  }

  /// Pictures that come faster than they are looked at are let go; nobody waits.
  @Test func offeringNeverWaits() throws {
    let live = try #require(LiveDetection(board: try board(), cameras: 2))
    let picture = try recorded("GREY", try stereo())
    #expect(live.sights == [nil, nil])
    for index in 0..<200 {
      live.offer(picture.picture, picture.form, camera: 1, now: Double(index))
    }
    for _ in 0..<500 where live.sights[1] == nil { rest(10) }
    #expect(live.sights == [nil, .whole])
    live.stop()
  }
}
