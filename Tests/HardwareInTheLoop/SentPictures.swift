import Devices
import Files

/// What the fake cameras were given to send.
enum SentPictures {
  /// The pictures of the camera of that number in the order of ports.
  static func of(_ index: Int, _ inventory: DeviceInventory) throws -> Set<[UInt8]> {
    guard index < inventory.cameras.count,
      let request = CameraChecks.request(inventory.cameras[index])
    else { return [] }
    let base = "/run/hil/cam\(index)."
    switch "\(request.pixelFormat)" {
    case "MJPG":
      return [try Files.read(base + "mjpg", limit: 64 << 20)]
    case let format:
      let bytesPerPixel = format == "YUYV" ? 2 : 1
      let size = request.width * request.height * bytesPerPixel
      let all = try Files.read(base + (format == "YUYV" ? "yuyv" : "grey"), limit: 1 << 30)
      return Set(
        stride(from: 0, through: all.count - size, by: size).map { Array(all[$0..<($0 + size)]) })
    }
  }
}
