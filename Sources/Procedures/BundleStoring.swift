import CameraCalibration
import Documents
import Measurements

/// Puts what a solve found into the store. The store comes with the next commits; until then
/// nothing is stored, and the caller is told so.
enum BundleStoring {
  struct Stored {
    var revision: Int
    var path: String
    var isCurrent: Bool
  }

  static func store(
    _ result: CalibrationResult, _ gathered: GatheredCorners, findings: [Finding], cart: Name,
    request: SolveRequest
  ) throws(ProcedureError) -> Stored {
    throw .storage(.unwritable(path: "the store", reason: "this build has none yet"))
  }
}
