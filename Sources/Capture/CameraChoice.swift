package import Devices
import Imaging

extension FoundCamera {
  /// What a camera is asked for when nobody says: of the formats that are read, a compressed one
  /// where it has one, since several cameras share the USB; of that the largest picture, of those
  /// the fastest. Nil where it says nothing that is read.
  package var usualRequest: CameraRequest? {
    var best: CameraRequest?
    for format in formats where Self.isRead(format.pixelFormat) {
      for size in format.sizes {
        let request = CameraRequest(
          pixelFormat: format.pixelFormat, width: size.width, height: size.height,
          rate: size.rates.first)
        if let known = best, !Self.precedes(request, known) { continue }
        best = request
      }
    }
    return best
  }

  /// Whether pictures of a format can be looked at.
  package static func isRead(_ format: PixelFormat) -> Bool {
    ["MJPG", "JPEG"].contains("\(format)") || RawPictureFormat(rawValue: "\(format)") != nil
  }

  private static func precedes(_ a: CameraRequest, _ b: CameraRequest) -> Bool {
    if a.pixelFormat.isCompressed != b.pixelFormat.isCompressed {
      return a.pixelFormat.isCompressed
    }
    return (a.width * a.height, a.rate ?? 0) > (b.width * b.height, b.rate ?? 0)
  }
}
