import Bundles
package import Measurements
import ScaleModels
package import Weighing

extension WeighReport {
  /// The report of a calibration from a recorded session; storage and times are filled in later.
  package init(
    _ calibration: RecordedCalibration, session: String, software: String,
    context: WeighContext
  ) {
    let spec = context.spec
    let tests =
      calibration.results.tests + (spec.map { calibration.results.missing($0) } ?? [])
    let evaluations = tests.flatMap { $0.evaluations(spec) }
    self.init(
      software: software, session: session,
      findings: context.findings + calibration.findings + context.moveFindings,
      verdict: evaluations.overall)
    scale = ScaleRecord(calibration, evaluations, context)
    covariance = Covariance(
      order: ScaleRecord.parameterNames(cells: calibration.model.cells.count),
      values: calibration.model.covariance)
    fit = Fit(
      calibration, placements: scale?.placements ?? [], creep: scale?.creep ?? [])
    verifySteps = calibration.estimates.map(\.step)
    let size = 3 * calibration.estimates.count
    verifyCovariance = Self.rows(calibration.estimateCovariance, of: size)
    for (number, estimate) in calibration.estimates.enumerated() {
      let reading = estimate.reading
      verify["\(estimate.step)"] = Estimate(
        mass: reading.mass, x: estimate.hasPlace ? reading.x : nil,
        y: estimate.hasPlace ? reading.y : nil, massSigma: reading.massSigma,
        radialSigma: reading.radialSigma,
        covariance: (0..<3).map { row in
          Array(verifyCovariance[3 * number + row][3 * number..<3 * number + 3])
        })
    }
    if findings.contains(where: { $0.severity == .unusable }) { verdict = .notDetermined }
  }

  /// A report that says why there is no calibration.
  package init(finding: Finding, session: String, software: String) {
    self.init(
      software: software, session: session, findings: [finding], verdict: .notDetermined)
  }

  private static func rows(_ matrix: [Double], of size: Int) -> [[Double]] {
    (0..<size).map { Array(matrix[$0 * size..<($0 + 1) * size]) }
  }
}

extension WeighReport.Fit {
  fileprivate init(
    _ calibration: RecordedCalibration, placements: [WeighReport.Placement],
    creep: [WeighReport.Creep]
  ) {
    let (fit, determination) = (calibration.fit, calibration.fit.determination)
    self.init(
      placements: placements,
      chiSquare: fit.chiSquare, degreesOfFreedom: fit.degreesOfFreedom,
      massScatter: fit.massScatter, placingSigma: fit.placing, rank: determination.rank,
      rankOfMassesAlone: determination.rankOfMassesAlone, condition: determination.condition,
      weakestGain: determination.weakestGain,
      weakestGainOfMassesAlone: determination.weakestGainOfMassesAlone,
      creep: creep)
  }
}
