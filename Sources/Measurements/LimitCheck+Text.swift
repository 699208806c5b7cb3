import Documents

/// A check for people: millimetres, degrees and percent.
extension LimitCheck {
  /// What was measured, in words. A name that is not known here is shown as it is.
  package var title: String {
    switch name {
    case "holdout_rms": "RMS of the typical view held out"
    case "projection_sigma": "Uncertainty of pixels"
    case "cross_validation": "Even against odd, beyond noise"
    case "outlier_share": "Corners left out"
    case "coverage": "Picture covered"
    case "lens_error": "Error of the lens model"
    case "position_sigma": "Uncertainty of the place"
    case "direction_sigma": "Uncertainty of the direction"
    case "board_bend": "Bend of the board"
    case "board_stretch": "Board longer one way"
    case "rig_disagreement": "Disagreement of the cameras"
    case "basket_error": "Uncertainty of places in the basket"
    case "basket_covered": "Basket seen by two cameras"
    default: name
    }
  }

  /// The value with its unit; a dash where there is none. It has as many places as the limit, and
  /// more where it would otherwise look like a limit that it is beyond.
  package var valueText: String {
    guard let value else { return "-" }
    var places = decimals
    while verdict == .fail, places < decimals + 4,
      NumberText.fixed(value * unit.scale, places) == NumberText.fixed(limit * unit.scale, places)
    { places += 1 }
    return NumberText.fixed(value * unit.scale, places) + " " + unit.word
  }

  /// For example "at most 0.60 px".
  package var limitText: String {
    "\(bound == .atMost ? "at most" : "at least") \(text(limit))"
  }

  /// For example "marginal from 0.54 px"; nil without a guard band.
  package var guardText: String? {
    guard guardBand > 0 else { return nil }
    return bound == .atMost
      ? "marginal from \(text(limit - guardBand))" : "marginal up to \(text(limit + guardBand))"
  }

  /// How far within the limit the value lies, as a part of the limit; less than nothing where it is
  /// beyond. Nil without a value.
  package var margin: Double? {
    value.map { (bound == .atMost ? limit - $0 : $0 - limit) / max(abs(limit), 1e-300) }
  }

  private func text(_ number: Double) -> String {
    "\(NumberText.fixed(number * unit.scale, decimals)) \(unit.word)"
  }

  /// Two digits of the limit or so.
  private var decimals: Int {
    let size = abs(limit * unit.scale)
    return size >= 10 ? 0 : size >= 2 ? 1 : size >= 0.1 ? 2 : 3
  }
}

extension CheckUnit {
  /// People's units by file's.
  fileprivate var scale: Double {
    switch self {
    case .pixels: 1
    case .metres: 1000
    case .radians: 180 / .pi
    case .one: 100
    }
  }

  fileprivate var word: String {
    switch self {
    case .pixels: "px"
    case .metres: "mm"
    case .radians: "deg"
    case .one: "%"
    }
  }
}

extension Sequence<LimitCheck> {
  /// What to show of many checks: of one that every camera passes, the camera that is nearest to
  /// its limit; of others, every camera that does not pass, the heaviest first. In the order in
  /// which their names come first.
  package var telling: [(check: LimitCheck, of: Int)] {
    var names: [String] = []
    var byName: [String: [LimitCheck]] = [:]
    for check in self {
      if byName[check.name] == nil { names.append(check.name) }
      byName[check.name, default: []].append(check)
    }
    let weight: [Verdict] = [.fail, .notDetermined, .marginal]
    return names.flatMap { name -> [(check: LimitCheck, of: Int)] in
      let all = byName[name] ?? []
      let bad = weight.flatMap { verdict in all.filter { $0.verdict == verdict } }
      if !bad.isEmpty { return bad.map { ($0, 1) } }
      guard let nearest = all.min(by: { ($0.margin ?? 0) < ($1.margin ?? 0) }) else { return [] }
      return [(nearest, all.count)]
    }
  }
}
