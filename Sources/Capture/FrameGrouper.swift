package import Sessions

/// Pictures of one instant, each of another camera.
package struct CaptureFrame: Equatable, Sendable {
  /// By the camera's number.
  package internal(set) var pictures: [Int: RecordedPicture]

  /// The mean time of its pictures, seconds.
  package var time: Double {
    pictures.values.reduce(0) { $0 + $1.picture.time } / Double(max(1, pictures.count))
  }

  var earliest: Double { pictures.values.map(\.picture.time).min() ?? .infinity }
  var latest: Double { pictures.values.map(\.picture.time).max() ?? -.infinity }
}

/// Puts the pictures of several cameras together by their times.
///
/// Cameras that run free at one rate keep their places within the period, but for jitter. So each
/// camera's place is learned, a frame is a tick of the clock that is left when places are taken away,
/// and a picture joins the tick that is nearest to where it should be, at most half a period away.
/// Cameras of different rates have no places: then it is the frame nearest in time, within the
/// tolerance. A frame holds one picture of a camera and never spans more than the tolerance.
///
/// Frames come out in the order of time: a frame waits until no camera that sends could still add to
/// it.
package struct FrameGrouper: Sendable {
  private let tolerance: Double
  /// How far a picture may be from its tick, seconds.
  private let reach: Double
  private let learnsPlaces: Bool
  /// Seconds that a frame waits for a camera that has said nothing yet.
  private let patience: Double
  /// How far each camera is behind the tick, seconds.
  private var places: [Double]
  /// In how many frames with others each camera was seen.
  private var learned: [Int]
  /// In the order of their ticks.
  private var open: [CaptureFrame] = []
  /// The time of each camera's last picture; infinite for a camera that is away.
  private var last: [Double]

  /// How much of what is new goes into a place once a place is known.
  private static let gain = 0.05

  /// All times in seconds; `period` is that of all cameras, nil where they differ.
  package init(cameras: Int, tolerance: Double, period: Double? = nil, patience: Double = 1) {
    self.tolerance = tolerance
    self.patience = patience
    reach = period.map { min(tolerance, $0 / 2) } ?? tolerance
    learnsPlaces = period != nil
    places = Array(repeating: 0, count: cameras)
    learned = Array(repeating: 0, count: cameras)
    last = Array(repeating: -.infinity, count: cameras)
  }

  /// Takes a picture; the frames that are finished by it.
  package mutating func add(_ picture: RecordedPicture, camera: Int) -> [CaptureFrame] {
    let time = picture.picture.time
    last[camera] = time
    var best: (index: Int, distance: Double)?
    for (index, frame) in open.enumerated() where frame.pictures[camera] == nil {
      guard max(time, frame.latest) - min(time, frame.earliest) <= tolerance else { continue }
      let distance = abs(time - places[camera] - tick(frame))
      if distance <= reach, distance < best?.distance ?? .infinity { best = (index, distance) }
    }
    if let best {
      open[best.index].pictures[camera] = picture
    } else {
      open.append(CaptureFrame(pictures: [camera: picture]))
    }
    let ticks = open.map(tick)
    open = open.indices.sorted { ticks[$0] < ticks[$1] }.map { open[$0] }
    return finished(now: -.infinity)
  }

  /// A camera sends nothing any more until its next picture: frames do not wait for it.
  package mutating func setAway(_ camera: Int) -> [CaptureFrame] {
    last[camera] = .infinity
    return finished(now: -.infinity)
  }

  /// The frames that have waited long enough at `now`.
  package mutating func advance(to now: Double) -> [CaptureFrame] { finished(now: now) }

  /// All that is left.
  package mutating func flush() -> [CaptureFrame] {
    defer { open = [] }
    return open
  }

  /// The moment that a frame stands for, the cameras' places taken away.
  private func tick(_ frame: CaptureFrame) -> Double {
    frame.pictures.reduce(0) { $0 + $1.value.picture.time - places[$1.key] }
      / Double(max(1, frame.pictures.count))
  }

  private mutating func finished(now: Double) -> [CaptureFrame] {
    var frames: [CaptureFrame] = []
    while let first = open.first, isFinished(first, now: now) {
      open.removeFirst()
      learn(first)
      frames.append(first)
    }
    return frames
  }

  private func isFinished(_ frame: CaptureFrame, now: Double) -> Bool {
    if now - frame.latest > patience + tolerance { return true }
    let tick = tick(frame)
    return last.indices.allSatisfy { camera in
      frame.pictures[camera] != nil || last[camera] - places[camera] > tick + reach
        || last[camera] > frame.earliest + tolerance
    }
  }

  /// The first frames with others say where a camera is, later ones how that changes.
  private mutating func learn(_ frame: CaptureFrame) {
    guard learnsPlaces, frame.pictures.count > 1 else { return }
    let tick = tick(frame)
    for (camera, picture) in frame.pictures {
      learned[camera] += 1
      let gain = max(Self.gain, 1 / Double(learned[camera]))
      places[camera] += gain * (picture.picture.time - places[camera] - tick)
    }
  }
}
