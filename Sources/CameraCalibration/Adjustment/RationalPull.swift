import Geometry
import LensModels

/// The denominator that rational models are pulled to: 1 + 10/9 s + 5/21 s^2, with the standard
/// deviations of its coefficients.
///
/// It is the denominator of the Pade approximant of atan(t)/t, s = t^2, so of an equidistant
/// lens: (1 + 7/9 s + 64/945 s^2) / (1 + 10/9 s + 5/21 s^2). With the numerator free, other lenses
/// are near it as well, a pinhole exactly.
package enum RationalDenominator {
  package static let target = [10.0 / 9, 5.0 / 21, 0]
  package static let sigma = [0.5, 0.25, 0.05]
  /// The places of k4, k5, k6 among the parameters.
  static let places = [9, 10, 11]
}

extension AdjustmentProblem {
  /// Sets the pull on the coefficients of the denominator of rational models.
  ///
  /// Numerator and denominator of a rational radial profile can grow together without end, since
  /// (1 + k1 s)(1 + a s) / ((1 + k4 s)(1 + a s)) is the same for every a: left alone, the
  /// adjustment follows the noise to coefficients of 10 000, and to profiles that fold back where
  /// no corner was seen. So the denominator is expected near the one of an equidistant lens: a term
  /// of the cost weighed as one more observation with the scatter of the corners, too weak to be
  /// felt in any direction that the corners determine.
  mutating func pullRationalCoefficients() {
    for index in cameras.indices where cameras[index].kind == .opencv8 {
      guard !cameras[index].lensIsHeld, cameras[index].pullStrength > 0 else { continue }
      let p = cameras[index].parameters
      var errors: [Double] = []
      for view in views where view.camera == index {
        let residuals = viewResiduals(
          corners[view.corners], cameras[index].kind, p, cameraFromBoard(view), warp: warp)
        for (residual, corner) in zip(residuals, corners[view.corners]) where corner.weight > 0 {
          guard residual.x.isFinite, residual.y.isFinite else { continue }
          errors.append(residual.length * corner.weight)
        }
      }
      // The median of a two-dimensional normal error is 1.18 times its sigma.
      let scatter = median(of: errors) / 1.1774
      guard scatter.isFinite else { continue }
      cameras[index].pull = Array(repeating: 0, count: p.count)
      cameras[index].pullTarget = cameras[index].pull
      for (order, place) in RationalDenominator.places.enumerated() {
        let weight =
          scatter * cameras[index].pullStrength / RationalDenominator.sigma[order]
        cameras[index].pull[place] = weight * weight
        cameras[index].pullTarget[place] = RationalDenominator.target[order]
      }
    }
  }
}
