package import Sessions

/// How a recording goes, for people.
package struct CaptureStatus: Equatable, Sendable {
  package struct Camera: Equatable, Sendable {
    package enum State: Equatable, Sendable {
      case running
      case silent
      case unplugged
    }

    package let role: String
    package let state: State
    package let pictures: Int
    /// Pictures that never came.
    package let dropped: Int
    /// Pictures a second; nil at the beginning.
    package let rate: Double?
    /// Seconds after the middle of its frames, on the average.
    package let offset: Double?
    /// How often it went away or fell silent.
    package let gaps: Int
    /// What its newest pictures show; nil where nobody looks.
    package internal(set) var board: BoardSight?
  }

  package internal(set) var cameras: [Camera]
  /// Instants recorded, and those with a picture of every camera.
  package let frames: Int
  package let wholeFrames: Int
  /// Of pictures, written so far.
  package let bytes: Int
  /// Seconds since the recording began.
  package let seconds: Double
  package let samples: Int
  /// What happened since the last status.
  package let events: [EventRecord]
}

/// What came of a recording.
package struct CaptureOutcome: Equatable, Sendable {
  package let session: String
  /// As the session was begun.
  package let document: SessionDocument
  package let reason: SessionDocument.End.Reason
  /// By role.
  package let cameras: [String: SessionDocument.CameraEnd]
  package let status: CaptureStatus
}
