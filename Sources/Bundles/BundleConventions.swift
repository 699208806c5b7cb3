/// What the numbers of a bundle mean, in words, so that it can be read without this software.
public struct BundleConventions: Codable, Equatable, Sendable {
  public var units: String
  public var frames: String
  public var cameraAxes: String
  public var boardFrame: String
  public var pixelCentre: String
  public var rotation: String
  public var distortion: String
  public var rms: String

  /// The conventions of `cartcal.bundle/1`; they never change within that version.
  public static let standard = BundleConventions(
    units: "SI; a key carries its unit: translation_m in metres, rms_px in pixels",
    frames: "a_from_b maps points in b to a: p_a = R p_b + t; chains read left to right",
    cameraAxes: "x right, y down, z forward",
    boardFrame: "origin at the first inner corner, x along columns, y along rows, z away from the "
      + "viewer; the square up-left of the origin is black",
    pixelCentre: "(0, 0) is the centre of the top-left pixel; fx, fy, cx, cy in pixels",
    rotation: "unit quaternion in the order w, x, y, z with w >= 0",
    distortion: "coefficients in OpenCV's order: k1, k2, p1, p2, k3, k4, k5, k6; for "
      + "kannala_brandt4 (OpenCV's fisheye) k1, k2, k3, k4",
    rms: "sqrt(sum(dx^2 + dy^2) / corners)")

  enum CodingKeys: String, CodingKey {
    case units, frames
    case cameraAxes = "camera_axes"
    case boardFrame = "board_frame"
    case pixelCentre = "pixel_centre"
    case rotation, distortion, rms
  }
}
