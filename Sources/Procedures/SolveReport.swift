package import Bundles
package import CameraCalibration
package import LensModels
package import Measurements

/// What `cartcal solve --json` writes: schema `cartcal.solve/1`.
///
/// Times, memory, revision and bundle path aside, the same session gives the same bytes.
package struct SolveReport: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.solve/1"

  package var schema = Self.schemaName
  package var software: String
  package var session: String?
  package var board: String
  /// Name of the camera that all poses are relative to.
  package var referenceCamera: String?
  package var cameras: [String: Camera]
  /// sqrt(sum(dx^2 + dy^2) / corners) over all corners used, pixels.
  package var rmsPixels: Double?
  package var holdoutRMSPixels: Double?
  /// The rig file that the cameras were held to.
  package var rig: CartFrameRecord.RigFile?
  /// What places the cameras in the cart; nil where poses are relative to each other only.
  package var cartFrame: CartFrameRecord.Source?
  /// In the order of the rig.
  package var datum: [CartFrameRecord.Datum] = []
  /// Nil with fewer than two datum poses.
  package var boardScale: CartFrameRecord.BoardScale?
  /// Nil where the basket's size is not known.
  package var basketError: BasketErrorRecord?
  /// How the cameras came from an earlier revision's; nil where all were solved from nothing.
  package var repair: RepairRecord?
  /// The bend of the board, metres: [x, y] in z = x (1 - u^2) + y (1 - v^2).
  package var boardWarpMetres: [Double]?
  /// One standard deviation of the bend, metres; nil where it was not solved or is left open.
  package var boardWarpSigmaMetres: [Double]?
  /// Standard deviation per axis of a corner of median sigma, from the residuals, pixels.
  package var cornerNoisePixels: Double?
  package var outliers: [Outlier]
  package var findings: [Finding]
  /// The numbers that have limits.
  package var checks: [LimitCheck]
  package var verdict: Verdict
  package var stages: [Stage]
  package var cart: String?
  package var revision: Int?
  package var bundle: String?
  package var timing: SolveTiming
  package var peakResidentBytes: Int

  private enum CodingKeys: String, CodingKey {
    case schema, software, session, board, cameras, outliers, findings, checks, verdict, stages
    case cart, revision, bundle, rig, datum, repair
    case cartFrame = "cart_frame"
    case boardScale = "board_scale"
    case basketError = "basket_error"
    case referenceCamera = "reference_camera"
    case rmsPixels = "rms_px"
    case holdoutRMSPixels = "holdout_rms_px"
    case boardWarpMetres = "board_warp_m"
    case boardWarpSigmaMetres = "board_warp_sigma_m"
    case cornerNoisePixels = "corner_noise_px"
    case timing = "timing_s"
    case peakResidentBytes = "peak_rss_bytes"
  }
}

extension SolveReport {
  /// What was found out about one camera: as in a bundle, and what `--lens auto` tried.
  package struct Camera: Equatable, Sendable {
    package var record: CameraRecord
    package var lensCandidates: [Candidate]

    private enum CodingKeys: String, CodingKey {
      case lensCandidates = "lens_candidates"
    }
  }

  /// A lens model tried by `--lens auto`.
  package struct Candidate: Codable, Equatable, Sendable {
    package var model: LensKind
    package var holdoutRMSPixels: Double?
    package var refusal: String?

    private enum CodingKeys: String, CodingKey {
      case model, refusal
      case holdoutRMSPixels = "holdout_rms_px"
    }
  }

  /// A corner that was thrown out.
  package struct Outlier: Codable, Equatable, Sendable {
    package var camera: String
    package var image: String
    package var column: Int
    package var row: Int
    /// Observed minus predicted, pixels.
    package var residualPixels: [Double]?
    package var reason: OutlierCorner.Reason

    private enum CodingKeys: String, CodingKey {
      case camera, image, column, row, reason
      case residualPixels = "residual_px"
    }
  }

  /// One stage of the solve, with its numbers.
  package struct Stage: Codable, Equatable, Sendable {
    package var name: String
    package var subject: String?
    package var iterations: Int
    package var initialCost: Double
    package var finalCost: Double
    package var corners: Int
    package var termination: StageRecord.Termination

    private enum CodingKeys: String, CodingKey {
      case name, subject, iterations, corners, termination
      case initialCost = "initial_cost"
      case finalCost = "final_cost"
    }
  }
}

extension SolveReport.Camera: Codable {
  package init(from decoder: any Decoder) throws {
    record = try CameraRecord(from: decoder)
    lensCandidates = try decoder.container(keyedBy: CodingKeys.self)
      .decode([SolveReport.Candidate].self, forKey: .lensCandidates)
  }

  package func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(lensCandidates, forKey: .lensCandidates)
  }
}

/// CPU seconds by stage, all threads together, and the wall time of the whole.
package struct SolveTiming: Codable, Equatable, Sendable {
  package var decode = 0.0
  package var detect = 0.0
  package var lensChoice = 0.0
  package var start = 0.0
  package var solve = 0.0
  package var validate = 0.0
  package var certainty = 0.0
  package var diagnose = 0.0
  package var write = 0.0
  /// All CPU time of the process, start-up included.
  package var total = 0.0
  package var wall = 0.0

  private enum CodingKeys: String, CodingKey {
    case decode, detect, start, solve, validate, certainty, diagnose, write, total
    case lensChoice = "lens_choice"
    case wall = "wall_s"
  }
}
