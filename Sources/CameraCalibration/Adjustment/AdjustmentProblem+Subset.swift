import Geometry

extension AdjustmentProblem {
  /// The problem with only some of its frames; their indices are those of the result's frames.
  func subset(frames chosen: [Int]) -> AdjustmentProblem {
    var result = self
    result.frames = chosen.map { frames[$0] }
    var newIndex = Array(repeating: -1, count: frames.count)
    for (index, frame) in chosen.enumerated() { newIndex[frame] = index }
    result.views = []
    result.corners = []
    for view in views where newIndex[view.frame] >= 0 {
      let first = result.corners.count
      result.corners += corners[view.corners]
      result.views.append(
        AdjustedView(
          camera: view.camera, frame: newIndex[view.frame],
          corners: first..<result.corners.count))
    }
    return result
  }

  /// The problem with everything held but the board poses.
  func withCamerasHeld() -> AdjustmentProblem {
    var result = self
    for index in result.cameras.indices {
      result.cameras[index].holdLens()
      result.cameras[index].poseIsFree = false
    }
    result.warpIsFree = false
    result.rigPrior = nil
    return result
  }

  /// The problem with the robust loss's work made permanent: corners whose weighted distance
  /// exceeds `limit` lose their weight. Returns how many did.
  @discardableResult
  mutating func throwOut(beyond limit: (_ view: Int) -> Double) -> Int {
    let residuals = self.residuals()
    var count = 0
    for (index, view) in views.enumerated() {
      let bound = limit(index)
      for corner in view.corners where corners[corner].weight > 0 {
        let error = residuals[corner].length * corners[corner].weight
        if !(error <= bound) {
          corners[corner].weight = 0
          count += 1
        }
      }
    }
    return count
  }
}
