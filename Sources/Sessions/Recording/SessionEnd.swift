package import Documents

extension SessionDocument {
  /// How a recording ended, and what came of it.
  package struct End: Codable, Equatable, Sendable {
    package enum Reason: String, CaseIterable, Codable, Sendable {
      /// All that was asked for was recorded.
      case done
      /// It was interrupted by a person or the system.
      case interrupted
      /// No space was left.
      case storageFull = "storage_full"
      /// Something could not be written.
      case storageFailed = "storage_failed"
      /// No camera sent anything any more.
      case devicesLost = "devices_lost"
    }

    package var time: UTCTime
    package var reason: Reason
    /// How many instants were recorded.
    package var frames: Int
    /// How many of them have a picture of every camera.
    package var wholeFrames: Int
    package var cameras: [String: CameraEnd]
    package var scaleSamples: Int

    package init(
      time: UTCTime, reason: Reason, frames: Int, wholeFrames: Int,
      cameras: [String: CameraEnd], scaleSamples: Int
    ) {
      self.time = time
      self.reason = reason
      self.frames = frames
      self.wholeFrames = wholeFrames
      self.cameras = cameras
      self.scaleSamples = scaleSamples
    }

    /// Whether less was recorded than was asked for.
    package var isPartial: Bool { reason != .done }

    enum CodingKeys: String, CodingKey {
      case time, reason, frames, cameras
      case wholeFrames = "whole_frames"
      case scaleSamples = "scale_samples"
    }
  }

  /// What came of one camera.
  package struct CameraEnd: Codable, Equatable, Sendable {
    package var pictures: Int
    package var damaged: Int
    /// Missing in the driver's numbers, and in time.
    package var dropsBySequence: Int
    package var dropsByTime: Int
    /// How far its pictures lie after the middle of their frames, seconds: mean and standard
    /// deviation. Nil where it was never together with another.
    package var offset: Double?
    package var offsetSigma: Double?
    /// Seconds from picture to picture where none is missing: mean and standard deviation.
    package var interval: Double?
    package var jitter: Double?
    package var gaps: [Gap]

    package init(
      pictures: Int = 0, damaged: Int = 0, dropsBySequence: Int = 0, dropsByTime: Int = 0,
      offset: Double? = nil, offsetSigma: Double? = nil, interval: Double? = nil,
      jitter: Double? = nil, gaps: [Gap] = []
    ) {
      self.pictures = pictures
      self.damaged = damaged
      self.dropsBySequence = dropsBySequence
      self.dropsByTime = dropsByTime
      self.offset = offset
      self.offsetSigma = offsetSigma
      self.interval = interval
      self.jitter = jitter
      self.gaps = gaps
    }

    enum CodingKeys: String, CodingKey {
      case pictures, damaged, gaps
      case dropsBySequence = "drops_by_sequence"
      case dropsByTime = "drops_by_time"
      case offset = "offset_s"
      case offsetSigma = "offset_sigma_s"
      case interval = "interval_s"
      case jitter = "jitter_s"
    }
  }

  /// A while in which a camera sent nothing.
  package struct Gap: Codable, Equatable, Sendable {
    package enum Cause: String, CaseIterable, Codable, Sendable {
      case unplugged
      /// It stayed plugged in and sent nothing.
      case silent
    }

    package var cause: Cause
    /// Seconds on the clock of `time_s`; `to` is nil where it never sent again.
    package var from: Double
    package var to: Double?

    package init(cause: Cause, from: Double, to: Double? = nil) {
      self.cause = cause
      self.from = from
      self.to = to
    }

    enum CodingKeys: String, CodingKey {
      case cause
      case from = "from_s"
      case to = "to_s"
    }
  }
}
