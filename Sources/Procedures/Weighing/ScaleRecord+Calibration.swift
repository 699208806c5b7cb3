import Bundles
import ScaleModels
import Weighing

extension ScaleRecord {
  /// The names of a model's parameters, in the order of its covariance.
  static func parameterNames(cells: Int) -> [String] {
    (0..<cells).flatMap { cell in
      ["kg_per_count", "x_m", "y_m", "quadratic_per_kg", "span_per_k"].map { "cell_\(cell).\($0)" }
    }
  }

  /// The scale section of what a session gave.
  init(_ calibration: RecordedCalibration, _ evaluations: [TestEvaluation]) {
    let model = calibration.model
    self.init(
      model: model, parameters: Self.parameters(calibration),
      conditions: Conditions(
        lowestTemperature: calibration.conditions.lowestTemperature,
        highestTemperature: calibration.conditions.highestTemperature,
        tilt: calibration.conditions.tilt.map { [$0.x, $0.y] },
        duration: calibration.conditions.duration),
      gravity: Gravity(
        value: model.gravity,
        source: calibration.site.map { $0.isMeasured ? .measured : .site } ?? .standard),
      masses: zip(calibration.bodies, calibration.fit.bodyErrors).map { body, found in
        Mass(
          name: body.name, nominal: body.mass, sigma: body.sigma, foundError: found.error,
          foundSigma: found.sigma)
      },
      verdicts: evaluations.map { Evaluation($0) },
      uncertainty: calibration.results.budgets.map { Budget(load: $0.load, $0.budget) })
  }

  private static func parameters(_ calibration: RecordedCalibration) -> [Parameter] {
    let model = calibration.model
    let count = model.parameterCount
    let determination = calibration.fit.determination
    var parameters: [Parameter] = []
    for (number, cell) in model.cells.enumerated() {
      let values = [
        cell.kilogramsPerCount, cell.x, cell.y, cell.quadraticPerKilogram, cell.spanPerKelvin,
      ]
      // A parameter whose uncertainty is hardly smaller than the prior's was not told by the data.
      let shares = determination.shares[number]
      for (place, value) in values.enumerated() {
        let index = number * ScaleModel.parametersPerCell + place
        parameters.append(
          Parameter(
            name: parameterNames(cells: model.cells.count)[index], value: value,
            sigma: model.covariance[index * count + index].squareRoot(),
            source: shares[place] > 0.7 ? .prior : .data))
      }
      parameters.append(
        Parameter(
          name: "cell_\(number).zero_counts_per_k", value: cell.zeroCountsPerKelvin,
          sigma: calibration.zeroCoefficientSigma,
          source: calibration.zeroCoefficientShare > 0.7 ? .prior : .data))
    }
    return parameters
  }
}

extension ScaleRecord.Evaluation {
  init(_ evaluation: TestEvaluation) {
    let result = evaluation.result
    self.init(
      test: result.test.rawValue, standard: evaluation.standard, occasion: evaluation.occasion,
      load: result.load, value: result.value, limit: evaluation.limit?.kilograms,
      expandedUncertainty: result.budget.expanded, coverageFactor: result.budget.coverageFactor,
      guardBand: evaluation.guardBand?.kilograms, rule: evaluation.rule?.rawValue,
      verdict: evaluation.verdict, note: evaluation.note)
  }
}

extension ScaleRecord.Budget {
  init(load: Double, _ budget: UncertaintyBudget) {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    self.init(
      load: load,
      rows: budget.rows.map {
        Row(
          name: $0.name, source: $0.source, standardUncertainty: $0.standardUncertainty,
          degreesOfFreedom: finite($0.degreesOfFreedom))
      },
      combined: budget.combined, degreesOfFreedom: finite(budget.effectiveDegreesOfFreedom),
      coverageFactor: budget.coverageFactor, expanded: budget.expanded)
  }
}
