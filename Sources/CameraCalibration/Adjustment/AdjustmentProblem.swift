import Geometry
import LensModels

/// A camera within an adjustment.
struct AdjustedCamera {
  var kind: LensKind
  /// fx, fy, cx, cy, then the coefficients.
  var parameters: [Double]
  /// Which parameters are solved for; as long as `parameters`, or empty when the lens is held.
  var parameterIsFree: [Bool]
  /// By parameter: this times the squared distance from `pullTarget` adds to the cost. Empty for no
  /// pull. See `pullRationalCoefficients`.
  var pull: [Double] = []
  var pullTarget: [Double] = []
  /// The standard deviations of what a rational model is pulled to are divided by this; 0 for no
  /// pull.
  var pullStrength = 1.0
  var cameraFromReference: RigidTransform
  var poseIsFree: Bool

  var lensIsHeld: Bool { parameterIsFree.isEmpty }

  /// Solves for all parameters of the lens.
  mutating func freeLens() {
    parameterIsFree = Array(repeating: true, count: parameters.count)
  }

  mutating func holdLens() {
    parameterIsFree = []
    pull = []
  }

  /// False when a focal length is not positive.
  var isPossible: Bool { parameters[0] > 0 && parameters[1] > 0 }

  /// What the pull adds to the cost.
  var pullCost: Double {
    var cost = 0.0
    for (index, pull) in pull.enumerated() {
      let distance = parameters[index] - pullTarget[index]
      cost += pull * distance * distance
    }
    return cost
  }
}

/// A board pose within an adjustment. Always free.
struct AdjustedFrame {
  var referenceFromBoard: RigidTransform
  var prior: PosePrior?
}

/// One camera's corners of one frame.
struct AdjustedView {
  var camera: Int
  var frame: Int
  var corners: Range<Int>
}

/// Everything an adjustment works on: unknowns with their present values, and observations.
struct AdjustmentProblem {
  var cameras: [AdjustedCamera]
  var frames: [AdjustedFrame]
  var views: [AdjustedView]
  var corners: [ObservedCorner]
  var warp = BoardWarp()
  var warpIsFree = false
  /// What is known of lenses, poses and bend besides corners.
  var rigPrior: RigPrior?
  /// The point about which board poses turn, in board coordinates: the middle of the board, so that
  /// turning and moving are nearly independent.
  var boardCentre: Vector3

  func cameraFromBoard(_ view: AdjustedView) -> RigidTransform {
    cameras[view.camera].cameraFromReference * frames[view.frame].referenceFromBoard
  }

  /// True when a view has corners that are not thrown out.
  func isUsed(_ view: AdjustedView) -> Bool {
    corners[view.corners].contains { $0.weight > 0 }
  }

  /// Corners that are not thrown out.
  var usedCornerCount: Int { corners.reduce(0) { $0 + ($1.weight > 0 ? 1 : 0) } }

  /// False when the parameters of a lens have become impossible.
  var isPossible: Bool { cameras.allSatisfy(\.isPossible) }

  /// Predicted minus observed of every corner, pixels.
  func residuals() -> [Vector2] {
    var result = Array(repeating: Vector2(.nan, .nan), count: corners.count)
    result.withUnsafeMutableBufferPointer { out in
      corners.withUnsafeBufferPointer { corners in
        for view in views {
          guard let residuals = out.baseAddress else { return }
          let camera = cameras[view.camera]
          camera.parameters.withUnsafeBufferPointer { parameters in
            guard let first = parameters.baseAddress else { return }
            camera.kind.withModel(
              ViewResiduals(
                parameters: first, cameraFromBoard: cameraFromBoard(view), warp: warp,
                corners: UnsafeBufferPointer(rebasing: corners[view.corners]),
                residuals: residuals + view.corners.lowerBound))
          }
        }
      }
    }
    return result
  }
}

/// Where each unknown of the cameras and the warp stands in the reduced system.
///
/// Camera by camera: the free lens parameters, then the six of its pose (turning, then moving, in
/// camera coordinates); at the end the two of the board's bend. Board poses have no place here:
/// they are eliminated.
struct StateLayout {
  /// By camera: the place of each view column (see `ViewColumns`, up to `warp` + 1), or -1.
  let places: [[Int]]
  let count: Int

  init(_ problem: AdjustmentProblem) {
    var next = 0
    var places: [[Int]] = []
    for camera in problem.cameras {
      var own: [Int] = []
      for isFree in camera.parameterIsFree {
        own.append(isFree ? next : -1)
        if isFree { next += 1 }
      }
      for _ in 0..<6 {
        own.append(camera.poseIsFree ? next : -1)
        if camera.poseIsFree { next += 1 }
      }
      places.append(own)
    }
    let warp = problem.warpIsFree ? [next, next + 1] : [-1, -1]
    self.places = places.map { $0 + warp }
    count = next + (problem.warpIsFree ? 2 : 0)
  }

  /// Lens columns, then motion, warp and residual, of a camera's views.
  func columns(camera: Int) -> ViewColumns { ViewColumns(lensCount: places[camera].count - 8) }
}

extension AdjustmentProblem {
  /// Moves all unknowns: the reduced ones by `step` in the order of `layout`, board poses by
  /// `frameSteps` (turn about the board's middle and move, in board coordinates).
  func moved(by step: [Double], _ frameSteps: [SIMD8<Double>], _ layout: StateLayout) -> Self {
    var result = self
    for index in cameras.indices {
      let places = layout.places[index]
      let lensCount = places.count - 8
      for column in 0..<lensCount where places[column] >= 0 {
        result.cameras[index].parameters[column] += step[places[column]]
      }
      if cameras[index].poseIsFree {
        let first = places[lensCount]
        let turn = Rotation(
          rotationVector: Vector3(step[first], step[first + 1], step[first + 2]))
        let move = Vector3(step[first + 3], step[first + 4], step[first + 5])
        let old = cameras[index].cameraFromReference
        result.cameras[index].cameraFromReference = RigidTransform(
          rotation: turn * old.rotation, translation: turn * old.translation + move)
      }
    }
    if warpIsFree {
      result.warp.x += step[layout.count - 2]
      result.warp.y += step[layout.count - 1]
    }
    for index in frames.indices {
      result.frames[index].referenceFromBoard = frames[index].referenceFromBoard
        .turned(about: boardCentre, by: frameSteps[index])
    }
    return result
  }
}

extension RigidTransform {
  /// This transform after a small motion of the board in its own coordinates: turned about `centre`
  /// by the rotation vector in elements 0-2, then moved by elements 3-5.
  func turned(about centre: Vector3, by step: SIMD8<Double>) -> RigidTransform {
    let turn = rotation * Rotation(rotationVector: Vector3(step[0], step[1], step[2]))
    let move = Vector3(step[3], step[4], step[5])
    return RigidTransform(
      rotation: turn, translation: translation + rotation * (centre + move) - turn * centre)
  }
}
