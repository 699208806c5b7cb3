import Bundles
import CameraCalibration
import Geometry

extension SolveReport {
  /// Says what was held and what was replaced, and takes over from the bundle what cameras without
  /// new pictures had.
  mutating func add(
    _ repair: RepairOutcome?, _ source: RepairSource?, _ result: CalibrationResult
  ) {
    guard let repair, let source else { return }
    let names = result.cameras.map(\.name)
    let reference = names[repair.reference]
    let before = source.bundle.cameras
    let isInCart =
      cartFrame != nil && before.values.contains { $0.cartPose != nil }
    func pose(_ camera: CameraRecord?) -> RigidTransform? {
      isInCart
        ? camera?.cartPose?.cartFromCamera.transform : camera?.referenceFromCamera?.transform
    }
    // Stored poses beside the present reference camera's, which may be another than it was.
    let home =
      isInCart
      ? RigidTransform.identity : pose(before[reference])?.inverse ?? RigidTransform.identity
    var cameras: [String: RepairRecord.Camera] = [:]
    for (index, name) in names.enumerated() {
      let found = pose(before[name]).map { home * $0 }
      let left = pose(self.cameras[name]?.record)
      var record = RepairRecord.Camera(
        replaced: source.replaced.contains(name), moved: false,
        asFound: found.map { PoseRecord($0) }, asLeft: left.map { PoseRecord($0) }, turned: nil,
        shifted: nil, deviations: nil)
      if let held = repair.held.first(where: { $0.camera == index }) {
        record.moved = held.hasMoved
        record.turned = held.turn
        record.shifted = held.move
        record.deviations = held.deviations
      } else if let found, let left {
        let change = found.inverse * left
        record.turned = change.rotation.angle
        record.shifted = change.translation.length
      }
      cameras[name] = record
      takeOver(name, before[name], isHeld: repair.held.contains { $0.camera == index })
    }
    self.repair = RepairRecord(
      from: CartBundle.Parent(revision: source.bundle.revision, sha256: source.digest),
      frame: isInCart ? .cart : .reference, cameras: cameras)
  }

  /// A camera of which there is no new picture keeps what its own solve said of views and residuals.
  private mutating func takeOver(_ name: String, _ before: CameraRecord?, isHeld: Bool) {
    guard isHeld, let before, var record = cameras[name]?.record, record.corners == 0 else {
      return
    }
    record.views = before.views
    record.unanchoredViews = before.unanchoredViews
    record.corners = before.corners
    record.rmsPixels = before.rmsPixels
    record.holdoutRMSPixels = before.holdoutRMSPixels
    record.certainty.coverage = before.certainty.coverage
    record.certainty.projection = before.certainty.projection
    record.certainty.crossValidation = before.certainty.crossValidation
    cameras[name]?.record = record
  }
}
