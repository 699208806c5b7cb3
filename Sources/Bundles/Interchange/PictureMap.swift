public import Geometry
public import LensModels

/// For each pixel of a straightened picture, the pixel of the camera's own picture that belongs
/// there: what OpenCV's `remap` takes.
public struct PictureMap: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Row by row; both are `outside` where the camera's lens sees nothing.
  public let x: [Float]
  public let y: [Float]

  /// A place that `remap` takes for outside the picture, its interpolation included.
  public static let outside: Float = -1e4

  /// The picture that a pinhole camera `target` would take, turned by `cameraFromTarget` about the
  /// camera's own place.
  public init(
    _ lens: Lens, to target: PinholeView, turned cameraFromTarget: Rotation = .identity
  ) {
    width = target.width
    height = target.height
    var (x, y) = ([Float](), [Float]())
    x.reserveCapacity(width * height)
    y.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        let ray = Vector3(
          (Double(column) - target.cx) / target.fx, (Double(row) - target.cy) / target.fy, 1)
        let pixel = lens.project(cameraFromTarget * ray)
        x.append(pixel.map { Float($0.x) } ?? Self.outside)
        y.append(pixel.map { Float($0.y) } ?? Self.outside)
      }
    }
    self.x = x
    self.y = y
  }
}

/// A picture without distortion.
public struct PinholeView: Equatable, Sendable {
  public var width: Int
  public var height: Int
  /// Pixels.
  public var fx: Double
  public var fy: Double
  public var cx: Double
  public var cy: Double

  public init(width: Int, height: Int, fx: Double, fy: Double, cx: Double, cy: Double) {
    self.width = width
    self.height = height
    self.fx = fx
    self.fy = fy
    self.cx = cx
    self.cy = cy
  }

  /// With the camera's own size, focal lengths and centre.
  public init(_ lens: Lens) {
    let p = lens.parameters
    self.init(width: lens.width, height: lens.height, fx: p[0], fy: p[1], cx: p[2], cy: p[3])
  }
}

/// How the numbers of a map are written.
public enum MapFormat: String, CaseIterable, Sendable {
  /// NumPy's array file, version 1.0: float32, height x width.
  case npy
  /// float32, little-endian, row by row, nothing else.
  case raw

  var suffix: String { self == .npy ? "npy" : "f32" }

  func bytes(_ values: [Float], width: Int, height: Int) -> [UInt8] {
    var bytes = self == .npy ? Self.header(width: width, height: height) : []
    bytes.reserveCapacity(bytes.count + 4 * values.count)
    for value in values {
      let bits = value.bitPattern
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
    }
    return bytes
  }

  /// Source: NumPy, "NEP 1 - A simple file format for NumPy arrays"; the whole header is a multiple
  /// of 64 bytes.
  private static func header(width: Int, height: Int) -> [UInt8] {
    let words = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(height), \(width)), }"
    let open = 10 + words.utf8.count + 1
    let padding = (64 - open % 64) % 64
    let length = words.utf8.count + padding + 1
    return [0x93] + Array("NUMPY".utf8) + [1, 0]
      + [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
      + Array(words.utf8) + Array(repeating: 0x20, count: padding) + [0x0A]
  }
}
