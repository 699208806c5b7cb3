package import Geometry
import Glibc
package import LensModels

/// A camera of a simulated rig.
package struct SimulatedCamera: Equatable, Sendable {
  /// A knock that moves a camera for good.
  package struct Bump: Equatable, Sendable {
    /// The first frame that is taken from the new place.
    package var frame: Int
    /// Where the camera is then, in the axes of the camera as it was: old_from_new.
    package var motion: RigidTransform

    package init(frame: Int, motion: RigidTransform) {
      self.frame = frame
      self.motion = motion
    }
  }

  package var name: String
  package var lens: Lens
  /// Into the frame in which boards are placed.
  package var worldFromCamera: RigidTransform
  /// Nothing is seen further off the axis than this, radians: the rim of a fisheye's round picture.
  package var largestAngle: Double
  /// How much later than the frame's instant this camera takes its picture, seconds.
  package var clockOffset: Double
  package var bump: Bump?

  package init(
    name: String, lens: Lens, worldFromCamera: RigidTransform, largestAngle: Double = .pi,
    clockOffset: Double = 0, bump: Bump? = nil
  ) {
    self.name = name
    self.lens = lens
    self.worldFromCamera = worldFromCamera
    self.largestAngle = largestAngle
    self.clockOffset = clockOffset
    self.bump = bump
  }

  /// Where the camera is when it takes its picture of a frame.
  package func worldFromCamera(frame: Int) -> RigidTransform {
    guard let bump, frame >= bump.frame else { return worldFromCamera }
    return worldFromCamera * bump.motion
  }

  /// The pixel of a point in camera coordinates; nil where the picture does not show it.
  package func pixel(_ point: Vector3) -> Vector2? {
    guard let pixel = lens.project(point), pixel.x >= 0, pixel.y >= 0,
      pixel.x <= Double(lens.width - 1), pixel.y <= Double(lens.height - 1),
      point.normalized.z >= cos(largestAngle)
    else { return nil }
    return pixel
  }
}
