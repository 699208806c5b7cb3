import Geometry
import LensModels
import Measurements

extension CalibrationRun {
  /// The result at the end of the adjustment, without its findings and its verdict.
  func assemble(
    _ joint: JointProblem, _ solved: SolvedCameras, _ holdOutErrors: HoldOutErrors?,
    _ certainty: JointCertainty
  ) -> CalibrationResult {
    var cameras = input.cameras.map {
      CalibratedCamera(name: $0.name, width: $0.width, height: $0.height)
    }
    var referenceFromBoard: [RigidTransform?] = input.frames.map { _ in nil }
    let problem = joint.problem
    let residuals = problem.residuals()
    var outliers = prepared.outliers
    var squares = Array(repeating: 0.0, count: cameras.count)
    for (index, view) in problem.views.enumerated() {
      let source = joint.cameras[view.camera]
      let prepared = joint.views[index]
      let input = self.input.views[prepared.source]
      let used = view.corners.filter { problem.corners[$0].weight > 0 }
      for (place, corner) in view.corners.enumerated() {
        let residual = residuals[corner]
        guard problem.corners[corner].weight == 0 else {
          squares[source] += residual.dot(residual)
          continue
        }
        let original = input.corners[prepared.sources[place]]
        outliers.append(
          OutlierCorner(
            camera: source, image: input.image, column: original.column, row: original.row,
            residual: residual.x.isFinite && residual.y.isFinite ? -residual : nil,
            reason: used.isEmpty ? .viewDoesNotFit : .beyondFourSigma))
      }
      guard !used.isEmpty else { continue }
      cameras[source].corners += used.count
      if prepared.isAnchored {
        cameras[source].views += 1
        if joint.componentOfCamera[view.camera] == 0, !posesAreAmbiguous,
          let frame = joint.frames[view.frame]
        {
          referenceFromBoard[frame] = problem.frames[view.frame].referenceFromBoard
        }
      } else {
        cameras[source].unanchoredViews += 1
      }
    }
    let own = HoldOutErrors(views: viewErrors(problem))
    for (place, source) in joint.cameras.enumerated() {
      let adjusted = problem.cameras[place]
      do {
        cameras[source].lens = try Lens(
          kind: adjusted.kind, width: cameras[source].width, height: cameras[source].height,
          parameters: adjusted.parameters)
      } catch {
        continue
      }
      if joint.componentOfCamera[place] == 0, !posesAreAmbiguous {
        cameras[source].referenceFromCamera = adjusted.cameraFromReference.inverse
      }
      if cameras[source].corners > 0 {
        cameras[source].rmsPixels =
          (squares[source] / Double(cameras[source].corners)).squareRoot()
      }
      func isOwn(_ view: Int) -> Bool { problem.views[view].camera == place }
      cameras[source].holdoutRMSPixels = holdOutErrors?.rms(isOwn)
      cameras[source].typicalHoldoutRMSPixels = holdOutErrors?.typicalRMS(isOwn)
      cameras[source].typicalRMSPixels = own.typicalRMS(isOwn)
      cameras[source].certainty = cameras[source].lens.map { lens in
        self.certainty(
          camera: place, lens, hasPose: cameras[source].referenceFromCamera != nil, joint,
          certainty)
      }
      if let place = solved.cameras.firstIndex(of: source) {
        cameras[source].lensCandidates = solved.solutions[place].candidates
      }
    }
    let corners = cameras.reduce(0) { $0 + $1.corners }
    return CalibrationResult(
      cameras: cameras, boardWarp: problem.warpIsFree ? problem.warp : nil,
      referenceFromBoard: referenceFromBoard,
      rmsPixels: corners > 0 ? (squares.reduce(0, +) / Double(corners)).squareRoot() : nil,
      holdoutRMSPixels: holdOutErrors?.rms(), outliers: outliers, findings: [],
      verdict: .notDetermined, times: times, log: log,
      boardWarpSigma: certainty.covariance?.warpDeviation,
      cornerNoisePixels: certainty.covariance?.unitDeviation)
  }
}
