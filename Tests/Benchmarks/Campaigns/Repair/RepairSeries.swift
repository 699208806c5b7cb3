import CameraCalibration
import Documents
import Measurements
import Simulation

/// What a repair made of a cart.
struct RepairedCart: Encodable, Sendable {
  var cameras: Int
  var replaced: String
  var moved: String?
  /// Over the whole rig, of the repair and of the whole calibration.
  var views: Int
  var wholeViews: Int?
  /// Errors of the replaced camera's pose.
  var turnDegrees: Double?
  var moveMillimetres: Double?
  var wholeTurnDegrees: Double?
  var wholeMoveMillimetres: Double?
  /// Of a warning or worse, with their subject.
  var findings: [String]
  /// Cameras said to have moved.
  var named: [String]
  /// Nothing that was held is said to have changed.
  var isSilent: Bool

  private enum CodingKeys: String, CodingKey {
    case cameras, replaced, moved, views, findings, named
    case wholeViews = "whole_views"
    case turnDegrees = "turn_deg"
    case moveMillimetres = "move_mm"
    case wholeTurnDegrees = "whole_turn_deg"
    case wholeMoveMillimetres = "whole_move_mm"
    case isSilent = "is_silent"
  }

  init(_ draw: RepairDraw, _ repair: CalibrationResult, _ whole: CalibrationResult?) {
    cameras = draw.rig.cameras.count
    replaced = draw.rig.cameras[draw.replaced].name
    moved = draw.moved.map { draw.rig.cameras[$0].name }
    views = draw.repair.input.views.count
    wholeViews = draw.whole?.input.views.count
    let own = draw.error(of: repair)
    turnDegrees = own.map { $0.turn * 180 / .pi }
    moveMillimetres = own.map { $0.move * 1000 }
    let other = whole.flatMap { draw.error(of: $0) }
    wholeTurnDegrees = other.map { $0.turn * 180 / .pi }
    wholeMoveMillimetres = other.map { $0.move * 1000 }
    let alarms = repair.findings.filter { $0.severity != .note }
    findings = alarms.map { "\($0.code) \($0.subject ?? "")" }
    named = alarms.filter { $0.code == "moved_since_stored" }.map { $0.subject ?? "undecided" }
    isSilent = !alarms.contains { Self.changes.contains($0.code) }
  }

  private static let changes = [
    "moved_since_stored", "lens_changed_since_stored", "camera_moved", "views_out_of_sync",
  ]
}

/// Carts with a replaced camera: repairs are as good as whole calibrations, name what moved, and
/// raise no alarm where nothing did.
struct RepairSeries: CampaignSeries {
  enum Kind: String, CaseIterable, Sendable {
    /// Beside a whole calibration of the same cart.
    case replaced
    case moved
    case unmoved
  }

  let kind: Kind

  static let all = Kind.allCases.map { RepairSeries(kind: $0) }

  var name: String { kind.rawValue }

  var draws: Int {
    switch kind {
    case .replaced: 100
    case .moved: 200
    case .unmoved: 628
    }
  }

  func outcome(seed: UInt64) throws -> RepairedCart {
    let draw = try RepairDraw(
      hasMoved: kind == .moved, hasWhole: kind == .replaced, seed: seed)
    let repair = try calibrate(draw.repair.input, options: draw.repairOptions)
    let whole = try draw.whole.map { try calibrate($0.input, options: draw.wholeOptions) }
    return RepairedCart(draw, repair, whole)
  }

  func judge(_ outcomes: [RepairedCart]) -> SeriesVerdict {
    switch kind {
    case .replaced: SeriesVerdict(rows: errors(outcomes) + codes(outcomes))
    case .moved: SeriesVerdict(rows: named(outcomes) + codes(outcomes))
    case .unmoved: SeriesVerdict(rows: alarms(outcomes) + codes(outcomes))
    }
  }

  private func errors(_ outcomes: [RepairedCart]) -> [SeriesVerdict.Row] {
    func row(
      _ what: String, _ repair: KeyPath<RepairedCart, Double?>,
      _ whole: KeyPath<RepairedCart, Double?>, _ decimals: Int
    ) -> SeriesVerdict.Row {
      let pairs = outcomes.compactMap { outcome -> (Double, Double)? in
        guard let a = outcome[keyPath: repair], let b = outcome[keyPath: whole] else { return nil }
        return (a, b)
      }
      let own = rms(pairs.map(\.0))
      let other = rms(pairs.map(\.1))
      let ratio = own / max(.leastNormalMagnitude, other)
      return SeriesVerdict.Row(
        what: what,
        measured: "\(NumberText.fixed(own, decimals)) and \(NumberText.fixed(other, decimals)): "
          + NumberText.fixed(ratio, 2),
        claimed: "at most 1.20, of all draws",
        holds: pairs.count == outcomes.count && ratio <= 1.2)
    }
    let shares = outcomes.map { Double($0.views) / Double(max(1, $0.wholeViews ?? 0)) }
    return [
      row("rms position, mm: repair and whole", \.moveMillimetres, \.wholeMoveMillimetres, 4),
      row("rms direction, deg: repair and whole", \.turnDegrees, \.wholeTurnDegrees, 5),
      SeriesVerdict.Row(
        what: "views, as a part of a whole calibration's",
        measured:
          "mean \(NumberText.fixed(shares.reduce(0, +) / Double(max(1, shares.count)), 3)), "
          + "most \(NumberText.fixed(shares.max() ?? 0, 3))",
        claimed: "at most 0.334", holds: (shares.max() ?? 1) <= 1.0 / 3 + 1e-9),
    ]
  }

  private func rms(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))).squareRoot()
  }

  private func named(_ outcomes: [RepairedCart]) -> [SeriesVerdict.Row] {
    let right = outcomes.filter { $0.named == [$0.moved ?? ""] }
    let needed = (196 * outcomes.count + 199) / 200
    return [
      SeriesVerdict.Row(
        what: "the camera that moved by 0.3 degrees named, and no other",
        measured: "\(right.count)", claimed: "at least \(needed)", holds: right.count >= needed),
      list("draws not right", outcomes) { $0.named != [$0.moved ?? ""] },
    ]
  }

  private func alarms(_ outcomes: [RepairedCart]) -> [SeriesVerdict.Row] {
    let raised = outcomes.count { !$0.isSilent }
    let allowed = 2 * outcomes.count / 628
    return [
      SeriesVerdict.Row(
        what: "carts of which something is said to have changed", measured: "\(raised)",
        claimed: "at most \(allowed)", holds: raised <= allowed),
      list("draws not right", outcomes) { !$0.isSilent },
    ]
  }

  private func list(
    _ what: String, _ outcomes: [RepairedCart], _ isListed: (RepairedCart) -> Bool
  ) -> SeriesVerdict.Row {
    let chosen = outcomes.indices.filter { isListed(outcomes[$0]) }.map(String.init)
    return SeriesVerdict.Row(
      what: what,
      measured: chosen.isEmpty
        ? "none" : chosen.prefix(12).joined(separator: " ") + (chosen.count > 12 ? " ..." : ""),
      holds: true)
  }

  private func codes(_ outcomes: [RepairedCart]) -> [SeriesVerdict.Row] {
    var counts: [String: Int] = [:]
    for outcome in outcomes {
      for code in Set(outcome.findings.map { String($0.prefix { $0 != " " }) }) {
        counts[code, default: 0] += 1
      }
    }
    return counts.sorted { $0.key < $1.key }.map {
      SeriesVerdict.Row(what: $0.key, measured: "\($0.value)", holds: true)
    }
  }

  func details(seed: UInt64) throws -> [String] {
    let draw = try RepairDraw(
      hasMoved: kind == .moved, hasWhole: kind == .replaced, seed: seed)
    let repair = try calibrate(draw.repair.input, options: draw.repairOptions)
    let whole = try draw.whole.map { try calibrate($0.input, options: draw.wholeOptions) }
    let outcome = RepairedCart(draw, repair, whole)
    let held = repair.repair?.held.map { held in
      "\(repair.cameras[held.camera].name): "
        + "\(NumberText.fixed(held.turn.map { $0 * 180 / .pi }, 4)) deg, "
        + "\(NumberText.fixed(held.move.map { $0 * 1000 }, 3)) mm, "
        + "\(NumberText.fixed(held.deviations, 1)) sigma\(held.hasMoved ? ", moved" : "")"
    }
    return [
      "replaced \(outcome.replaced), moved \(outcome.moved ?? "none"), \(outcome.cameras) cameras",
      "views \(outcome.views), whole \(outcome.wholeViews ?? 0); of the replaced camera "
        + "\(repair.cameras[draw.replaced].views)"
        + (whole.map { " and \($0.cameras[draw.replaced].views)" } ?? ""),
      "error \(NumberText.fixed(outcome.turnDegrees, 4)) deg, "
        + "\(NumberText.fixed(outcome.moveMillimetres, 3)) mm; whole "
        + "\(NumberText.fixed(outcome.wholeTurnDegrees, 4)) deg, "
        + "\(NumberText.fixed(outcome.wholeMoveMillimetres, 3)) mm; rms "
        + "\(NumberText.fixed(repair.rmsPixels, 3)) px",
    ] + (held ?? []) + repair.findings.map { "\($0.severity.rawValue) \($0.code): \($0.text)" }
      + repair.log.filter { $0.subject == nil }.map {
        "\($0.name): \($0.iterations) iterations, \($0.termination.rawValue), cost \($0.finalCost)"
      }
  }
}
