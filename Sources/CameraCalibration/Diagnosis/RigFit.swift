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

  /// By frame of `together` that several cameras see: how far apart they see the board's middle,
  /// metres.
  var boardDistances: [Int: Double] {
    var places: [Int: [Vector3]] = [:]
    for (index, view) in together.views.enumerated() {
      guard together.isUsed(view) else { continue }
      let referenceFromCamera = together.cameras[view.camera].cameraFromReference.inverse
      let pose = apart.cameraFromBoard(apart.views[index])
      places[view.frame, default: []].append(referenceFromCamera * (pose * apart.boardCentre))
    }
    return places.compactMapValues { places in
      guard places.count > 1 else { return nil }
      var largest = 0.0
      for (index, place) in places.enumerated() {
        for other in places[..<index] { largest = max(largest, (place - other).length) }
      }
      return largest
    }
  }
}

extension AdjustmentProblem {
  /// True when a view has corners that are not thrown out.
  func isUsed(_ view: AdjustedView) -> Bool {
    corners[view.corners].contains { $0.weight > 0 }
  }

  /// True when some frame of `together`, whose views are this problem's, has two views in use.
  fileprivate func isShared(as together: AdjustmentProblem) -> Bool {
    framesInUse.count > together.framesInUse.count
  }
}
