import Bundles
import Execution
import Measurements
import Reports
import ScaleModels
import Weighing

/// Holds the calibration in force against a session that was just recorded. Nothing is stored.
func verify(_ request: LiveWeighRequest) throws(ProcedureError) -> WeighOutcome {
  guard let before = request.before else { throw .nothingToVerify(cart: request.cart) }
  var report: WeighReport
  do throws(RecordingError) {
    let recorded = try RecordedFolder(request.folder)
    let verification = try ScaleVerification(
      recorded.samples, recorded.procedure, model: before.model, spec: request.spec,
      masses: request.registry)
    report = WeighReport(verification, before: before, request)
  } catch {
    guard error.isWeakData else { throw .recording(error) }
    report = WeighReport(
      finding: .sessionTooWeak(error), session: request.folder,
      software: Software.nameAndVersion)
  }
  report.cart = request.cart
  report.cpuSeconds = ResourceUse.processCPUSeconds
  report.peakResidentBytes = ResourceUse.peakResidentBytes
  var outcome = WeighOutcome(report: report)
  outcome.isCheck = true
  // The folder of the weighing is the program's own.
  let page = request.reportFile ?? "\(request.folder)/\(ScalePage.fileName)"
  try OutputFiles.write(ScalePage(outcome.report, isCheck: true).bytes, to: page)
  outcome.writtenFiles.append(page)
  if let file = request.jsonFile {
    try OutputFiles.write(outcome.report, to: file)
    outcome.writtenFiles.append(file)
  }
  return outcome
}

extension WeighReport {
  /// What a verification says: in service, by the tests that it contains.
  init(
    _ verification: ScaleVerification, before: (model: ScaleModel, revision: Int),
    _ request: LiveWeighRequest
  ) {
    let evaluations = verification.results.tests.flatMap { $0.evaluations(request.spec) }
    self.init(
      software: Software.nameAndVersion, session: request.folder,
      findings: verification.findings, verdict: evaluations.overall(.inService))
    if findings.contains(where: { $0.severity == .unusable }) { verdict = .notDetermined }
    var record = ScaleRecord(
      model: before.model, parameters: [],
      conditions: ScaleRecord.Conditions(verification.conditions),
      gravity: ScaleRecord.Gravity(
        value: before.model.gravity,
        source: request.spec.site.map { $0.isMeasured ? .measured : .site } ?? .standard),
      masses: verification.bodies.map { body in
        var mass = ScaleRecord.Mass(
          name: body.name, nominal: body.mass, sigma: body.sigma, foundError: 0,
          foundSigma: body.sigma)
        mass.note(request.registry)
        return mass
      },
      verdicts: evaluations.map { Evaluation($0) },
      uncertainty: verification.results.budgets.map {
        ScaleRecord.Budget(load: $0.load, $0.budget)
      })
    record.plate = request.spec.legal.map { ScaleRecord.Plate($0) }
    record.cellNames = request.spec.cells.map(\.name)
    record.asFoundRevision = before.revision
    record.placements = verification.loads.map { load in
      Placement(
        load, verification.results.budget(load).expanded, asFoundError: load.error)
    }
    scale = record
  }
}
