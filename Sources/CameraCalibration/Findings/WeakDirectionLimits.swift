/// How well lenses and places must be known before a camera is used without a word.
///
/// Meant for carts: what is looked at stands where the boards stood, and is wanted to a few
/// millimetres. A direction of the unknowns beyond a limit is a warning, beyond `unusable` times the
/// limit it makes the camera unusable.
struct WeakDirectionLimits {
  /// One standard deviation of the pixel at which a point is seen, root mean square over the use
  /// volume (see `UsePoints`), when the camera's place follows the lens; pixels.
  var pixels = 1.0
  /// One standard deviation of a focal length, part of it. Beyond, the distance of everything is
  /// known no better, and uncertainties computed to first order are no longer right.
  var focalLength = 0.02
  /// One standard deviation of a camera's place relative to the others, metres.
  var place = 0.01
  /// One standard deviation of a camera's turn relative to the others, radians (half a degree).
  var turn = 0.0087
  /// Beyond a limit by this factor a camera is unusable.
  var unusable = 5.0
}
