import Execution
import Geometry
import LensModels

/// The normal equations of all views of a problem at one state.
///
/// Storage is allocated once and filled again in every iteration.
final class Linearization {
  let views: [AdjustedView]
  /// By view: where its equations start, in SIMD4.
  let offsets: [Int]
  let normals: UnsafeMutablePointer<SIMD4<Double>>
  private(set) var viewCosts: [Double]
  private(set) var cost = 0.0
  /// By view: camera_from_board at the state.
  private(set) var poses: [RigidTransform] = []
  private let threads: ThreadCount

  /// Below this many corners, handing work to other threads costs more than it saves.
  private static let cornersForThreads = 3000
  private static let viewsInChunk = 8

  init(_ problem: AdjustmentProblem, _ layout: StateLayout, threads: ThreadCount) {
    views = problem.views
    var offsets: [Int] = []
    var next = 0
    for view in views {
      offsets.append(next)
      let stride = layout.columns(camera: view.camera).stride
      next += stride * stride / 4
    }
    self.offsets = offsets
    normals = .allocate(capacity: max(1, next))
    normals.initialize(repeating: .zero, count: max(1, next))
    viewCosts = Array(repeating: 0, count: views.count)
    let corners = problem.views.reduce(0) { $0 + $1.corners.count }
    self.threads = corners >= Self.cornersForThreads ? threads : ThreadCount(1)
  }

  deinit { normals.deallocate() }

  /// Fills in everything at the state of `problem`; false when some corner has no projection there.
  func update(_ problem: AdjustmentProblem, loss: RobustLoss) -> Bool {
    poses = problem.views.map { problem.cameraFromBoard($0) }
    let chunks = (views.count + Self.viewsInChunk - 1) / Self.viewsInChunk
    nonisolated(unsafe) let normals = self.normals
    let offsets = self.offsets
    let poses = self.poses
    let count = views.count
    let costs = parallelMap(chunks, threads: threads) { chunk in
      let range = (chunk * Self.viewsInChunk)..<min(count, (chunk + 1) * Self.viewsInChunk)
      return withUnsafeTemporaryAllocation(
        of: SIMD4<Double>.self, capacity: linearizationScratchCount
      ) { scratch -> [Double?] in
        guard let first = scratch.baseAddress else { return range.map { _ in nil } }
        return range.map { index in
          linearize(
            problem, problem.views[index], poses[index], loss, normals + offsets[index], first)
        }
      }
    }
    cost = problem.cameras.reduce(problem.priorCost) { $0 + $1.pullCost }
    var index = 0
    for chunk in costs {
      for viewCost in chunk {
        guard let viewCost else { return false }
        viewCosts[index] = viewCost
        cost += viewCost
        index += 1
      }
    }
    return cost.isFinite
  }
}

/// The normal equations of one view; its cost, or nil when a corner has no projection.
func linearize(
  _ problem: AdjustmentProblem, _ view: AdjustedView, _ pose: RigidTransform, _ loss: RobustLoss,
  _ normal: UnsafeMutablePointer<SIMD4<Double>>, _ scratch: UnsafeMutablePointer<SIMD4<Double>>
) -> Double? {
  problem.corners.withUnsafeBufferPointer { corners in
    problem.cameras[view.camera].parameters.withUnsafeBufferPointer { parameters in
      guard let first = parameters.baseAddress else { return nil }
      let camera = problem.cameras[view.camera]
      return camera.kind.withModel(
        ViewLinearization(
          parameters: first, lensIsHeld: camera.lensIsHeld, cameraFromBoard: pose,
          warp: problem.warp, corners: UnsafeBufferPointer(rebasing: corners[view.corners]),
          loss: loss, normal: normal, scratch: scratch))
    }
  }
}
