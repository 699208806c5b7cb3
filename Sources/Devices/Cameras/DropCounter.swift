/// Counts the pictures of a stream that never came: those the driver counted and did not deliver, and
/// those that are missing by time. A USB camera may drop pictures that its driver never counts (V4L2
/// specification, `struct v4l2_buffer`), so both are kept.
package struct DropCounter: Equatable, Sendable {
  /// Seconds from picture to picture; nil where the camera promises no rate.
  private let period: Double?
  private var last: (sequence: Int, time: Double)?

  package private(set) var pictures = 0
  /// Missing in the sequence numbers.
  package private(set) var bySequence = 0
  /// Missing in time: gaps, each rounded to whole periods.
  package private(set) var byTime = 0

  /// `rate` is pictures a second.
  package init(rate: Double?) { period = rate.flatMap { $0 > 0 ? 1 / $0 : nil } }

  /// Takes the next picture. A sequence that begins again is a new stream, and no drop.
  package mutating func add(sequence: Int, time: Double) {
    pictures += 1
    defer { last = (sequence, time) }
    guard let last, sequence > last.sequence else { return }
    bySequence += sequence - last.sequence - 1
    if let period, time > last.time {
      byTime += max(0, Int(min(((time - last.time) / period).rounded(), 1e9)) - 1)
    }
  }

  /// What comes next is not held against what came last: the stream was interrupted.
  package mutating func pause() { last = nil }

  package static func == (a: DropCounter, b: DropCounter) -> Bool {
    a.period == b.period && a.pictures == b.pictures && a.bySequence == b.bySequence
      && a.byTime == b.byTime && a.last?.sequence == b.last?.sequence
      && a.last?.time == b.last?.time
  }
}
