import Geometry
import LensModels

extension AdjustmentProblem {
  /// Sets the pull on the coefficients of the denominator of rational models.
  ///
  /// Numerator and denominator of a rational radial profile can grow together without end, since
  /// (1 + k1 s)(1 + a s) / ((1 + k4 s)(1 + a s)) is the same for every a: left alone, the
  /// adjustment follows the noise to coefficients of 10 000 and a profile that folds back where no
  /// corner was seen. So each term of the denominator is taken to be 0 +- 2 at the largest radius
  /// seen: a term of the cost weighed as one more observation with the scatter of the corners, too
  /// weak to be felt in any direction that the corners determine.
  mutating func pullRationalCoefficients() {
    for index in cameras.indices where cameras[index].kind == .opencv8 {
      guard !cameras[index].lensIsHeld else { continue }
      let p = cameras[index].parameters
      var errors: [Double] = []
      var largest = 0.0
      for view in views where view.camera == index {
        let residuals = viewResiduals(
          corners[view.corners], cameras[index].kind, p, cameraFromBoard(view), warp: warp)
        for (residual, corner) in zip(residuals, corners[view.corners]) where corner.weight > 0 {
          errors.append(residual.length * corner.weight)
          let offset = Vector2((corner.x - p[2]) / p[0], (corner.y - p[3]) / p[1])
          largest = max(largest, offset.dot(offset))
        }
      }
      let sigma = median(of: errors.filter { $0.isFinite }) / 1.1774
      guard sigma.isFinite, largest > 0 else { continue }
      // Distorted radii stand for undistorted ones: the order of size is enough.
      let s = min(max(largest, 0.01), 4)
      var pull = Array(repeating: 0.0, count: p.count)
      for order in 1...3 {
        var effect = 0.5 * sigma
        for _ in 0..<order { effect *= s }
        pull[8 + order] = effect * effect
      }
      cameras[index].pull = pull
    }
  }
}
