import BoardDetection
import Boards
import Bundles
import CameraCalibration
import Documents
import Execution
package import Measurements

/// What came of a solve.
package struct SolveOutcome: Sendable {
  package var report: SolveReport
  /// In natural order, as tables show them.
  package var cameraNames: [String]
  /// Files written beside the bundle.
  package var writtenFiles: [String] = []
  /// True when the stored bundle is the one in force now.
  package var isCurrent = false
  /// True when the stored bundle is signed.
  package var isSigned = false

  package var exitStatus: ExitStatus { report.verdict.exitStatus }
}

/// Calibrates from pictures or corners, and stores what came of it.
///
/// Throws before anything is written when the input cannot be used. When a file or the store cannot
/// be written at the end, everything else is still written before the error is thrown.
package func solve(_ request: SolveRequest) throws(ProcedureError) -> SolveOutcome {
  let wallStart = ResourceUse.wallSeconds
  var gathered = try CornerGathering.gather(request)
  gathered.noteCopiedPictures()
  var input = gathered.calibrationInput()
  try request.repair?.complete(&input)
  gathered.findings += request.rig?.findings(input.cameras) ?? []
  let result = try calibrate(&gathered, input, request)
  var report = SolveReport(
    result, board: gathered.board, session: request.session,
    software: Software.nameAndVersion)
  report.add(gathered.findings)
  report.add(result.cartFrame, request.rig?.record, input.cameras.map(\.name))
  report.add(result.repair, request.repair, result)
  report.timing.decode = gathered.decodeSeconds
  report.timing.detect = gathered.detectSeconds
  report.cart = request.cart?.text
  var outcome = SolveOutcome(report: report, cameraNames: input.cameras.map(\.name))

  let writeStart = ResourceUse.processCPUSeconds
  var firstFailure: ProcedureError?
  // One place that cannot be written must not take the others with it.
  func keep(_ write: () throws(ProcedureError) -> Void) {
    do throws(ProcedureError) {
      try write()
    } catch {
      firstFailure = firstFailure ?? error
    }
  }
  if let file = request.savedCornersFile {
    keep { () throws(ProcedureError) in
      try OutputFiles.write(gathered.document, to: file)
      outcome.writtenFiles.append(file)
    }
  }
  if let cart = request.cart, result.cameras.contains(where: { $0.lens != nil }) {
    keep { () throws(ProcedureError) in
      let stored = try BundleStoring.store(
        outcome.report, gathered, BundleReporting.residuals(result, input),
        InformationDocument.document(result, input.cameras.map(\.name)), cart: cart,
        in: request.access)
      outcome.report.revision = stored.bundle.revision
      outcome.report.bundle = stored.folder
      outcome.report.findings = stored.bundle.findings
      outcome.isCurrent = stored.isCurrent
      outcome.isSigned = stored.signature != nil
    }
  }
  outcome.report.timing.write = ResourceUse.processCPUSeconds - writeStart
  outcome.report.timing.total = ResourceUse.processCPUSeconds
  outcome.report.timing.wall = ResourceUse.wallSeconds - wallStart
  outcome.report.peakResidentBytes = ResourceUse.peakResidentBytes
  if let file = request.jsonFile {
    keep { () throws(ProcedureError) in
      try OutputFiles.write(outcome.report, to: file)
      outcome.writtenFiles.append(file)
    }
  }
  if let firstFailure { throw firstFailure }
  return outcome
}

/// Solves, unless the pictures show that there is no sense in it.
private func calibrate(
  _ gathered: inout GatheredCorners, _ input: CalibrationInput, _ request: SolveRequest
) throws(ProcedureError) -> CalibrationResult {
  if let obstacle = gathered.obstacle() {
    // What else could be said of these pictures would only hide it.
    gathered.findings = [obstacle]
    return CalibrationResult(
      cameras: input.cameras.map {
        CalibratedCamera(name: $0.name, width: $0.width, height: $0.height)
      },
      boardWarp: nil, referenceFromBoard: input.frames.map { _ in nil }, rmsPixels: nil,
      holdoutRMSPixels: nil, outliers: [], findings: [], verdict: .notDetermined,
      times: CalibrationTimes(), log: [])
  }
  gathered.findings += gathered.namingFindings()
  let stored = try request.repair?.storedRig(input)
  do throws(CalibrationError) {
    return try CameraCalibration.calibrate(
      input,
      options: CalibrationOptions(
        lens: request.lens(cameras: input.cameras.map(\.name)),
        rejectsOutliers: request.rejectsOutliers,
        solvesBoardWarp: request.solvesBoardWarp, weighting: gathered.weighting,
        limits: request.rig?.rig.limits ?? CalibrationLimits(),
        cartFrame: request.rig?.rig.cartFrame, stored: stored, threads: request.threads,
        progress: request.progress)
    )
  } catch {
    throw .calibration(error)
  }
}

extension SolveReport {
  /// Puts findings about pictures to those of the solver, the heaviest first; what both name is
  /// said once.
  ///
  /// What makes a picture unusable comes before what follows from it; of lighter ones, what is wrong
  /// with the result comes before pictures that were left out. One that makes the session or a
  /// camera unusable leaves no verdict.
  mutating func add(_ others: [Finding]) {
    let said = Set(others.map { [$0.code, $0.subject ?? ""] })
    let own = findings.filter {
      !said.contains([$0.code, $0.subject ?? ""]) && !said.contains([$0.code, ""])
    }
    func pick(_ findings: [Finding], _ severity: Finding.Severity) -> [Finding] {
      findings.filter { $0.severity == severity }
    }
    findings = pick(others, .unusable) + pick(own, .unusable)
    for severity in [Finding.Severity.warning, .note] {
      findings += pick(own, severity) + pick(others, severity)
    }
    if others.contains(where: { $0.severity == .unusable }) {
      verdict = .notDetermined
    }
  }
}
