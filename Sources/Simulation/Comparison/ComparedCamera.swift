package import Bundles
package import Geometry
package import LensModels

/// A camera with all that a comparison looks at.
package struct ComparedCamera: Equatable, Sendable {
  package var lens: Lens
  /// Into one frame for all cameras.
  package var frameFromCamera: RigidTransform

  package init(lens: Lens, frameFromCamera: RigidTransform) {
    self.lens = lens
    self.frameFromCamera = frameFromCamera
  }
}

/// What is true of a session, as much as a comparison needs.
package struct ComparedTruth: Equatable, Sendable {
  package struct Camera: Equatable, Sendable {
    package var name: String
    /// In the cart.
    package var camera: ComparedCamera
    /// All corners that its pictures show.
    package var corners: [Vector2]

    package init(name: String, camera: ComparedCamera, corners: [Vector2]) {
      self.name = name
      self.camera = camera
      self.corners = corners
    }
  }

  package var cameras: [Camera]

  package init(cameras: [Camera]) { self.cameras = cameras }
}

/// What a solve found.
package struct ComparedResult: Equatable, Sendable {
  /// Cameras with lens and pose, by name.
  package var cameras: [String: ComparedCamera]
  /// True when the poses are in the cart.
  package var isInCart: Bool
  package var rms: Double?
  /// What it foretells of points of the basket.
  package var basket: BasketErrorRecord?

  package init(
    cameras: [String: ComparedCamera], isInCart: Bool, rms: Double?,
    basket: BasketErrorRecord? = nil
  ) {
    self.cameras = cameras
    self.isInCart = isInCart
    self.rms = rms
    self.basket = basket
  }
}
