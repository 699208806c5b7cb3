import Documents

/// Placements in an operator's words, and what is wrong with one.
struct PlacementWords {
  private let spec: ScaleSpec
  private let masses: [ReferenceMass]
  private let reach: Double

  /// Less than this is nothing, kilograms.
  let leastMass: Double

  /// Nearer to each other than this is one place, metres.
  var samePlace: Double { 0.1 * reach }

  /// - Parameters:
  ///   - masses: what may lie there by mistake.
  ///   - lightest: the lightest load that is asked for, kilograms.
  init(_ spec: ScaleSpec, _ masses: [ReferenceMass], lightest: Double) {
    self.spec = spec
    self.masses = masses
    reach = spec.cells.map { Loading.length($0.position) }.max() ?? 0.1
    let e = spec.legal?.ranges[0].interval.kilograms ?? 0.005
    leastMass = min(max(4 * e, 0.01), max(0.4 * lightest, 2 * e))
  }

  func prompt(_ placement: WeighingPlan.Placement) -> String {
    guard !placement.masses.isEmpty else {
      return "Take everything off the scale, and keep hands off."
    }
    guard placement.added.isEmpty else {
      return "Leave what lies there, and gently put \(ids(placement.added)) "
        + "(\(Words.grams(Self.added(placement)))) beside it."
    }
    return "Put \(ids(placement.masses)) (\(Words.kilograms(placement.nominal))) "
      + "\(place(placement.position)), alone."
  }

  private func ids(_ masses: [ReferenceMass]) -> String {
    masses.map { SafeText.line($0.id, limit: 64) }.joined(separator: " and ")
  }

  /// What is put on beside a load, nominal kilograms.
  static func added(_ placement: WeighingPlan.Placement) -> Double {
    placement.added.reduce(0) { $0 + $1.nominal.kilograms }
  }

  func notAdded(_ placement: WeighingPlan.Placement, seen: Double, remaining: Double) -> String {
    "The scale shows \(Words.grams(seen)) \(seen < 0 ? "less" : "more") where "
      + "\(Words.grams(Self.added(placement))) are to be put on. If they lie there, leave them: what "
      + "it shows in \(NumberText.fixed(remaining, 0)) s counts."
  }

  /// In the middle, or at the corner of a cell.
  private func place(_ position: SIMD2<Double>) -> String {
    guard Loading.length(position) > 0.2 * reach, let cell = nearest(position) else {
      return "in the middle"
    }
    return "on the corner of \(cell)"
  }

  private func nearest(_ position: SIMD2<Double>) -> String? {
    spec.cells.min {
      Loading.length($0.position - position) < Loading.length($1.position - position)
    }?.name
  }

  func notEmpty(_ mass: Double) -> String {
    mass > 0
      ? "About \(Words.kilograms(rounded(mass))) still lies on the scale. Take it off."
      : "The scale is lighter than when it was empty. Take off what is on it, put back its basket."
  }

  func takenOff(_ placement: WeighingPlan.Placement) -> String {
    "The load changed before it was weighed. " + prompt(placement)
  }

  func notLeft(_ placement: WeighingPlan.Placement) -> String {
    "The load itself changed. Put \(ids(placement.masses)) (\(Words.kilograms(placement.nominal))) "
      + "\(place(placement.position)), alone."
  }

  /// Off by more standard uncertainties than this is another mass. Who puts it on once more is
  /// believed, so that one right mass in four hundred that looks wrong costs seconds.
  private static let certain = 3.0

  /// Nil when the right mass lies at the right place.
  func problem(
    _ placement: WeighingPlan.Placement, _ sight: LoadWatch.Sight
  ) -> WeighingGuide.Problem? {
    let asked = placement.nominal
    let tolerance = max(Self.certain * sight.sigma, leastMass / 2)
    // Without any known gain the first load is taken at its word.
    if abs(sight.mass - asked) > tolerance {
      return .wrongMass(wrongMass(asked: asked, seen: sight.mass))
    }
    guard Loading.length(sight.place - placement.position) > 0.4 * reach else { return nil }
    return .wrongPlace(
      "The mass lies \(place(sight.place)), and is asked for \(place(placement.position)). "
        + "Move it there; if it lies there, lift it and put it on again.")
  }

  /// What lies there, by the masses that are at hand.
  private func wrongMass(asked: Double, seen: Double) -> String {
    let mass = masses.min {
      abs($0.nominal.kilograms - seen) < abs($1.nominal.kilograms - seen)
    }
    let isLike = mass.map { abs($0.nominal.kilograms - seen) < 0.05 * seen } ?? false
    let like = isLike ? mass.map { ", like \(SafeText.line($0.id, limit: 64))" } ?? "" : ""
    return "About \(Words.kilograms(rounded(seen))) lies on the scale\(like); "
      + "\(Words.kilograms(asked)) is asked for. Exchange it; if it is the right one, lift it and "
      + "put it on again."
  }

  /// To two or three places: all that is known yet.
  private func rounded(_ mass: Double) -> Double {
    mass < 1 ? (mass * 100).rounded() / 100 : (mass * 10).rounded() / 10
  }
}
