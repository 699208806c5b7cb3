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
  init(
    _ calibration: RecordedCalibration, _ evaluations: [TestEvaluation], _ context: WeighContext
  ) {
    let model = calibration.model
    self.init(
      model: model, parameters: Self.parameters(calibration),
      conditions: Conditions(calibration.conditions),
      gravity: Gravity(
        value: model.gravity,
        source: calibration.site.map { $0.isMeasured ? .measured : .site } ?? .standard,
        use: Gravity.Use(context)),
      masses: zip(calibration.bodies, calibration.fit.bodyErrors).map { body, found in
        var mass = Mass(
          name: body.name, nominal: body.mass, sigma: body.sigma, foundError: found.error,
          foundSigma: found.sigma)
        mass.note(context.registry)
        return mass
      }
        + calibration.addedBodies.map { body in
          var mass = Mass(
            name: body.name, nominal: body.mass, sigma: body.sigma, foundError: 0,
            foundSigma: body.sigma)
          mass.note(context.registry)
          return mass
        },
      verdicts: evaluations.map { Evaluation($0) },
      uncertainty: calibration.results.budgets.map { Budget(load: $0.load, $0.budget) })
    plate = context.spec?.legal.map { Plate($0) }
    cellNames = calibration.cellNames
    asFoundRevision = context.before?.revision
    let asFound = context.before.flatMap { calibration.errors(by: $0.model) }
    placements = zip(calibration.loads, calibration.loads.indices).map { load, place in
      Placement(
        load, calibration.results.budget(load).expanded, asFoundError: asFound?[place])
    }
    creep = calibration.creeps.map { creep in
      Creep(load: creep.load, times: creep.points.map(\.time), changes: creep.points.map(\.change))
    }
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
          sigma: calibration.zeroCoefficientSigmas[number],
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

extension ScaleRecord.Conditions {
  init(_ conditions: RecordedCalibration.Conditions) {
    self.init(
      lowestTemperature: conditions.lowestTemperature,
      highestTemperature: conditions.highestTemperature,
      tilt: conditions.tilt.map { [$0.x, $0.y] }, duration: conditions.duration,
      isTemperatureMeasured: conditions.isTemperatureMeasured, started: conditions.started)
  }
}

extension ScaleRecord.Placement {
  init(_ load: LoadReading, _ expanded: Double?, asFoundError: Double?) {
    self.init(
      step: load.step.number, kind: load.step.kind.rawValue, nominal: load.nominal,
      reading: load.reading.mass, error: load.error, expandedUncertainty: expanded,
      asFoundError: asFoundError, meant: [load.step.position.x, load.step.position.y],
      found: [load.reading.x, load.reading.y].map { $0.isFinite ? $0 : nil },
      forces: load.forces)
  }
}

extension ScaleRecord.Mass {
  /// What a registry says of it.
  mutating func note(_ registry: MassRegistry?) {
    guard let known = registry?[name] else { return }
    massClass = known.massClass.rawValue
    certificate = known.certificate
    due = String(known.due.description.prefix(10))
  }
}
