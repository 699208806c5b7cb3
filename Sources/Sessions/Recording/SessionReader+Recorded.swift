import Documents
import Files
import Imaging

extension SessionReader {
  /// Frames of one session.
  static let maximumFrames = maximumFiles

  /// Reads a session that `capture` recorded, as far as it was written: `frames.jsonl` says which
  /// pictures belong together. Pictures that did not get onto the disk whole, that their camera
  /// says are damaged, or whose format is not read, are left out and listed.
  static func recorded(_ path: String) throws(SessionError) -> RecordedSession {
    let document: SessionDocument
    do throws(DocumentError) {
      document = try JSONDocument.decode(
        SessionDocument.self, file: path + "/session.json", schema: SessionDocument.schemaName)
    } catch {
      throw .document(error)
    }
    guard document.cameras.count <= maximumCameras else {
      throw .tooManyCameras(path: path, limit: maximumCameras)
    }
    let list = path + "/frames.jsonl"
    let lines = try LineReader.read(FrameRecord.self, file: list, limits: maximumFrames)
    let events = try LineReader.read(
      EventRecord.self, file: path + "/events.jsonl", limits: maximumFrames)

    var pictures: [String: [SessionPicture]] = [:]
    var skipped: [SkippedEntry] = []
    var names: Set<String> = []
    for record in lines.values {
      try check(record, of: document, list: list, known: &names)
      for (camera, picture) in record.pictures.sorted(by: { $0.key < $1.key }) {
        let file = path + "/" + picture.file
        if let reason = obstacle(picture, at: file) {
          skipped.append(SkippedEntry(path: file, reason: reason))
        } else if let content = picture.content {
          pictures[camera, default: []].append(
            SessionPicture(stem: record.frame, path: file, content: content))
        }
      }
    }
    let cameras = pictures.keys.sorted(by: NaturalOrder.precedes).map { name in
      let sorted = (pictures[name] ?? []).sorted { NaturalOrder.precedes($0.stem, $1.stem) }
      return SessionCamera(name: name, pictures: sorted)
    }
    guard !cameras.isEmpty else { throw .noPictures(path: path, skipped: skipped.count) }
    return RecordedSession(
      path: path, cameras: cameras, frames: names.sorted(by: NaturalOrder.precedes),
      skipped: skipped,
      recording: SessionRecording(
        document: document, frames: lines.values, events: events.values,
        shortfall: shortfall(document, frames: lines)))
  }

  /// Refuses names that could lead out of the session, and frames that contradict others.
  private static func check(
    _ record: FrameRecord, of document: SessionDocument, list: String,
    known names: inout Set<String>
  ) throws(SessionError) {
    func refuse(_ detail: String) -> SessionError {
      .badRecord(path: list, frame: record.frame, detail: detail)
    }
    do throws(NameError) {
      _ = try Name(record.frame, of: .role)
      for camera in record.pictures.keys { _ = try Name(camera, of: .role) }
    } catch {
      throw refuse("\(error.text) is no name of a frame or camera")
    }
    guard names.insert(record.frame).inserted else { throw refuse("it stands there twice") }
    for (camera, picture) in record.pictures {
      guard document.cameras[camera] != nil else {
        throw refuse("session.json has no camera \(camera)")
      }
      let suffix = PictureRecord.fileExtension(picture.pixelFormat)
      guard picture.file == "\(camera)/\(record.frame).\(suffix)" else {
        throw refuse("its picture should be \(camera)/\(record.frame).\(suffix)")
      }
    }
  }

  /// Why a picture cannot be used; nil when it can.
  private static func obstacle(_ picture: PictureRecord, at path: String) -> SkippedEntry.Reason? {
    if picture.isDamaged { return .damaged }
    guard picture.content != nil else { return .unknownPixelFormat }
    do throws(FileError) {
      guard try Files.kind(of: path) == .regular, try Files.size(of: path) == picture.bytes else {
        return .incomplete
      }
    } catch {
      return .incomplete
    }
    return nil
  }

  private static func shortfall(
    _ document: SessionDocument, frames: LineReader.Lines<FrameRecord>
  ) -> String? {
    if let problem = frames.problem { return problem }
    guard let end = document.end else { return "the recording was cut off" }
    guard end.frames == frames.values.count else {
      return "\(end.frames) frames were recorded, \(frames.values.count) are left"
    }
    return switch end.reason {
    case .done: nil
    case .interrupted: "the recording was interrupted"
    case .storageFull: "no space was left on the disk"
    case .storageFailed: "the disk could not be written any more"
    case .devicesLost: "no camera sent anything any more"
    }
  }
}

/// What a recorded session says of itself.
package struct SessionRecording: Equatable, Sendable {
  package let document: SessionDocument
  /// In the order in which they were written.
  package let frames: [FrameRecord]
  package let events: [EventRecord]
  /// Why less is there than was to be recorded, in words; nil for a whole session.
  package let shortfall: String?
}
