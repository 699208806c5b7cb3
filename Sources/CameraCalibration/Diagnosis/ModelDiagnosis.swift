import Execution
import Geometry
import LensModels

/// What speaks against the model that a rig was solved with.
///
/// A small RMS says little: lenses and poses bend to fit a bent board, a board printed too long, a
/// camera that was knocked. Each of these faults is tried as a hypothesis of its own, by fitting the
/// same corners with it and without it. First those that show in each camera by itself, with a board
/// pose for every view: the board's bend and stretch, the lens models. Then, with what was found
/// taken into account, those that show between cameras: one that moved, pictures of a frame that
/// were not taken at one instant.
struct ModelDiagnosis {
  /// The bend that the board has, though it was taken as flat, and by how much corners move with
  /// it, root mean square, pixels.
  var bend: (warp: BoardWarp, error: Double)?
  /// How much longer the board is along columns than along rows; nil where the pictures cannot
  /// tell.
  var stretch: BoardStretch?
  /// By camera of the input.
  var lensErrors: [Int: LensErrorTest] = [:]
  var rig: RigDiagnosis?
}

/// What speaks against a rig in which all cameras see one board at one instant.
struct RigDiagnosis {
  /// What is left between cameras once those that moved are taken as two.
  var gain: CostGain
  /// See `RigFit.error`; pixels.
  var error: Double
  /// True when what is left is more than noise, and than is usual.
  var isOutOfSync: Bool
  /// RMS of the fit in which cameras need not agree, pixels: what the corners are good for.
  var apartRMS: Double
  var moved: [Motion]
  /// The camera (of the input) that alone does not fit the others.
  var culprit: Int?
  /// Frames of the input in which cameras see the board in different places, and how far it lies from
  /// where each camera has it (`RigFit.boardDistances`), metres; the worst first.
  var frames: [(frame: Int, distance: Double)]

  struct Motion {
    /// Of the input; two where it cannot be told which of both it was.
    var cameras: [Int]
    /// Of the input: the first one with the camera in its new place.
    var firstFrame: Int
    /// Radians and metres.
    var turn: Double
    var move: Double
  }
}

/// When a gain counts. Chance reaches six standard deviations once in a thousand million times, so
/// these are not about noise: real lenses, boards and corners always differ a little from their
/// models, and what is too small to matter is not worth a finding.
enum DiagnosisThreshold {
  static let deviations = 6.0
  /// Standard deviations of the board's stretch.
  static let consistency = 3.0
  /// Pixels.
  static let bendError = 0.01
  static let lensError = 0.03
  /// Of what is left by a model that was chosen among all, or is the richest.
  static let residualField = 0.1
  static let rigError = 0.2
  /// Metres, in the worst frame: hands that hold a board still move it by less between two pictures.
  static let distance = 0.2e-3
  /// Of the RMS of the corners.
  static let rigErrorOfNoise = 0.5
  /// The part of the cost that goes with the fault.
  static let lensShare = 0.05
  /// As a part.
  static let stretch = 1e-3
  /// The part of what cameras disagree by that one that moved must explain; and with which it is
  /// the cause, whatever is left.
  static let explained = 0.7
  static let explainedAlone = 0.97
  /// Of a camera that moved: radians and metres.
  static let turn = 1e-3
  static let move = 0.5e-3
}

extension ModelDiagnosis {
  /// Looks at the cameras of a joint problem, at robust poses before any camera was left out.
  /// `sizes` are their pictures' sizes, pixels; `chosen` the cameras (of the problem) whose lens
  /// model was chosen among all.
  ///
  /// Nil when nothing can be fitted.
  init?(
    _ joint: JointProblem, sizes: [(width: Int, height: Int)], chosen: Set<Int>,
    threads: ThreadCount
  ) {
    let anchored = joint.frames.indices.filter { joint.frames[$0] != nil }
    let base = joint.problem.subset(frames: anchored)
    var search = CameraFaultSearch(
      base.apart(), sizes: sizes, chosen: chosen, threads: threads)
    guard search.run() else { return nil }
    bend = search.bend
    stretch = search.stretch
    for (camera, error) in search.lensErrors { lensErrors[joint.cameras[camera]] = error }
    if let fit = RigFit(base, apart: search.problem, cost: search.cost, threads: threads) {
      rig = RigDiagnosis(fit, joint, frames: anchored.map { joint.frames[$0] }, threads: threads)
    }
  }
}
