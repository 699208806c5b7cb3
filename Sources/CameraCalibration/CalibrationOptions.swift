package import Execution
package import LensModels

/// Which lens model each camera gets.
package enum LensChoice: Equatable, Sendable {
  /// The model with the lowest hold-out error, for each camera by itself.
  case auto
  /// One model for all cameras.
  case fixed(LensKind)
  /// A model by camera name; cameras that are not named are chosen as by `auto`.
  case perCamera([String: LensKind])

  /// The kind asked for a camera, nil where it is to be chosen.
  package func kind(camera name: String) -> LensKind? {
    switch self {
    case .auto: nil
    case .fixed(let kind): kind
    case .perCamera(let kinds): kinds[name]
    }
  }
}

/// How corners are weighted against each other.
package enum CornerWeighting: Equatable, Sendable {
  /// By each corner's own standard deviation (with a floor, since model error does not shrink with
  /// it).
  case cornerSigma
  /// All corners alike.
  case equal
}

/// How a calibration is to be done.
package struct CalibrationOptions: Sendable {
  /// Called when a stage begins or moves on: the stage's name and the part of all work that is
  /// done, 0...1.
  package typealias Progress = @Sendable (_ stage: String, _ fraction: Double) -> Void

  package var lens: LensChoice
  /// Throw out corners beyond 4 sigma and solve again, until none is left.
  package var rejectsOutliers: Bool
  /// Solve the bend of the board (two parameters) with the cameras.
  package var solvesBoardWarp: Bool
  package var weighting: CornerWeighting
  /// What the result is held against.
  package var limits: CalibrationLimits
  /// What ties the cameras to the cart; nil for poses relative to each other only.
  package var cartFrame: CartFrameSpec?
  /// What is known of cameras that are to be held; nil for a calibration from nothing.
  package var stored: StoredRig?
  /// Results do not depend on it.
  package var threads: ThreadCount
  package var progress: Progress?

  package init(
    lens: LensChoice = .auto, rejectsOutliers: Bool = true, solvesBoardWarp: Bool = true,
    weighting: CornerWeighting = .cornerSigma,
    limits: CalibrationLimits = CalibrationLimits(), cartFrame: CartFrameSpec? = nil,
    stored: StoredRig? = nil,
    threads: ThreadCount = ThreadCount(),
    progress: Progress? = nil
  ) {
    self.lens = lens
    self.rejectsOutliers = rejectsOutliers
    self.solvesBoardWarp = solvesBoardWarp
    self.weighting = weighting
    self.limits = limits
    self.cartFrame = cartFrame
    self.stored = stored
    self.threads = threads
    self.progress = progress
  }
}
