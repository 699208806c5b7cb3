package import Geometry

/// Where a solved rig is in its cart.
package struct CartFrame: Equatable, Sendable {
  /// What says where the cart is.
  package enum Source: String, CaseIterable, Codable, Sendable {
    /// Board poses known in the cart.
    case datum
    /// The best fit of the cameras to their nominal places.
    case nominal
  }

  /// What became of a datum pose.
  package struct Datum: Equatable, Sendable {
    /// The frame as the rig names it.
    package var frame: String
    /// False where the frame was not seen, or its pose contradicts the others.
    package var isUsed: Bool
    /// How far the board's middle lies from where the datum says, metres, and how far the board is
    /// turned from it, radians; nil where the frame was not seen.
    package var distance: Double?
    package var angle: Double?

    package init(frame: String, isUsed: Bool, distance: Double? = nil, angle: Double? = nil) {
      self.frame = frame
      self.isUsed = isUsed
      self.distance = distance
      self.angle = angle
    }
  }

  /// The board's true size over the stated one, as datum poses tell it.
  package struct BoardScale: Equatable, Sendable {
    package var ratio: Double
    /// One standard deviation.
    package var sigma: Double

    package init(ratio: Double, sigma: Double) {
      self.ratio = ratio
      self.sigma = sigma
    }
  }

  package var source: Source
  /// By camera of the input; nil where the camera is not tied to the cart.
  package var cartFromCamera: [RigidTransform?]
  /// By camera of the input: the covariance of `cartFromCamera`, 6 x 6, rows one after the other:
  /// of w (radians), then v (metres), in cart axes, where the true pose is R = exp(w) R' and
  /// t = t' + v, R' and t' being the pose found. Nil where there is no pose, or it is left open.
  package var covariance: [[Double]?]
  /// In the order of the rig; empty where it has none.
  package var datum: [Datum]
  /// Nil with fewer than two datum poses.
  package var boardScale: BoardScale?
  /// Nil where the basket's size is not known.
  package var basketError: BasketError?
  /// What is known of lenses, of the cameras' poses in the cart and of the bend together; nil where
  /// the cart rests on nominal places.
  package var information: RigInformation?

  package init(
    source: Source, cartFromCamera: [RigidTransform?], covariance: [[Double]?],
    datum: [Datum] = [], boardScale: BoardScale? = nil
  ) {
    self.source = source
    self.cartFromCamera = cartFromCamera
    self.covariance = covariance
    self.datum = datum
    self.boardScale = boardScale
  }
}
