import Bundles
import Documents
import Execution
package import Measurements
import Reports
import Weighing

/// What came of a weighing.
package struct WeighOutcome: Sendable {
  package var report: WeighReport
  /// Files written beside the bundle.
  package var writtenFiles: [String] = []
  /// True when the stored bundle is the one in force now.
  package var isCurrent = false
  /// True when the stored bundle is signed.
  package var isSigned = false
  /// True when a calibration in force was held against loads, and nothing was changed.
  package var isCheck = false
  /// The page in the stored bundle.
  package var page: String?

  package var exitStatus: ExitStatus { report.verdict.exitStatus }
}

/// Calibrates a scale from a recorded session, and stores what came of it.
///
/// A weighing with prompts that stands in the store already is not stored again. Throws before
/// anything is written when the recording cannot be used. When the store cannot be written, the JSON
/// file still is before the error is thrown.
package func weigh(_ request: WeighRequest) throws(ProcedureError) -> WeighOutcome {
  let recorded: RecordedFolder
  do throws(RecordingError) {
    recorded = try RecordedFolder(request.folder)
  } catch {
    throw .recording(error)
  }
  try request.rig?.check(recorded.procedure, session: request.folder)
  var context = WeighContext(
    spec: request.rig?.rig.scale, registry: request.masses, use: request.use)
  context.findings = SessionMasses.findings(
    recorded.procedure, context.registry, on: context.spec?.legal, at: .now)
  var finished: StoredBundle?
  if let cart = request.cart {
    if request.isLive {
      finished = try ScaleStoring.revision(of: recorded, cart: cart, in: request.access)
    }
    context.before =
      if let finished {
        try ScaleStoring.asFound(finished, cart: cart, in: request.access)
      } else { try ScaleStoring.modelInForce(cart, in: request.access) }
  }
  var report: WeighReport
  do throws(RecordingError) {
    let calibration = try RecordedCalibration(
      recorded.samples, recorded.procedure, spec: context.spec, masses: context.registry)
    report = WeighReport(
      calibration, session: request.folder, software: Software.nameAndVersion,
      context: context)
  } catch {
    guard error.isWeakData else { throw .recording(error) }
    report = WeighReport(
      finding: .sessionTooWeak(error), session: request.folder,
      software: Software.nameAndVersion)
  }
  report.cart = request.cart?.text
  var stored: StoredBundle?
  var failure: ProcedureError?
  if let cart = request.cart, let record = report.scale {
    do throws(ProcedureError) {
      stored =
        if let finished, finished.holds(report, record) {
          try ScaleStoring.finish(finished, cart: cart, in: request.access)
        } else {
          try ScaleStoring.store(report, record, recorded, cart: cart, in: request.access)
        }
      report.revision = stored?.bundle.revision
      report.bundle = stored?.folder
    } catch {
      // The JSON must not go with it.
      failure = error
    }
  }
  report.cpuSeconds = ResourceUse.processCPUSeconds
  report.peakResidentBytes = ResourceUse.peakResidentBytes
  var outcome = WeighOutcome(
    report: report, isCurrent: stored?.isCurrent ?? false, isSigned: stored?.signature != nil)
  outcome.page = stored.map { "\($0.folder)/\(ScalePage.fileName)" }
  if let file = request.reportFile {
    let page = stored.flatMap { ScalePage($0.bundle) } ?? ScalePage(report, isCheck: false)
    try OutputFiles.write(page.bytes, to: file)
    outcome.writtenFiles.append(file)
  }
  if let file = request.jsonFile {
    try OutputFiles.write(outcome.report, to: file)
    outcome.writtenFiles.append(file)
  }
  if let failure { throw failure }
  return outcome
}

extension ScalePage {
  /// The page of a weighing that is stored nowhere.
  init(_ report: WeighReport, isCheck: Bool) {
    self.init(
      Subject(
        cart: report.cart, revision: nil, isCheck: isCheck, created: .now,
        software: report.software, findings: report.findings, verdict: report.verdict),
      report.scale)
  }
}
