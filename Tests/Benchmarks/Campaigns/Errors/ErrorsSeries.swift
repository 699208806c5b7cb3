import CameraCalibration
import Documents
import LensModels
import Simulation

/// Carts with something wrong that no residual alone betrays: calibration names it, names nothing
/// else, and is silent about healthy carts.
struct ErrorsSeries: CampaignSeries {
  let planted: PlantedError

  static let all = PlantedError.allCases.map { ErrorsSeries(planted: $0) }

  var name: String { planted.rawValue }
  var draws: Int { planted.draws }

  func outcome(seed: UInt64) throws -> ErrorsOutcome {
    let draw = try PlantedDraw(planted, seed: seed)
    return ErrorsOutcome(draw, try calibrate(draw.session.input, options: draw.options))
  }

  func judge(_ outcomes: [ErrorsOutcome]) -> SeriesVerdict {
    let right = outcomes.count(where: \.isRight)
    var rows: [SeriesVerdict.Row] = []
    if planted == .healthy {
      let allowed = 2 * outcomes.count / 628
      rows.append(
        SeriesVerdict.Row(
          what: "false alarms", measured: "\(outcomes.count - right)",
          claimed: "at most \(allowed)", holds: outcomes.count - right <= allowed))
    } else {
      let needed = (196 * outcomes.count + 199) / 200
      rows.append(
        SeriesVerdict.Row(
          what: "named \(planted.code ?? ""), and nothing else", measured: "\(right)",
          claimed: "at least \(needed)", holds: right >= needed))
    }
    rows += spread("rms px", outcomes.compactMap(\.rmsPixels), 3)
    rows += spread("worst pose, degrees", outcomes.compactMap(\.largestTurnDegrees), 3)
    rows += spread("worst pose, mm", outcomes.compactMap(\.largestMoveMillimetres), 2)
    var counts: [String: Int] = [:]
    for outcome in outcomes {
      // Once a draw, with the severity that weighs most.
      for code in Set(outcome.findings.map(\.code)) {
        let severities = outcome.findings.filter { $0.code == code }.map(\.severity)
        let worst = ["unusable", "warning", "note"].first { severities.contains($0) } ?? ""
        counts["\(code), \(worst)", default: 0] += 1
      }
    }
    rows += counts.sorted { $0.key < $1.key }.map {
      SeriesVerdict.Row(what: $0.key, measured: "\($0.value)", holds: true)
    }
    let wrong = outcomes.indices.filter { !outcomes[$0].isRight }.map(String.init)
    if !wrong.isEmpty {
      rows.append(
        SeriesVerdict.Row(
          what: "draws not right",
          measured: wrong.prefix(12).joined(separator: " ") + (wrong.count > 12 ? " ..." : ""),
          holds: true))
    }
    return SeriesVerdict(rows: rows)
  }

  private func spread(_ what: String, _ values: [Double], _ decimals: Int) -> [SeriesVerdict.Row] {
    guard let largest = values.max() else { return [] }
    let median = values.sorted()[values.count / 2]
    return [
      SeriesVerdict.Row(
        what: what,
        measured: "median \(NumberText.fixed(median, decimals)), "
          + "worst \(NumberText.fixed(largest, decimals))", holds: true)
    ]
  }

  func details(seed: UInt64) throws -> [String] {
    let draw = try PlantedDraw(planted, seed: seed)
    let result = try calibrate(draw.session.input, options: draw.options)
    let outcome = ErrorsOutcome(draw, result)
    let board = draw.session.input.board
    let warp = draw.rig.board.warp
    return [
      "planted: \(draw.words)",
      "\(outcome.cameras) cameras, \(outcome.frames) frames, \(outcome.views) views, "
        + "\(board.columns) x \(board.rows) corners, bent by "
        + "\(NumberText.fixed(1000 * warp.x, 2)), \(NumberText.fixed(1000 * warp.y, 2)) mm",
      "lenses told: \(draw.options.lens)",
      "right: \(outcome.isRight); rms \(NumberText.fixed(outcome.rmsPixels, 3)) px, worst pose "
        + "\(NumberText.fixed(outcome.largestTurnDegrees, 4)) degrees, "
        + "\(NumberText.fixed(outcome.largestMoveMillimetres, 3)) mm",
    ]
      + zip(result.cameras, draw.rig.cameras).map { found, truth in
        "\(truth.name): true \(truth.lens.kind.rawValue), found "
          + "\(found.lens?.kind.rawValue ?? "nothing"), \(found.views) + \(found.unanchoredViews) "
          + "views, rms \(NumberText.fixed(found.rmsPixels, 3)), hold-out "
          + "\(NumberText.fixed(found.holdoutRMSPixels, 3)) px, cross-validation ratio "
          + NumberText.fixed(found.certainty?.crossValidation?.ratio, 2)
      }
      + result.findings.map {
        "\($0.severity.rawValue) \($0.code) \($0.subject ?? ""): \($0.text)"
      }
  }
}
