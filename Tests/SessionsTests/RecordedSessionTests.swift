import Devices
import Documents
import Files
import TestSupport
import Testing

@testable import Sessions

final class RecordedSessionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let grey = CameraStream(
    pixelFormat: PixelFormat(code: 0x5945_5247), width: 4, height: 2, bytesPerRow: 4, rate: 10)
  private static let jpeg = CameraStream(
    pixelFormat: PixelFormat(code: 0x4750_4A4D), width: 4, height: 2, bytesPerRow: 0, rate: 30)

  private static func document(scale: Bool = false) -> SessionDocument {
    var document = SessionDocument(
      software: "test", cart: "CART-1",
      rig: .init(name: "r", sha256: String(repeating: "0", count: 64)),
      started: UTCTime(seconds: 1_700_000_000), startTime: 12.5, syncTolerance: 0.02,
      cameras: [:], scale: scale ? .init(device: nil, kind: .iio, cells: 2) : nil)
    for (role, stream) in [("a", grey), ("b", jpeg)] {
      document.cameras[role] = .init(
        device: nil, stream: .init(stream), controls: ["exposure": 0.01],
        deviations: [.init(CameraDeviation(what: "focus", asked: 5, got: nil))])
    }
    return document
  }

  private static func picture(_ value: UInt8, at time: Double, damaged: Bool = false)
    -> RecordedPicture
  {
    RecordedPicture(
      picture: CapturedPicture(
        time: time, timeBasis: .startOfExposure, sequence: Int(value), isDamaged: damaged,
        bytes: Array(repeating: value, count: 8)), form: grey, stream: 0)
  }

  private static func end(_ reason: SessionDocument.End.Reason = .done, frames: Int)
    -> SessionDocument.End
  {
    .init(
      time: UTCTime(seconds: 1_700_000_009), reason: reason, frames: frames, wholeFrames: frames,
      cameras: [
        "a": .init(
          pictures: 3, offset: 0.001, interval: 0.1, gaps: [.init(cause: .silent, from: 1)])
      ], scaleSamples: 0)
  }

  /// A session of `count` frames of camera a and, in every other one, b.
  private func record(_ count: Int, end: SessionDocument.End? = nil) throws -> String {
    let path = folder("session")
    let writer = try SessionWriter(creating: path, Self.document())
    for index in 0..<count {
      let time = 13 + 0.1 * Double(index)
      var pictures = ["a": Self.picture(UInt8(index), at: time)]
      if index % 2 == 0 {
        pictures["b"] = RecordedPicture(
          picture: CapturedPicture(
            time: time + 0.01, timeBasis: .endOfFrame, sequence: index, isDamaged: false,
            bytes: [0xFF, 0xD8, UInt8(index)]), form: Self.jpeg, stream: 1, exposure: 0.02)
      }
      try writer.append(time: time, pictures)
    }
    try writer.append(EventRecord(time: 14, device: "b", event: .unplugged))
    if let end { try writer.end(end) }
    return path
  }

  @Test func whatIsWrittenIsRead() throws {
    let path = try record(3, end: Self.end(frames: 3))
    let session = try SessionReader.read(path)
    #expect(session.frames == ["000000", "000001", "000002"] && session.skipped.isEmpty)
    #expect(session.cameras.map(\.name) == ["a", "b"])
    #expect(
      session.cameras.map { $0.pictures.map(\.stem) } == [session.frames, ["000000", "000002"]])
    #expect(session.cameras[1].pictures[1].path == path + "/b/000002.jpg")
    #expect(session.cameras[1].pictures[1].content == .encoded)
    let recording = try #require(session.recording)
    #expect(recording.shortfall == nil && recording.document.end == Self.end(frames: 3))
    #expect(recording.document.cameras == Self.document().cameras)
    #expect(recording.events == [EventRecord(time: 14, device: "b", event: .unplugged)])
    #expect(try session.cameras[0].pictures[2].decode().pixels == Array(repeating: 2, count: 8))
  }

  @Test func everyFileFitsItsSchema() throws {
    let path = try record(2, end: Self.end(frames: 2))
    func check(_ schema: String, _ document: [UInt8]) throws {
      #expect(try SchemaFile("Sessions/Schemas/\(schema)").problems(in: document) == [])
    }
    try check("session-1.schema.json", Files.read(path + "/session.json", limit: 1 << 20))
    for (file, schema) in [("frames", "frame"), ("events", "event")] {
      let lines = try Files.read("\(path)/\(file).jsonl", limit: 1 << 20).split(separator: 0x0A)
      #expect(lines.count == (file == "frames" ? 2 : 1))
      for line in lines { try check("\(schema)-1.schema.json", Array(line)) }
    }
    let begun = try JSONDocument.encode(Self.document(scale: true))
    try check("session-1.schema.json", begun)
  }

  @Test(arguments: ["session", "frame", "event"])
  func theSchemasSayEverything(_ name: String) throws {
    #expect(try SchemaFile("Sessions/Schemas/\(name)-1.schema.json").omissions == [])
  }

  @Test func theWordsOfTheSchemasAreThoseOfTheCode() throws {
    let session = try SchemaFile("Sessions/Schemas/session-1.schema.json")
    let reasons = SessionDocument.End.Reason.allCases.map(\.rawValue)
    #expect(session.words("end_reason") == Set(reasons))
    #expect(
      session.words("gap_cause") == Set(SessionDocument.Gap.Cause.allCases.map(\.rawValue)))
    #expect(
      try SchemaFile("Sessions/Schemas/event-1.schema.json").words("device_event")
        == Set(EventRecord.Kind.allCases.map(\.rawValue)))
    #expect(
      try SchemaFile("Sessions/Schemas/frame-1.schema.json").words("time_basis")
        == Set(CapturedPicture.TimeBasis.allCases.map(\.rawValue)))
  }

  /// Cut anywhere, the list of frames gives those that were finished, and the session says why it
  /// is partial.
  @Test func aSessionCutOffIsReadUpToThere() throws {
    let path = try record(4)
    let bytes = try Files.read(path + "/frames.jsonl", limit: 1 << 20)
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }
    for length in stride(from: ends[0] + 1, through: bytes.count, by: 7) {
      try Files.remove(path + "/frames.jsonl")
      try Files.writeNew(path + "/frames.jsonl", Array(bytes[..<length]))
      let session = try SessionReader.read(path)
      #expect(session.frames.count == ends.count { $0 < length })
      #expect(session.recording?.shortfall != nil)
    }
  }

  @Test(arguments: SessionDocument.End.Reason.allCases)
  func onlyADoneSessionIsWhole(_ reason: SessionDocument.End.Reason) throws {
    let path = try record(2, end: Self.end(reason, frames: 2))
    #expect(try (SessionReader.read(path).recording?.shortfall == nil) == (reason == .done))
  }

  /// What a power cut leaves: lines whose pictures are missing, empty or short, and zeros at the
  /// end of the list.
  @Test func picturesThatDidNotReachTheDiskAreLeftOut() throws {
    let path = try record(4)
    try Files.remove(path + "/a/000001.grey")
    try Files.remove(path + "/a/000002.grey")
    try Files.writeNew(path + "/a/000002.grey", [1, 2, 3])
    let bytes = try Files.read(path + "/frames.jsonl", limit: 1 << 20)
    try Files.remove(path + "/frames.jsonl")
    try Files.writeNew(path + "/frames.jsonl", bytes + Array(repeating: 0, count: 300) + [0x0A])
    let session = try SessionReader.read(path)
    #expect(session.cameras[0].pictures.map(\.stem) == ["000000", "000003"])
    #expect(session.skipped.map(\.reason) == [.incomplete, .incomplete])
    #expect(session.recording?.shortfall?.contains("line 5") == true)
  }

  @Test func damagedAndUnknownPicturesAreLeftOut() throws {
    let path = folder("session")
    let writer = try SessionWriter(creating: path, Self.document())
    let strange = CameraStream(
      pixelFormat: PixelFormat(code: 0x3231_3B5C), width: 4, height: 2, bytesPerRow: 4, rate: nil)
    let good = Self.picture(1, at: 1)
    try writer.append(time: 1, ["a": good])
    try writer.append(time: 2, ["a": Self.picture(2, at: 2, damaged: true)])
    try writer.append(
      time: 3, ["a": RecordedPicture(picture: good.picture, form: strange, stream: 0)])
    let session = try SessionReader.read(path)
    #expect(session.skipped.map(\.reason) == [.damaged, .unknownPixelFormat])
    #expect(session.cameras.map(\.pictures.count) == [1])
  }

  @Test(arguments: [
    #"{"frame":"../x","time_s":1,"pictures":{}}"#,
    #"{"frame":"000000","time_s":1,"pictures":{}}"#,
    #"{"frame":"9","time_s":1,"pictures":{"a":{"file":"/etc/passwd""# + rest,
    #"{"frame":"9","time_s":1,"pictures":{"a":{"file":"a/../../9.grey""# + rest,
    #"{"frame":"9","time_s":1,"pictures":{"a":{"file":"b/9.grey""# + rest,
    #"{"frame":"9","time_s":1,"pictures":{"zz":{"file":"zz/9.grey""# + rest,
  ])
  func aLineThatLeadsElsewhereIsRefused(_ line: String) throws {
    let path = try record(1)
    let bytes = try Files.read(path + "/frames.jsonl", limit: 1 << 20)
    try Files.remove(path + "/frames.jsonl")
    try Files.writeNew(path + "/frames.jsonl", bytes + Array((line + "\n").utf8))
    do throws(SessionError) {
      _ = try SessionReader.read(path)
      Issue.record("it was read")
    } catch {
      guard case .badRecord = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func anExistingFolderIsLeftAlone() throws {
    let path = folder("session")
    try Files.makeFolder(path)
    #expect(throws: StorageError.exists(path: path)) {
      try SessionWriter(creating: path, Self.document())
    }
    #expect(try folder.names(in: "session") == [])
  }

  /// On a full disk the picture that did not fit is not there, what stood before is.
  @Test func aFullDiskLeavesWhatWasThere() throws {
    let path = folder("session")
    let writer = try SessionWriter(creating: path, Self.document())
    try writer.append(time: 1, ["a": Self.picture(1, at: 1)])
    let large = RecordedPicture(
      picture: CapturedPicture(
        time: 2, timeBasis: .reading, sequence: 2, isDamaged: false,
        bytes: Array(repeating: 0, count: 12 << 20)), form: Self.grey, stream: 0)
    let error = withFileSizeLimit(8 << 20) { () -> StorageError? in
      do throws(StorageError) {
        try writer.append(time: 2, ["a": large])
        return nil
      } catch { return error }
    }
    #expect(error == .full(path: path + "/a/000001.grey"))
    #expect(try folder.names(in: "session/a") == ["000000.grey"])
    let session = try SessionReader.read(path)
    #expect(session.frames == ["000000"])
    #expect(session.recording?.shortfall == "the recording was cut off")
  }

  @Test func aRecordedCameraGivesItsPicturesAndEnds() throws {
    let session = try SessionReader.read(try record(3))
    let camera: any Camera = try #require(RecordedCamera(session, role: "b"))
    #expect(camera.stream == Self.jpeg)
    let first = try camera.next(within: 1)
    #expect(first.bytes == [0xFF, 0xD8, 0] && first.time == 13.01 && first.sequence == 0)
    #expect(try camera.next(within: 1).sequence == 2)
    #expect(throws: DeviceError.gone(node: session.path)) { try camera.next(within: 1) }
    #expect(RecordedCamera(session, role: "c") == nil)
  }

  @Test func aDamagedOrNewerDescriptionIsNamed() throws {
    let path = try record(1)
    try Files.remove(path + "/session.json")
    try Files.writeNew(path + "/session.json", Array(#"{"schema": "cartcal.session/2"}"#.utf8))
    #expect(
      throws: SessionError.document(
        .newerSchema(
          file: path + "/session.json", found: "cartcal.session/2", known: "cartcal.session/1"))
    ) { try SessionReader.read(path) }
  }
}

/// The rest of a line with one picture.
private let rest =
  #","bytes":8,"pixel_format":"GREY","width":4,"height":2,"bytes_per_row":4,"time_s":1,"#
  + #""time_basis":"reading","sequence":1,"stream":0,"exposure_s":null,"damaged":false}}}"#
