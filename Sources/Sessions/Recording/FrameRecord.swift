package import Devices
import Imaging

/// A line of `frames.jsonl`: one instant, with the pictures that belong to it. Schema
/// `cartcal.frame/1`; the line itself does not say so, `session.json` does.
package struct FrameRecord: Codable, Equatable, Sendable {
  /// Its name, which is that of its picture files without the extension.
  package var frame: String
  /// The mean time of its pictures, seconds (CLOCK_MONOTONIC).
  package var time: Double
  /// By camera; at least one.
  package var pictures: [String: PictureRecord]

  package init(frame: String, time: Double, pictures: [String: PictureRecord]) {
    self.frame = frame
    self.time = time
    self.pictures = pictures
  }

  enum CodingKeys: String, CodingKey {
    case frame, pictures
    case time = "time_s"
  }
}

/// One picture of a frame.
package struct PictureRecord: Codable, Equatable, Sendable {
  /// From the session's folder: `front_left/000012.jpg`.
  package var file: String
  /// How many bytes the camera sent.
  package var bytes: Int
  package var pixelFormat: String
  package var width: Int
  package var height: Int
  /// 0 for compressed formats.
  package var bytesPerRow: Int
  package var time: Double
  package var timeBasis: CapturedPicture.TimeBasis
  /// The driver's number in its stream.
  package var sequence: Int
  /// Counts the streams of this camera: a new one begins when it was plugged in again.
  package var stream: Int
  /// Seconds; nil where it is not known.
  package var exposure: Double?
  package var isDamaged: Bool

  package init(
    file: String, _ picture: CapturedPicture, _ form: CameraStream, stream: Int, exposure: Double?
  ) {
    self.file = file
    bytes = picture.bytes.count
    pixelFormat = "\(form.pixelFormat)"
    width = form.width
    height = form.height
    bytesPerRow = form.bytesPerRow
    time = picture.time
    timeBasis = picture.timeBasis
    sequence = picture.sequence
    self.stream = stream
    self.exposure = exposure
    isDamaged = picture.isDamaged
  }

  enum CodingKeys: String, CodingKey {
    case file, bytes, width, height, sequence, stream
    case pixelFormat = "pixel_format"
    case bytesPerRow = "bytes_per_row"
    case time = "time_s"
    case timeBasis = "time_basis"
    case exposure = "exposure_s"
    case isDamaged = "damaged"
  }
}

extension PictureRecord {
  /// What the file name of a picture in a pixel format ends with, without the dot: `jpg`, `yuyv`.
  package static func fileExtension(_ format: String) -> String {
    if isJPEG(format) { return "jpg" }
    let letters = format.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return letters.isEmpty ? "raw" : letters
  }

  static func isJPEG(_ format: String) -> Bool { format == "MJPG" || format == "JPEG" }

  /// How the bytes of its file are read.
  var content: SessionPicture.Content? {
    if Self.isJPEG(pixelFormat) { return .encoded }
    guard let format = RawPictureFormat(rawValue: pixelFormat),
      let layout = RawPictureLayout(format, width: width, height: height, bytesPerRow: bytesPerRow)
    else { return nil }
    return .raw(layout)
  }
}

/// A line of `events.jsonl`: what happened to a device while it was recorded. Schema
/// `cartcal.event/1`.
package struct EventRecord: Codable, Equatable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case unplugged
    /// It was plugged in again and sends.
    case replugged
    /// It stays plugged in and sends nothing.
    case silent
    /// It sends again.
    case resumed
    /// It came back and could not be used; it is tried again.
    case failed
  }

  /// Seconds (CLOCK_MONOTONIC).
  package var time: Double
  /// A camera by its role, or `scale`.
  package var device: String
  package var event: Kind
  /// What is wrong, in words; nil where the kind says it all.
  package var detail: String?

  package init(time: Double, device: String, event: Kind, detail: String? = nil) {
    self.time = time
    self.device = device
    self.event = event
    self.detail = detail
  }

  enum CodingKeys: String, CodingKey {
    case device, event, detail
    case time = "time_s"
  }
}
