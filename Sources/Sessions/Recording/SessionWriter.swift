package import Devices
package import Documents
import Files

/// Writes a session while it is recorded, so that whatever ends the recording, what was written
/// before can be read.
///
/// A picture is written whole before the line that names it; a line is one write at the end of its
/// file. Nothing is forced to the disk before `end`: a power cut may cost the last seconds, and the
/// reader leaves out pictures that did not get there.
package final class SessionWriter {
  package let path: String
  private var document: SessionDocument
  private let frames: LineFile
  private let events: LineFile
  private let scale: ScaleTableWriter?
  private var folders: Set<String> = []
  package private(set) var frameCount = 0
  package private(set) var byteCount = 0
  package private(set) var sampleCount = 0

  /// Makes the folder at `path`, which must not exist; the folder above must.
  package init(creating path: String, _ document: SessionDocument) throws(StorageError) {
    self.path = path
    self.document = document
    do throws(FileError) {
      try Files.makeFolder(path)
    } catch {
      throw StorageError(writing: error)
    }
    do throws(StorageError) {
      try AtomicFile.write(Self.bytes(document), to: path + "/session.json")
      frames = try LineFile(creating: path + "/frames.jsonl")
      events = try LineFile(creating: path + "/events.jsonl")
      var scale: ScaleTableWriter?
      if let cells = document.scale?.cells {
        scale = try ScaleTableWriter(creating: path + "/scale.csv", cells: cells)
      }
      self.scale = scale
      for role in document.cameras.keys.sorted() { try makeFolder(role) }
    } catch {
      // A session that could not even begin is none.
      Files.removeTreeIfThere(path)
      throw error
    }
  }

  /// Writes the pictures of a frame, then its line. `pictures` by camera, at least one.
  package func append(time: Double, _ pictures: [String: RecordedPicture]) throws(StorageError) {
    let name = Self.name(frameCount)
    var records: [String: PictureRecord] = [:]
    for (camera, picture) in pictures.sorted(by: { $0.key < $1.key }) {
      try makeFolder(camera)
      let suffix = PictureRecord.fileExtension("\(picture.form.pixelFormat)")
      let file = "\(camera)/\(name).\(suffix)"
      do throws(FileError) {
        try Files.writeUnsynced(path + "/" + file, picture.picture.bytes)
      } catch {
        // A picture that is there in part would be taken for one without a line.
        Files.removeIfThere(path + "/" + file)
        throw StorageError(writing: error)
      }
      byteCount += picture.picture.bytes.count
      records[camera] = PictureRecord(
        file: file, picture.picture, picture.form, stream: picture.stream,
        exposure: picture.exposure)
    }
    try frames.append(FrameRecord(frame: name, time: time, pictures: records))
    frameCount += 1
  }

  package func append(_ event: EventRecord) throws(StorageError) { try events.append(event) }

  /// Writes a sample of the scale that the session was begun with.
  package func append(_ row: ScaleRow) throws(StorageError) {
    try scale?.append(row)
    sampleCount += 1
  }

  /// Writes the end, then forces everything to the disk.
  package func end(_ end: SessionDocument.End) throws(StorageError) {
    document.end = end
    try AtomicFile.write(Self.bytes(document), to: path + "/session.json")
    Files.syncAll()
  }

  /// Six digits or more: names sort as numbers do.
  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private func makeFolder(_ camera: String) throws(StorageError) {
    guard !folders.contains(camera) else { return }
    do throws(FileError) {
      try Files.makeFolder(path + "/" + camera)
    } catch {
      throw StorageError(writing: error)
    }
    folders.insert(camera)
  }

  private static func bytes(_ document: SessionDocument) throws(StorageError) -> [UInt8] {
    do throws(DocumentError) {
      return try JSONDocument.encode(document)
    } catch {
      throw .unwritable(path: "session.json", reason: "\(error)")
    }
  }
}

/// A picture with what the session keeps of it.
package struct RecordedPicture: Equatable, Sendable {
  package let picture: CapturedPicture
  /// What the camera sends.
  package let form: CameraStream
  /// Counts the camera's streams.
  package let stream: Int
  package let exposure: Double?

  package init(
    picture: CapturedPicture, form: CameraStream, stream: Int, exposure: Double? = nil
  ) {
    self.picture = picture
    self.form = form
    self.stream = stream
    self.exposure = exposure
  }
}

/// A file of JSON values, one a line, that grows.
final class LineFile {
  private let file: OpenFile

  init(creating path: String) throws(StorageError) {
    do throws(FileError) {
      file = try Files.create(path)
    } catch {
      throw StorageError(writing: error)
    }
  }

  func append(_ value: some Encodable) throws(StorageError) {
    let bytes: [UInt8]
    do throws(DocumentError) {
      bytes = try JSONDocument.encodeLine(value)
    } catch {
      throw .unwritable(path: file.path, reason: "\(error)")
    }
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try file.write(raw) } catch { failure = error }
    }
    if let failure { throw StorageError(writing: failure) }
  }
}
