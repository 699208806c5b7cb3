/// Something that sends pictures: a real camera, a recording, or a made-up one; who reads it cannot
/// tell. One thread at a time uses it.
///
/// Cameras behind other systems (multi-planar V4L2, libcamera) come in here: a type that conforms,
/// and a line where inventories make cameras.
package protocol Camera: AnyObject {
  /// What it was agreed to send; fixed once it is open.
  var stream: CameraStream { get }

  /// What it did otherwise than it was asked: controls it did not take, another rate.
  var deviations: [CameraDeviation] { get }

  /// The next picture, in the order of their sequence numbers.
  ///
  /// Throws `.silent` when none came within `seconds`, `.gone` when the camera was unplugged. After
  /// the first it may be asked again; a camera that came back needs a new `Camera`.
  func next(within seconds: Double) throws(DeviceError) -> CapturedPicture
}

extension Camera {
  package var deviations: [CameraDeviation] { [] }
}

/// What a camera sends.
package struct CameraStream: Equatable, Sendable {
  package let pixelFormat: PixelFormat
  /// Pixels.
  package let width: Int
  package let height: Int
  /// Bytes from one row to the next; 0 for compressed formats.
  package let bytesPerRow: Int
  /// Pictures a second as the camera promises; nil where it does not.
  package let rate: Double?

  package init(
    pixelFormat: PixelFormat, width: Int, height: Int, bytesPerRow: Int, rate: Double?
  ) {
    self.pixelFormat = pixelFormat
    self.width = width
    self.height = height
    self.bytesPerRow = bytesPerRow
    self.rate = rate
  }
}

/// A picture as the camera sent it.
package struct CapturedPicture: Equatable, Sendable {
  /// What a picture's time is the time of.
  package enum TimeBasis: String, CaseIterable, Codable, Sendable {
    /// The exposure began.
    case startOfExposure = "start_of_exposure"
    /// The whole picture had arrived.
    case endOfFrame = "end_of_frame"
    /// It was read: the driver gives no time on a clock that can be compared.
    case reading
  }

  /// Seconds on the clock that does not run backwards (CLOCK_MONOTONIC).
  package let time: Double
  package let timeBasis: TimeBasis
  /// Counted by the driver from the start of the stream, pictures it had to drop included.
  package let sequence: Int
  /// The driver says that it may be damaged, or it is shorter than its format.
  package let isDamaged: Bool
  package let bytes: [UInt8]

  package init(
    time: Double, timeBasis: TimeBasis, sequence: Int, isDamaged: Bool, bytes: [UInt8]
  ) {
    self.time = time
    self.timeBasis = timeBasis
    self.sequence = sequence
    self.isDamaged = isDamaged
    self.bytes = bytes
  }
}
