import Devices
import Documents
import Sessions

/// Writes what the devices send into a session: everything that a recording does, a message at a
/// time, without threads or clocks of its own.
struct CaptureRecorder {
  private let roles: [String]
  private let exposures: [Double?]
  private let writer: SessionWriter
  private var grouper: FrameGrouper
  private(set) var ledgers: [CameraLedger]
  private var states: [CaptureStatus.Camera.State]
  private(set) var wholeFrames = 0
  private let startTime: Double
  /// How many frames are asked for.
  private let limit: Int
  /// Those not yet told of in a status.
  private var events: [EventRecord] = []
  /// The latest time of any picture.
  private var newestTime = -Double.infinity
  /// When the last picture of any camera was taken in.
  private(set) var lastPicture: Double

  /// `document` describes the session that is begun at `path`; its cameras are `roles`, in order.
  /// No more than `limit` frames are written.
  init(
    _ document: SessionDocument, roles: [String], at path: String, limit: Int? = nil
  ) throws(StorageError) {
    self.roles = roles
    self.limit = limit ?? .max
    let streams = roles.map { document.cameras[$0] }
    exposures = streams.map { $0?.controls[CameraControl.exposure.rawValue] }
    ledgers = streams.map { CameraLedger(rate: $0?.stream.rate) }
    states = roles.map { _ in .running }
    let rates = Set(streams.map { $0?.stream.rate })
    let period = rates.count == 1 ? rates.first?.flatMap { $0 }.map { 1 / $0 } : nil
    grouper = FrameGrouper(
      cameras: roles.count, tolerance: document.syncTolerance, period: period)
    startTime = document.startTime
    lastPicture = document.startTime
    writer = try SessionWriter(creating: path, document)
  }

  var frames: Int { writer.frameCount }

  /// Takes a message at the time `now`. Those of the opening are not for it.
  mutating func take(_ message: CaptureMessage, now: Double) throws(StorageError) {
    switch message {
    case .picture(let camera, let picture, let form, let stream):
      try take(
        RecordedPicture(
          picture: picture, form: form, stream: stream, exposure: exposures[camera]),
        camera: camera, now: now)
    case .event(let camera, let kind, let detail):
      try take(kind, camera: camera, detail: detail, now: now)
    case .sample(let sample, let tilt):
      try writer.append(ScaleRow(sample: sample, tilt: tilt))
    case .scaleEvent(let kind, let detail):
      try note(EventRecord(time: now, device: "scale", event: kind, detail: detail))
    case .opened, .unusable, .scaleOpened, .scaleUnusable: break
    }
  }

  /// Nothing came for a while.
  mutating func advance(to now: Double) throws(StorageError) {
    try write(grouper.advance(to: now))
  }

  private mutating func take(
    _ picture: RecordedPicture, camera: Int, now: Double
  ) throws(StorageError) {
    ledgers[camera].add(picture)
    states[camera] = .running
    lastPicture = now
    newestTime = max(newestTime, picture.picture.time)
    try write(grouper.add(picture, camera: camera) + grouper.advance(to: newestTime))
  }

  private mutating func take(
    _ kind: EventRecord.Kind, camera: Int, detail: String?, now: Double
  ) throws(StorageError) {
    switch kind {
    case .unplugged:
      ledgers[camera].beginGap(.unplugged, now: now)
      states[camera] = .unplugged
      try write(grouper.setAway(camera))
    case .silent:
      ledgers[camera].beginGap(.silent, now: now)
      states[camera] = .silent
      try write(grouper.setAway(camera))
    case .replugged, .resumed, .failed: break
    }
    try note(EventRecord(time: now, device: roles[camera], event: kind, detail: detail))
  }

  private mutating func note(_ event: EventRecord) throws(StorageError) {
    events.append(event)
    try writer.append(event)
  }

  private mutating func write(_ frames: [CaptureFrame]) throws(StorageError) {
    for frame in frames.prefix(max(0, limit - self.frames)) {
      var pictures: [String: RecordedPicture] = [:]
      let time = frame.time
      for (camera, picture) in frame.pictures {
        pictures[roles[camera]] = picture
        ledgers[camera].addRecorded(picture)
        if frame.pictures.count > 1 { ledgers[camera].addOffset(picture.picture.time - time) }
      }
      try writer.append(time: time, pictures)
      if pictures.count == roles.count { wholeFrames += 1 }
    }
  }

  /// Writes what still waits for company, and ends the session.
  mutating func finish(
    _ reason: SessionDocument.End.Reason, time: UTCTime
  ) throws(StorageError) {
    try write(grouper.flush())
    try end(reason, time: time)
  }

  /// Ends the session without what has not been written: nothing more can be.
  mutating func end(
    _ reason: SessionDocument.End.Reason, time: UTCTime
  ) throws(StorageError) {
    try writer.end(
      .init(
        time: time, reason: reason, frames: frames, wholeFrames: wholeFrames, cameras: ends,
        scaleSamples: writer.sampleCount))
  }

  /// What came of each camera.
  var ends: [String: SessionDocument.CameraEnd] {
    Dictionary(zip(roles, ledgers.map(\.end))) { first, _ in first }
  }

  /// The state at `now`; events are in one status only.
  mutating func status(now: Double) -> CaptureStatus {
    defer { events = [] }
    let cameras = roles.indices.map { index in
      let ledger = ledgers[index]
      return CaptureStatus.Camera(
        role: roles[index], state: states[index], pictures: ledger.pictures,
        dropped: ledger.dropped, rate: ledger.interval.map { 1 / $0 }, offset: ledger.offset,
        gaps: ledger.gaps.count)
    }
    return CaptureStatus(
      cameras: cameras, frames: frames, wholeFrames: wholeFrames, bytes: writer.byteCount,
      seconds: now - startTime, samples: writer.sampleCount, events: events)
  }
}
