/// Asks of a fit that does not explain its loads what one thing would explain them.
///
/// Each hypothesis is one more unknown with a wide prior: the error of a mass, a part of the load
/// that goes past a cell at its corner, a reading that follows x y as a twisted frame makes it, a
/// single load that is another one. A twist shows on plates that are stiff; on one that bends, gains
/// of alternating size explain it as well, and a calibration makes it good. The one by which the sum of squares falls most is named, when
/// it falls far and what it found is beyond what healthy scales and masses do.
struct FitHypotheses {
  let placements: [Placement]
  let bodies: [KnownBody]
  let cells: [SIMD2<Double>]
  let referenceTemperature: Double
  let priors: ScaleFitPriors
  let shared: [SharedError]
  /// A cell as findings name it.
  let names: @Sendable (Int) -> String

  enum Cause: Equatable {
    /// A body is wrong by this many kilograms.
    case mass(body: Int, error: Double)
    /// At a cell's corner this part of the load is missing.
    case bind(cell: Int, part: Double)
    /// A load in a corner reads wrong by this part of it, with alternating sign.
    case twist(part: Double)
    /// One step holds another load: kilograms.
    case step(Int, error: Double)
  }

  /// The sum of squares must fall by more than this; sixty is far beyond what chance does in the
  /// forty hypotheses of a session.
  private static let leastDrop = 60.0
  /// By how much more a single wrong load must explain: a mass or a corner that only one step saw is
  /// the likelier cause.
  private static let stepHandicap = 30.0
  /// The smallest errors worth naming: of a mass in its tolerances, and parts of the load.
  private static let leastMass = 5.0
  private static let leastBind = 0.002
  private static let leastTwist = 0.0003

  /// What explains the loads best; nil when nothing has to be explained, or nothing does.
  func cause() throws(ScaleFitError) -> Cause? {
    let plain = try fit(placements, bodies)
    // Squares of healthy sessions are as many as their degrees of freedom, or somewhat more.
    guard plain.squares > 1.5 * plain.degreesOfFreedom + Self.leastDrop else { return nil }
    var best: (cause: Cause, squares: Double)?
    for (cause, found) in try candidates() where isWorthNaming(cause) {
      if found < best?.squares ?? (plain.squares - Self.leastDrop) { best = (cause, found) }
    }
    return best?.cause
  }

  private func candidates() throws(ScaleFitError) -> [(Cause, squares: Double)] {
    var all: [(Cause, squares: Double)] = []
    for body in bodies.indices {
      var wide = bodies
      wide[body] = KnownBody(
        name: bodies[body].name, mass: bodies[body].mass, sigma: 0.2 * bodies[body].mass)
      let fit = try fit(placements, wide)
      all.append((.mass(body: body, error: fit.bodyErrors[body].error), fit.squares))
    }
    for cell in cells.indices {
      let near = placements.map { isNear($0.position, cells[cell]) ? -load($0) : 0 }
      guard let found = try extra(near, sigma: 0.2) else { continue }
      all.append((.bind(cell: cell, part: found.value), found.squares))
    }
    let size = cells.map { abs($0.x * $0.y) }.max() ?? 0
    let corner = placements.map { abs($0.position.x * $0.position.y) }.max() ?? 0
    if size > 0, corner > 0.1 * size {
      let saddle = placements.map { load($0) * $0.position.x * $0.position.y / corner }
      if let found = try extra(saddle, sigma: 0.2) {
        all.append((.twist(part: found.value), found.squares))
      }
    }
    for (number, placement) in placements.enumerated() {
      let one = placements.indices.map { $0 == number ? load(placement) : 0 }
      guard let found = try extra(one, sigma: 0.2) else { continue }
      all.append(
        (
          .step(placement.step, error: found.value * load(placement)),
          found.squares + Self.stepHandicap
        ))
    }
    return all
  }

  private func isWorthNaming(_ cause: Cause) -> Bool {
    switch cause {
    case .mass(let body, let error): abs(error) > Self.leastMass * bodies[body].sigma * 3
    case .bind(_, let part): part > Self.leastBind
    case .twist(let part): abs(part) > Self.leastTwist
    case .step: true
    }
  }

  private func load(_ placement: Placement) -> Double {
    placement.bodies.reduce(0) { $0 + bodies[$1].mass }
  }

  /// True for places in the outer part of a cell's quadrant.
  private func isNear(_ place: SIMD2<Double>, _ cell: SIMD2<Double>) -> Bool {
    place.x * cell.x > 0.3 * cell.x * cell.x && place.y * cell.y > 0.3 * cell.y * cell.y
  }

  /// The fit with one more unknown that presses with `parts` of it on the placements; nil when none
  /// sees it.
  private func extra(
    _ parts: [Double], sigma: Double
  ) throws(ScaleFitError) -> (value: Double, squares: Double)? {
    guard parts.contains(where: { $0 != 0 }) else { return nil }
    let added = zip(placements, parts).map { placement, part in
      Placement(
        step: placement.step, bodies: placement.bodies + [bodies.count],
        position: placement.position, signals: placement.signals, variances: placement.variances,
        temperature: placement.temperature, press: placement.press,
        parts: placement.parts + [part])
    }
    let fit = try fit(added, bodies + [KnownBody(name: "", mass: 0, sigma: sigma)])
    return (fit.bodyErrors[bodies.count].error, fit.squares)
  }

  private func fit(
    _ placements: [Placement], _ bodies: [KnownBody]
  ) throws(ScaleFitError) -> ScaleFit {
    try ScaleFit(
      placements, bodies: bodies, cells: cells, referenceTemperature: referenceTemperature,
      priors: priors, shared: shared, choosesSizes: false)
  }
}
