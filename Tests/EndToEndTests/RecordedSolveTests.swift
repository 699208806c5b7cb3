import Devices
import Documents
import Files
import Imaging
import Sessions
import TestSupport
import Testing

/// `cartcal solve` on sessions as `capture` records them.
final class RecordedSolveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The stereo pictures as a recorded session of raw ones: `left` as GREY, `right` as YUYV with a
  /// padded row. `ending` is how the recording ended; nil for one that was cut off.
  private func record(_ ending: SessionDocument.End.Reason?) throws -> String {
    let grey = CameraStream(
      pixelFormat: try #require(PixelFormat("GREY")), width: 320, height: 240, bytesPerRow: 320,
      rate: 10)
    let yuyv = CameraStream(
      pixelFormat: try #require(PixelFormat("YUYV")), width: 320, height: 240, bytesPerRow: 644,
      rate: 10)
    let streams = ["left": grey, "right": yuyv]
    let path = folder("recorded")
    let writer = try SessionWriter(
      creating: path,
      SessionDocument(
        software: "test", cart: nil, rig: nil, started: UTCTime(seconds: 1_700_000_000),
        startTime: 0, syncTolerance: 0.02,
        cameras: streams.mapValues {
          .init(device: nil, stream: .init($0), controls: [:], deviations: [])
        }, scale: nil))
    for index in 0..<8 {
      var pictures: [String: RecordedPicture] = [:]
      for (camera, form) in streams {
        let image = try PictureDecoder.decode(
          file: "\(CommandRunner.stereo)/\(camera)/0\(index).png"
        ).image
        #expect(image.width == 320 && image.height == 240)
        let bytes = camera == "left" ? image.pixels : Self.yuyv(image)
        pictures[camera] = RecordedPicture(
          picture: CapturedPicture(
            time: Double(index), timeBasis: .endOfFrame, sequence: index, isDamaged: false,
            bytes: bytes), form: form, stream: 0)
      }
      try writer.append(time: Double(index), pictures)
    }
    if let ending {
      try writer.end(
        .init(
          time: UTCTime(seconds: 1_700_000_009), reason: ending, frames: 8, wholeFrames: 8,
          cameras: [:], scaleSamples: 0))
    }
    return path
  }

  /// Brightness and colour by turns, with four bytes behind each row.
  private static func yuyv(_ image: GreyImage) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in 0..<image.height {
      for column in 0..<image.width { bytes += [image.pixels[row * image.width + column], 128] }
      bytes += [9, 9, 9, 9]
    }
    return bytes
  }

  private func solve(_ session: String) throws -> JSONValue {
    let file = folder("solve-\(session.hashValue).json")
    let outcome = try CommandRunner.run([
      "solve", session, "--board", "checkerboard:8x5:27mm", "--json", file,
    ])
    #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
    return try JSONValue(file: file)
  }

  /// Raw pictures are the same pictures: every number of the solution is the same.
  @Test func aRecordedSessionSolvesAsItsPicturesDo() throws {
    let plain = try solve(CommandRunner.stereo)
    let recorded = try solve(try record(.done))
    #expect(
      try recorded["cameras"].canonical(without: []) == plain["cameras"].canonical(without: []))
    #expect(recorded["rms_px"].number == plain["rms_px"].number)
    #expect(!recorded["findings"].array.contains { $0["code"].text == "session_partial" })
  }

  @Test func aSessionThatWasCutOffSolvesAndSaysSo() throws {
    let path = try record(nil)
    // The last line, and a picture, did not reach the disk whole.
    let lines = try Files.read(path + "/frames.jsonl", limit: 1 << 20)
    try Files.remove(path + "/frames.jsonl")
    try Files.writeNew(path + "/frames.jsonl", Array(lines.dropLast(30)))
    try Files.remove(path + "/left/000003.grey")
    try Files.writeNew(path + "/left/000003.grey", [1, 2, 3])
    let solved = try solve(path)
    let findings = solved["findings"].array
    let partial = findings.first { $0["code"].text == "session_partial" }
    #expect(partial?["text"].text?.contains("7 frames") == true)
    let left = findings.first { $0["code"].text == "files_left_out" }
    #expect(left?["text"].text?.contains("not written whole") == true)
    #expect(try #require(solved["rms_px"].number) < 1)
  }
}
