import Execution
import Geometry

/// The same corners fitted twice: with the cameras of a frame seeing one board in one place, and
/// with every view by itself.
struct RigFit {
  var together: AdjustmentProblem
  var apart: AdjustmentProblem
  /// Costs of both, where they are at rest.
  var togetherCost: Double
  var apartCost: Double

  /// Fits `base`, whose camera places count, to the corners, lenses and board of `apart`. Nil when
  /// no two cameras share a frame, or nothing can be fitted.
  init?(_ base: AdjustmentProblem, apart: AdjustmentProblem, cost: Double, threads: ThreadCount) {
    self.apart = apart
    apartCost = cost
    together = base
    together.corners = apart.corners
    together.warp = apart.warp
    together.warpIsFree = apart.warpIsFree
    together.rigPrior = nil
    for index in together.cameras.indices {
      var camera = apart.cameras[index]
      camera.cameraFromReference = base.cameras[index].cameraFromReference
      camera.poseIsFree = base.cameras[index].poseIsFree
      together.cameras[index] = camera
    }
    togetherCost = cost
    guard apart.isShared(as: together), let settled = together.settle(threads: threads) else {
      return nil
    }
    togetherCost = settled
  }

  private init(_ fit: RigFit, together: AdjustmentProblem, cost: Double) {
    self = fit
    self.together = together
    togetherCost = cost
  }

  /// The same with another way of fitting together.
  func with(_ together: AdjustmentProblem, threads: ThreadCount) -> RigFit? {
    var settled = together
    guard let cost = settled.settle(threads: threads) else { return nil }
    return RigFit(self, together: settled, cost: cost)
  }

  /// What letting go of the common board poses gains.
  var gain: CostGain {
    CostGain(
      before: max(togetherCost, apartCost), after: apartCost,
      unknowns: max(1, together.freedom - apart.freedom), freedom: apart.freedom)
  }

  /// How far corners lie, root mean square, from where a rig without fault would have them, beyond
  /// what noise lets expect; pixels.
  var error: Double { gain.error(apart.squaredWeights) }

  /// By frame of `together` that several cameras see: how far across the line of sight the board
  /// lies, root mean square over the corners, from where each camera by itself has it; metres.
  var boardDistances: [Int: Double] {
    let togetherCosts = together.costByView
    let apartCosts = apart.costByView
    var sums: [Int: (excess: Double, weights: Double, views: Int)] = [:]
    for (index, view) in together.views.enumerated() where together.isUsed(view) {
      let camera = apart.cameras[view.camera]
      let depth = (apart.cameraFromBoard(apart.views[index]) * apart.boardCentre).length
      let metresByPixel = depth / (0.5 * (camera.parameters[0] + camera.parameters[1]))
      let weights = together.corners[view.corners].reduce(0) { $0 + $1.weight * $1.weight }
      var sum = sums[view.frame] ?? (0, 0, 0)
      sum.excess += (togetherCosts[index] - apartCosts[index]) * metresByPixel * metresByPixel
      sum.weights += weights
      sum.views += 1
      sums[view.frame] = sum
    }
    return sums.compactMapValues { sum in
      sum.views > 1 ? (max(0, sum.excess) / sum.weights).squareRoot() : nil
    }
  }
}

extension AdjustmentProblem {
  /// True when some frame of `together`, whose views are this problem's, has two views in use.
  fileprivate func isShared(as together: AdjustmentProblem) -> Bool {
    framesInUse.count > together.framesInUse.count
  }
}
