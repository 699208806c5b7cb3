import CameraCalibration
import Documents
import Execution
import Geometry
import LensModels
import LinearAlgebra
import Simulation

/// Errors of lenses, poses and pixels are as large as foretold: over many draws the squares of
/// Mahalanobis's distances of whole blocks sum up to chi-square with their degrees of freedom.
struct UncertaintySeries: CampaignSeries {
  let rig: UncertaintyRig

  static let all = UncertaintyRig.allCases.map { UncertaintySeries(rig: $0) }

  var name: String { rig.rawValue }
  var draws: Int { 500 }

  func outcome(seed: UInt64) throws -> UncertaintyOutcome {
    let (session, result) = try solved(seed: seed)
    var outcome = UncertaintyOutcome(
      blocks: [], open: [], noiseRatio: nil, findings: result.findings.map(\.code))
    for (index, camera) in result.cameras.enumerated() {
      let truth = session.truth.cameras[index]
      outcome.add(
        "\(camera.name) lens", freedom: truth.lens.parameters.count,
        lensDistance(camera, truth.lens))
      if index > 0 {
        outcome.add(
          "\(camera.name) pose", freedom: 6, poseDistance(camera, truth.referenceFromCamera))
      }
      // Where a fisheye's picture ends within a cell, nothing is seen at the cell's middle.
      let pixels = camera.projectionErrors(against: truth.lens, cells: coveredCells(camera))
      outcome.add("\(camera.name) pixel middle", freedom: 2, pixels?.first?.squaredDistance)
      outcome.add("\(camera.name) pixel edge", freedom: 2, pixels?.last?.squaredDistance)
    }
    let sigmas = session.input.views.flatMap { $0.corners.map(\.sigma) }.sorted()
    outcome.noiseRatio = result.cornerNoisePixels.map { $0 / sigmas[sigmas.count / 2] }
    return outcome
  }

  private func solved(seed: UInt64) throws -> (SimulatedSession, CalibrationResult) {
    var numbers = SeededNumbers(seed)
    let rig = try self.rig.rig(&numbers)
    let session = rig.session(self.rig.noise, &numbers)
    let kinds = Dictionary(
      uniqueKeysWithValues: rig.cameras.map { ($0.name, $0.lens.kind) })
    let result = try calibrate(
      session.input, options: CalibrationOptions(lens: .perCamera(kinds), threads: ThreadCount(1)))
    return (session, result)
  }

  /// The covered cells of the picture, from its middle outwards.
  private func coveredCells(_ camera: CalibratedCamera) -> [Int] {
    guard let coverage = camera.certainty?.coverage else { return [] }
    let middle = Vector2(0.5 * Double(camera.width - 1), 0.5 * Double(camera.height - 1))
    return coverage.counts.indices.filter { coverage.counts[$0] > 0 }.sorted {
      ((coverage.centre(cell: $0) - middle).length, $0)
        < ((coverage.centre(cell: $1) - middle).length, $1)
    }
  }

  func judge(_ outcomes: [UncertaintyOutcome]) -> SeriesVerdict {
    var rows: [SeriesVerdict.Row] = []
    for what in outcomes.first?.blocks.map(\.what) ?? [] {
      let blocks = outcomes.compactMap { $0.blocks.first { $0.what == what } }
      let freedom = blocks.first?.freedom ?? 1
      let total = ChiSquare(freedom: freedom * blocks.count)
      let sum = blocks.reduce(0) { $0 + $1.squaredDistance }
      let bounds = total.bounds
      let shape = ChiSquare(freedom: freedom).kolmogorovDistance(blocks.map(\.squaredDistance))
      rows.append(
        SeriesVerdict.Row(
          what: what,
          measured: "mean d2/dof \(NumberText.fixed(sum / total.freedom, 3)), "
            + "Kolmogorov \(NumberText.fixed(shape, 2))",
          claimed: "\(NumberText.fixed(bounds.lowerBound / total.freedom, 3)) to "
            + NumberText.fixed(bounds.upperBound / total.freedom, 3),
          holds: bounds.contains(sum)))
    }
    let open = outcomes.reduce(0) { $0 + $1.open.count }
    rows.append(
      SeriesVerdict.Row(
        what: "blocks without uncertainty", measured: "\(open)", claimed: "0", holds: open == 0))
    let ratios = outcomes.compactMap(\.noiseRatio)
    let mean = ratios.reduce(0, +) / Double(max(1, ratios.count))
    rows.append(
      SeriesVerdict.Row(
        what: "noise found over true", measured: NumberText.fixed(mean, 4), claimed: nil,
        holds: true))
    let codes = outcomes.flatMap(\.findings)
    for code in Set(codes).sorted() {
      rows.append(
        SeriesVerdict.Row(
          what: "finding \(code)", measured: "\(codes.count { $0 == code })", claimed: nil,
          holds: true))
    }
    return SeriesVerdict(rows: rows)
  }

  func details(seed: UInt64) throws -> [String] {
    let (session, result) = try solved(seed: seed)
    let outcome = try outcome(seed: seed)
    return [
      "\(session.input.frames.count) frames, \(session.input.views.count) views, "
        + "rms \(NumberText.fixed(result.rmsPixels, 3)) px, "
        + "noise found over true \(NumberText.fixed(outcome.noiseRatio, 4))"
    ]
      + outcome.blocks.map {
        "\($0.what): d2 \(NumberText.fixed($0.squaredDistance, 2)) of \($0.freedom)"
      }
      + zip(result.cameras, session.truth.cameras).flatMap { camera, truth in
        zip(truth.lens.kind.parameterNames, truth.lens.parameters).enumerated().map {
          place, parameter in
          "\(camera.name) \(parameter.0): true \(NumberText.fixed(parameter.1, 5)), found "
            + "\(NumberText.fixed(camera.lens?.parameters[place], 5)) +- "
            + NumberText.fixed(camera.certainty?.lensSigma[place], 5)
        }
      }
      + outcome.open.map { "\($0): uncertainty not given" }
      + result.findings.map { "\($0.severity.rawValue) \($0.code): \($0.text)" }
  }
}

extension UncertaintyOutcome {
  fileprivate mutating func add(_ what: String, freedom: Int, _ squaredDistance: Double?) {
    guard let squaredDistance, squaredDistance.isFinite else {
      open.append(what)
      return
    }
    blocks.append(Block(what: what, squaredDistance: squaredDistance, freedom: freedom))
  }
}
