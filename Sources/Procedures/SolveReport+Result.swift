package import Boards
import Bundles
package import CameraCalibration

extension SolveReport {
  /// The report of a calibration; storage and times are filled in later.
  package init(
    _ result: CalibrationResult, board: BoardSpec, session: String?, software: String
  ) {
    self.software = software
    self.session = session
    self.board = board.word
    referenceCamera = result.reference.map { result.cameras[$0].name }
    cameras = Dictionary(
      uniqueKeysWithValues: result.cameras.map { ($0.name, Camera($0)) })
    rmsPixels = result.rmsPixels
    holdoutRMSPixels = result.holdoutRMSPixels
    boardWarpMetres = result.boardWarp.map { [$0.x, $0.y] }
    boardWarpSigmaMetres = result.boardWarpSigma
    cornerNoisePixels = result.cornerNoisePixels
    outliers = result.outliers.map { outlier in
      Outlier(
        camera: result.cameras[outlier.camera].name, image: outlier.image,
        column: outlier.column, row: outlier.row,
        residualPixels: outlier.residual.map { [$0.x, $0.y] }, reason: outlier.reason)
    }
    findings = result.findings
    checks = result.checks
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
    timing.certainty = result.times.certainty
    timing.diagnose = result.times.diagnose
    peakResidentBytes = 0
  }
}

extension SolveReport.Camera {
  init(_ camera: CalibratedCamera) {
    record = CameraRecord(
      lens: camera.lens, width: camera.width, height: camera.height,
      referenceFromCamera: camera.referenceFromCamera.map { PoseRecord($0) },
      views: camera.views, unanchoredViews: camera.unanchoredViews, corners: camera.corners,
      rmsPixels: camera.rmsPixels, holdoutRMSPixels: camera.holdoutRMSPixels,
      certainty: CertaintyRecord(camera.certainty, kind: camera.lens?.kind))
    lensCandidates = camera.lensCandidates.map { candidate in
      SolveReport.Candidate(
        model: candidate.kind, holdoutRMSPixels: candidate.holdoutRMSPixels,
        refusal: candidate.refusal)
    }
  }
}
