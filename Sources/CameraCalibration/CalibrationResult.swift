package import Geometry
package import LensModels
package import Measurements

/// One lens model tried for a camera.
package struct LensCandidate: Equatable, Sendable {
  package var kind: LensKind
  /// Hold-out RMS of this camera alone with this model, pixels; nil when it could not be solved.
  package var holdoutRMSPixels: Double?
  /// Why the model may not be used, in words; nil when it may.
  package var refusal: String?

  package init(kind: LensKind, holdoutRMSPixels: Double?, refusal: String?) {
    self.kind = kind
    self.holdoutRMSPixels = holdoutRMSPixels
    self.refusal = refusal
  }
}

/// What was found out about one camera.
package struct CalibratedCamera: Equatable, Sendable {
  package var name: String
  /// Picture size, pixels.
  package var width: Int
  package var height: Int
  /// Nil when the lens could not be solved; a finding says why.
  package var lens: Lens?
  /// Nil when the camera's place relative to the reference camera is unknown.
  package var referenceFromCamera: RigidTransform?
  /// Anchored views used, those among them that were placed by the other cameras of their frame;
  /// unanchored views used; and corners used in both.
  package var views: Int
  package var unanchoredViews: Int
  package var corners: Int
  /// sqrt(sum(dx^2 + dy^2) / corners) over the corners used, pixels.
  package var rmsPixels: Double?
  /// The same over corners of frames that had no part in lens, pose and warp, pixels.
  package var holdoutRMSPixels: Double?
  /// Both of the median view, pixels: one view in a part of the picture of its own rules them less.
  package var typicalRMSPixels: Double?
  package var typicalHoldoutRMSPixels: Double?
  /// The models tried, when the lens was chosen automatically; otherwise empty.
  package var lensCandidates: [LensCandidate]
  /// How sure lens and place are; nil where there is no lens.
  package var certainty: CameraCertainty?

  package init(
    name: String, width: Int, height: Int, lens: Lens? = nil,
    referenceFromCamera: RigidTransform? = nil, views: Int = 0, unanchoredViews: Int = 0,
    corners: Int = 0, rmsPixels: Double? = nil, holdoutRMSPixels: Double? = nil,
    lensCandidates: [LensCandidate] = [], certainty: CameraCertainty? = nil
  ) {
    self.name = name
    self.width = width
    self.height = height
    self.lens = lens
    self.referenceFromCamera = referenceFromCamera
    self.views = views
    self.unanchoredViews = unanchoredViews
    self.corners = corners
    self.rmsPixels = rmsPixels
    self.holdoutRMSPixels = holdoutRMSPixels
    self.lensCandidates = lensCandidates
    self.certainty = certainty
  }
}

/// A corner that was thrown out.
package struct OutlierCorner: Equatable, Sendable {
  package enum Reason: String, CaseIterable, Codable, Sendable {
    /// Further than 4 sigma from where the solution puts it.
    case beyondFourSigma = "beyond_4_sigma"
    /// Its whole view does not fit the others.
    case viewDoesNotFit = "view_does_not_fit"
    /// Not a finite number, or far outside the picture.
    case notInPicture = "not_in_picture"
  }

  /// Index into the cameras.
  package var camera: Int
  package var image: String
  package var column: Int
  package var row: Int
  /// Observed minus predicted, pixels; nil where nothing could be predicted.
  package var residual: Vector2?
  package var reason: Reason

  package init(
    camera: Int, image: String, column: Int, row: Int, residual: Vector2?, reason: Reason
  ) {
    self.camera = camera
    self.image = image
    self.column = column
    self.row = row
    self.residual = residual
    self.reason = reason
  }
}

/// The bend of the board: z = x (1 - u^2) + y (1 - v^2), metres, u and v in [-1, 1] over the inner
/// corners along columns and rows.
package struct BoardWarp: Equatable, Sendable {
  package var x: Double
  package var y: Double

  package init(x: Double = 0, y: Double = 0) {
    self.x = x
    self.y = y
  }
}

/// CPU seconds of each stage, all threads together.
package struct CalibrationTimes: Equatable, Sendable {
  package var lensChoice = 0.0
  package var start = 0.0
  package var solve = 0.0
  package var validate = 0.0
  package var certainty = 0.0
  package var diagnose = 0.0

  package init() {}
}

/// One named stage of a calibration, with its numbers.
package struct StageRecord: Equatable, Sendable {
  package enum Termination: String, CaseIterable, Codable, Sendable {
    /// Neither cost nor parameters move any more.
    case converged
    /// The budget of iterations is spent.
    case iterationLimit = "iteration_limit"
    /// No step lowers the cost, though the last ones were not small.
    case stalled
    /// The data cannot determine the unknowns.
    case singular
  }

  /// For example `joint_adjustment`.
  package var name: String
  /// What it worked on, where that is one camera.
  package var subject: String?
  package var iterations: Int
  /// Weighted sum of squares before and after (where robust: of the robust loss).
  package var initialCost: Double
  package var finalCost: Double
  /// Corners used.
  package var corners: Int
  package var termination: Termination

  package init(
    name: String, subject: String? = nil, iterations: Int, initialCost: Double,
    finalCost: Double, corners: Int, termination: Termination
  ) {
    self.name = name
    self.subject = subject
    self.iterations = iterations
    self.initialCost = initialCost
    self.finalCost = finalCost
    self.corners = corners
    self.termination = termination
  }
}

/// The outcome of a calibration.
package struct CalibrationResult: Equatable, Sendable {
  /// In the order of the input.
  package var cameras: [CalibratedCamera]
  /// Nil when it was not solved for.
  package var boardWarp: BoardWarp?
  /// One standard deviation of the bend along x and along y, metres; nil where it was not solved
  /// for or is left open.
  package var boardWarpSigma: [Double]?
  /// Standard deviation per axis of a corner of median sigma, from the residuals, pixels (see
  /// `StateCovariance`); nil when there are too few corners to tell.
  package var cornerNoisePixels: Double?
  /// By frame of the input: reference_from_board, nil where no anchored view of a connected camera
  /// was used.
  package var referenceFromBoard: [RigidTransform?]
  /// Over all corners used, pixels; nil when nothing could be solved.
  package var rmsPixels: Double?
  /// Over the corners of all held-out frames, pixels.
  package var holdoutRMSPixels: Double?
  package var outliers: [OutlierCorner]
  package var findings: [Finding]
  /// The numbers that have limits.
  package var checks: [LimitCheck] = []
  /// Not determined where a finding makes the result, or a part of it, unusable; else the verdict
  /// of the checks together.
  package var verdict: Verdict
  package var times: CalibrationTimes
  /// The stages in the order in which they ended.
  package var log: [StageRecord]
  /// The views that took part in the adjustment.
  package var views: [FittedView] = []
  /// How sure lenses, poses and bend are together; nil where that cannot be told.
  package var information: RigInformation?
  /// Where the rig is in its cart; nil where that was not asked, or nothing tells.
  package var cartFrame: CartFrame?
  /// What became of the cameras that were held; nil for a calibration from nothing.
  package var repair: RepairOutcome?

  /// The camera whose pose all others are relative to; nil when no camera has a pose.
  package var reference: Int? {
    repair?.reference ?? cameras.firstIndex { $0.referenceFromCamera != nil }
  }

  package init(
    cameras: [CalibratedCamera], boardWarp: BoardWarp?, referenceFromBoard: [RigidTransform?],
    rmsPixels: Double?, holdoutRMSPixels: Double?, outliers: [OutlierCorner],
    findings: [Finding], verdict: Verdict, times: CalibrationTimes, log: [StageRecord],
    boardWarpSigma: [Double]? = nil, cornerNoisePixels: Double? = nil
  ) {
    self.cameras = cameras
    self.boardWarp = boardWarp
    self.boardWarpSigma = boardWarpSigma
    self.cornerNoisePixels = cornerNoisePixels
    self.referenceFromBoard = referenceFromBoard
    self.rmsPixels = rmsPixels
    self.holdoutRMSPixels = holdoutRMSPixels
    self.outliers = outliers
    self.findings = findings
    self.verdict = verdict
    self.times = times
    self.log = log
  }
}
