public import Geometry

/// Two cameras side by side turned so that a point stands on the same row of both pictures.
///
/// Source: A. Fusiello, E. Trucco, A. Verri, "A compact algorithm for rectification of stereo
/// pairs", Machine Vision and Applications 12 (2000): both look along the mean of their axes,
/// perpendicular to the line between them.
public struct StereoRectification: Equatable, Sendable {
  /// The pinhole picture that both take.
  public let view: PinholeView
  /// From a camera's own axes to the rectified ones.
  public let rectifiedFromLeft: Rotation
  public let rectifiedFromRight: Rotation
  /// Metres between the cameras.
  public let baseline: Double

  /// Throws `.notSideBySide` for cameras that are not side by side, in this order, looking the same
  /// way.
  init(_ left: ExportedCamera, _ right: ExportedCamera) throws(ExportError) {
    guard let first = left.baseFromCamera, let second = right.baseFromCamera else {
      throw .noPlace(camera: left.baseFromCamera == nil ? left.name : right.name, .opencv)
    }
    func problem(_ text: String) -> ExportError {
      .notSideBySide(left: left.name, right: right.name, problem: text)
    }
    let line = second.translation - first.translation
    guard line.length > 1e-6 else { throw problem("they are in one place") }
    let x = line / line.length
    let axes = [first, second].map { $0.rotation * Vector3(0, 0, 1) }
    let mean = axes[0] + axes[1]
    let ahead = mean - x * mean.dot(x)
    guard ahead.length > 1e-3 else { throw problem("they look along the line between them") }
    let z = ahead / ahead.length
    let y = z.cross(x)
    for (camera, axis) in zip([first, second], axes) {
      guard axis.dot(z) > 0.5 else { throw problem("they look more than 60 degrees aside") }
      let across = (camera.rotation * Vector3(1, 0, 0)).dot(x)
      guard across > 0.5 else {
        throw problem(
          across < -0.5
            ? "they stand the other way round" : "their pictures do not stand side by side")
      }
    }
    let rectifiedFromBase = Rotation(matrix: Matrix3(columns: x, y, z)).inverse
    rectifiedFromLeft = rectifiedFromBase * first.rotation
    rectifiedFromRight = rectifiedFromBase * second.rotation
    baseline = line.length
    let (a, b) = (PinholeView(left.lens), PinholeView(right.lens))
    let focal = min(a.fy, b.fy)
    view = PinholeView(
      width: a.width, height: a.height, fx: focal, fy: focal, cx: Double(a.width - 1) / 2,
      cy: Double(a.height - 1) / 2)
  }
}
