/// A corner of four squares as it looks through a blurring lens, fitted to a window of pixels.
///
/// Model, at r = pixel - window centre:
///
///     I(r) = level + slope . r + half (1 + q . r) (s + tone (1 - s^2)),
///     s = E(k1 d1(r)) E(k2 d2(r)),   E = erf
///
/// d1, d2: signed distances from the two edge lines (positive at the positive turn from the line's
/// direction), each bent by a known curvature; k = 1 / (sqrt(2) blur), one blur a line, so that
/// motion blur and a lens's astigmatism fit too. Eleven unknowns: for each line its offset, angle and
/// k; half the contrast (negative where the colours are swapped); level; slope in x and y; tone, the
/// bend of a camera's tone curve (gamma), without which edges misfit by more than the noise and no
/// residual tells noise. q, the change of contrast across the window, is known from the neighbouring
/// corners (`ContrastSlopes`); in uneven light it is unknown too, and the level has a second degree.
/// Gauss-Newton with analytic derivatives. The window and the model share the corner's point
/// symmetry, so what the model lacks (ink spread, clipping) does not move the corner.
struct SaddleFit {
  /// The corner, pixels.
  var x: Double
  var y: Double
  /// Directions of the two lines at the corner, unit vectors.
  var first: SIMD2<Double>
  var second: SIMD2<Double>
  /// Curvature of the lines, 1/pixel: positive when the line bends towards its positive side.
  var firstCurvature: Double = 0
  var secondCurvature: Double = 0
  /// Relative change of the contrast along x and y, 1/pixel.
  var contrastSlope = SIMD2<Double>(0, 0)
  /// Gaussian blur across each line, pixels.
  var firstBlur: Double = 1
  var secondBlur: Double = 1
  /// Half of bright minus dark; positive when the sector between the lines is dark.
  var half: Double
  var level: Double
  /// Change of the level along x and y, grey levels a pixel.
  var slope = SIMD2<Double>(0, 0)
  /// How far the middle grey between black and white lies off, as a share of half: a tone curve.
  var tone: Double = 0
  /// Second degree of the level in x x, x y and y y, grey levels a square pixel; zero in even light.
  var bend = SIMD3<Double>(0, 0, 0)
  /// RMS of the residuals, grey levels; in units of the noise where the fit knew it.
  var residual: Double = 0
  /// The part of the window's pixels below the sensor's limit that the answer rests on; 1 without
  /// weights.
  var support: Double = 1
  /// Standard deviation of x and y each (root mean square of both), pixels.
  var sigma: Double = .infinity

  init(
    x: Double, y: Double, first: SIMD2<Double>, second: SIMD2<Double>, half: Double, level: Double
  ) {
    self.x = x
    self.y = y
    self.first = first
    self.second = second
    self.half = half
    self.level = level
  }
}
