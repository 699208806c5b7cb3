import Devices
import Sessions

/// What was seen of one camera while it was recorded.
struct CameraLedger: Sendable {
  /// Written.
  private(set) var pictures = 0
  private var damaged = 0
  private var drops: DropCounter
  private let rate: Double?
  private var intervals = RunningMoments()
  private var offsets = RunningMoments()
  private(set) var gaps: [SessionDocument.Gap] = []
  private var last: (time: Double, sequence: Int, stream: Int)?
  /// True when a picture came in the gap that is open now.
  private var hasBelated = false

  init(rate: Double?) {
    self.rate = rate
    drops = DropCounter(rate: rate)
  }

  /// Pictures that never came, by whichever count found more.
  var dropped: Int { max(drops.bySequence, drops.byTime) }
  /// The time of the last picture.
  var lastTime: Double? { last?.time }
  /// Whether it sends, as far as is known.
  var isAway: Bool { gaps.last.map { $0.to == nil } ?? false }
  /// The mean distance from picture to picture, seconds.
  var interval: Double? { intervals.mean }
  /// How far its pictures lie after the middle of their frames.
  var offset: Double? { offsets.mean }

  /// Takes a picture that came.
  mutating func add(_ recorded: RecordedPicture) {
    let picture = recorded.picture
    let isNewStream = last.map { recorded.stream != $0.stream } ?? true
    if isAway, !isNewStream, !hasBelated, isNext(picture.time) {
      // Begun before the camera fell silent, and sent to its end afterwards: the gap comes after it.
      gaps[gaps.count - 1].from = picture.time
      hasBelated = true
    } else if isAway {
      gaps[gaps.count - 1].to = picture.time
      hasBelated = false
      // What a camera does not send while it is away is a gap, not a drop.
      drops.pause()
    } else if let last, !isNewStream, picture.sequence == last.sequence + 1 {
      // An interval in which nothing is missing.
      let interval = picture.time - last.time
      if rate == nil || isNext(picture.time) { intervals.add(interval) }
    }
    drops.add(sequence: picture.sequence, time: picture.time)
    last = (picture.time, picture.sequence, recorded.stream)
  }

  /// True when no picture is missing between the last one and one of `time`, as far as times tell.
  private func isNext(_ time: Double) -> Bool {
    guard let last, let rate else { return false }
    return (time - last.time) * rate < 1.5
  }

  /// A picture that came is written.
  mutating func addRecorded(_ recorded: RecordedPicture) {
    pictures += 1
    if recorded.picture.isDamaged { damaged += 1 }
  }

  /// The camera's picture lies `seconds` after the middle of a frame with others.
  mutating func addOffset(_ seconds: Double) { offsets.add(seconds) }

  /// It sends no more; `now` stands for the last picture where there was none. A silent camera may
  /// turn out to be unplugged.
  mutating func beginGap(_ cause: SessionDocument.Gap.Cause, now: Double) {
    if isAway {
      gaps[gaps.count - 1].cause = cause
    } else {
      gaps.append(.init(cause: cause, from: last?.time ?? now))
    }
  }

  var end: SessionDocument.CameraEnd {
    .init(
      pictures: pictures, damaged: damaged, dropsBySequence: drops.bySequence,
      dropsByTime: drops.byTime, offset: offsets.mean, offsetSigma: offsets.deviation,
      interval: intervals.mean, jitter: intervals.deviation, gaps: gaps)
  }
}

/// Mean and standard deviation of numbers that come one at a time (B. P. Welford, Technometrics 4,
/// 1962).
struct RunningMoments: Sendable {
  private var count = 0
  private var average = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let before = value - average
    average += before / Double(count)
    squares += before * (value - average)
  }

  /// Nil without values.
  var mean: Double? { count > 0 ? average : nil }
  /// Nil with fewer than two.
  var deviation: Double? { count > 1 ? (squares / Double(count - 1)).squareRoot() : nil }
}
