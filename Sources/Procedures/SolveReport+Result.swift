import BoardDetection
package import Boards
package import CameraCalibration
package import Geometry
import LensModels

extension SolveReport {
  /// The report of a calibration; storage and times are filled in later.
  package init(
    _ result: CalibrationResult, board: BoardSpec, session: String?, software: String
  ) {
    self.software = software
    self.session = session
    self.board = board.word
    referenceCamera = result.cameras.first { $0.referenceFromCamera != nil }?.name
    cameras = Dictionary(
      uniqueKeysWithValues: result.cameras.map { ($0.name, Camera($0)) })
    rmsPixels = result.rmsPixels
    holdoutRMSPixels = result.holdoutRMSPixels
    boardWarpMetres = result.boardWarp.map { [$0.x, $0.y] }
    outliers = result.outliers.map { outlier in
      Outlier(
        camera: result.cameras[outlier.camera].name, image: outlier.image,
        column: outlier.column, row: outlier.row,
        residualPixels: outlier.residual.map { [$0.x, $0.y] }, reason: outlier.reason)
    }
    findings = result.findings
    verdict = result.verdict
    stages = result.log.map { stage in
      Stage(
        name: stage.name, subject: stage.subject, iterations: stage.iterations,
        initialCost: stage.initialCost, finalCost: stage.finalCost, corners: stage.corners,
        termination: stage.termination)
    }
    timing = SolveTiming()
    timing.lensChoice = result.times.lensChoice
    timing.start = result.times.start
    timing.solve = result.times.solve
    timing.validate = result.times.validate
    peakResidentBytes = 0
  }
}

extension SolveReport.Camera {
  init(_ camera: CalibratedCamera) {
    model = camera.lens?.kind
    width = camera.width
    height = camera.height
    parameters = camera.lens.map { SolveReport.Parameters($0) }
    referenceFromCamera = camera.referenceFromCamera.map { SolveReport.Pose($0) }
    views = camera.views
    unanchoredViews = camera.unanchoredViews
    corners = camera.corners
    rmsPixels = camera.rmsPixels
    holdoutRMSPixels = camera.holdoutRMSPixels
    lensCandidates = camera.lensCandidates.map { candidate in
      SolveReport.Candidate(
        model: candidate.kind, holdoutRMSPixels: candidate.holdoutRMSPixels,
        refusal: candidate.refusal)
    }
  }
}

extension SolveReport.Parameters {
  init(_ lens: Lens) {
    fx = lens.parameters[0]
    fy = lens.parameters[1]
    cx = lens.parameters[2]
    cy = lens.parameters[3]
    distortion = Array(lens.parameters.dropFirst(4))
  }
}

extension SolveReport.Pose {
  init(_ transform: RigidTransform) {
    let rotation = transform.rotation
    self.rotation = [rotation.w, rotation.x, rotation.y, rotation.z]
    let translation = transform.translation
    translationMetres = [translation.x, translation.y, translation.z]
  }
}

extension SolveReport.Pose {
  /// The transform, for screens.
  package var transform: RigidTransform {
    RigidTransform(
      rotation: Rotation(w: rotation[0], x: rotation[1], y: rotation[2], z: rotation[3]),
      translation: Vector3(translationMetres[0], translationMetres[1], translationMetres[2]))
  }
}
