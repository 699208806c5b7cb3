import ScaleModels
import Testing

@testable import Weighing

struct ScaleFitTests {
  static let nominal = [0.5, 1, 2, 5, 10, 20]
  static let tolerances = [25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1000e-6]
  static let corners = [SIMD2(-0.2, -0.14), SIMD2(0.2, -0.14), SIMD2(0.2, 0.14), SIMD2(-0.2, 0.14)]

  struct Session {
    var scale: SettledScale
    let fit: ScaleFit
    let model: ScaleModel
  }

  /// All masses in the middle, 5 and 10 kg on the corners; temperatures over `range` kelvin.
  static func session(
    seed: UInt64, flex: Double, range: Double = 1, corners: Bool = true
  ) throws -> Session {
    var scale = SettledScale(seed: seed, flex: flex)
    let bodies = zip(nominal, tolerances).map {
      KnownBody(name: "\($0) kg", mass: $0, sigma: $1 / 3.0.squareRoot())
    }
    let masses = bodies.map { $0.mass + scale.random.next($0.sigma) }
    var plan = (0..<6).map { ($0, SIMD2(0.0, 0)) }
    plan += plan.reversed()
    if corners {
      for body in [3, 4] { plan += Self.corners.map { (body, $0) } }
    }
    let placements = plan.enumerated().map { number, load in
      let kelvin = range * (Double(number) / Double(plan.count - 1) - 0.5)
      let place = load.1 + SIMD2(scale.random.next(0.003), scale.random.next(0.003))
      return Placement(
        step: number, bodies: [load.0], position: load.1,
        signals: scale.signals(mass: masses[load.0], at: place, kelvin: kelvin, noise: 2),
        variances: Array(repeating: 4, count: 4), temperature: 20 + kelvin)
    }
    let fit = try ScaleFit(
      placements, bodies: bodies, cells: SettledScale.drawing, referenceTemperature: 20)
    let model = try ScaleModel(
      cells: fit.cells,
      zero: ScaleZero(
        counts: [0, 0, 0, 0], sigmas: [2, 2, 2, 2], temperature: 20),
      referenceTemperature: 20, gravity: 9.80665, forceScatter: fit.forceScatter,
      covariance: fit.covariance)
    return Session(scale: scale, fit: fit, model: model)
  }

  /// Errors of unknown loads in their standard deviations squared, and mass and place errors.
  static func heldOut(
    seeds: Range<UInt64>, flex: Double
  ) throws -> (mass: Double, place: Double, massZ: Double, placeZ: Double) {
    var (mass, place, massZ, placeZ, count) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for seed in seeds {
      var session = try session(seed: seed, flex: flex)
      for _ in 0..<5 {
        let load = 1 + 19 * session.scale.random.uniform()
        let at = SIMD2(
          0.4 * session.scale.random.uniform() - 0.2, 0.28 * session.scale.random.uniform() - 0.14)
        let reading = try session.model.reading(
          counts: session.scale.signals(mass: load, at: at, kelvin: 0, noise: 2), temperature: 20)
        let error = reading.mass - load
        let off = SIMD2(reading.x, reading.y) - at
        mass += error * error
        place += off.x * off.x + off.y * off.y
        massZ += error * error / reading.covariance[0]
        placeZ += off.x * off.x / reading.covariance[4] + off.y * off.y / reading.covariance[8]
        count += 1
      }
    }
    return (
      (mass / count).squareRoot(), (place / count).squareRoot(), massZ / count, placeZ / count / 2
    )
  }

  /// Mass to the masses' own errors and place to 2 mm, both as sure as they say, also on a plate
  /// where known masses alone leave one combination of gains free.
  @Test(arguments: [0, 0.2])
  func heldOutLoads(flex: Double) throws {
    let result = try Self.heldOut(seeds: 1..<41, flex: flex)
    #expect(result.mass < 0.00045)
    #expect(result.place < 0.002)
    // Errors within a session are shared: 40 sessions give means of squares within 0.5 to 1.7.
    #expect((0.4...1.7).contains(result.massZ), "mass \(result.massZ)")
    #expect((0.4...1.7).contains(result.placeZ), "place \(result.placeZ)")
  }

  @Test func rigidPlatesNeedMoments() throws {
    let rigid = try Self.session(seed: 3, flex: 0).fit.determination
    #expect(rigid.rankOfMassesAlone == 3)
    #expect(rigid.weakestGainOfMassesAlone > 0.02)
    #expect(rigid.rank == 4)
    #expect(rigid.weakestGain < 0.01)
    let flexible = try Self.session(seed: 3, flex: 0.2).fit.determination
    #expect(flexible.rankOfMassesAlone == 4)
  }

  @Test func loadsInTheMiddleAloneTellLittle() throws {
    let fit = try Self.session(seed: 5, flex: 0, corners: false).fit
    #expect(fit.determination.rank < 4)
  }

  /// A wide range of temperatures tells the spans, one temperature leaves them at the prior.
  @Test func temperatureTellsSpansOnlyWhereItChanges() throws {
    let still = try Self.session(seed: 7, flex: 0.2, range: 0).fit
    #expect(still.determination.spanShare.allSatisfy { $0 > 0.99 })
    #expect(still.cells.allSatisfy { abs($0.spanPerKelvin) < 1e-6 })
    let wide = try Self.session(seed: 7, flex: 0.2, range: 30).fit
    #expect(wide.determination.spanShare.allSatisfy { $0 < 0.7 })
  }

  /// The tolerance of the masses is in every sigma: 1 g at 20 kg makes 0.58 g or a little less,
  /// since the others speak too.
  @Test func massesOwnToleranceStays() throws {
    var session = try Self.session(seed: 9, flex: 0.2)
    let reading = try session.model.reading(
      counts: session.scale.signals(mass: 20, at: .zero, kelvin: 0, noise: 0), temperature: 20)
    #expect(reading.massSigma > 0.0002 && reading.massSigma < 0.0008)
  }

  @Test func refusesWhatCannotBeFitted() {
    let body = KnownBody(name: "a", mass: 1, sigma: 1e-5)
    func placement(_ signals: [Double]) -> Placement {
      Placement(
        step: 0, bodies: [0], position: .zero, signals: signals,
        variances: [1, 1, 1, 1], temperature: 20)
    }
    func fit(_ placements: [Placement], _ cells: [SIMD2<Double>]) throws(ScaleFitError) {
      _ = try ScaleFit(placements, bodies: [body], cells: cells, referenceTemperature: 20)
    }
    #expect(throws: ScaleFitError.noPlacement) { try fit([], SettledScale.drawing) }
    #expect(throws: ScaleFitError.noCell) { try fit([placement([])], []) }
    #expect(throws: ScaleFitError.noSignal) {
      try fit([placement([0, 0, 0, 0])], SettledScale.drawing)
    }
    #expect(throws: ScaleFitError.noSignal) {
      try fit([placement([-9, -9, -9, -9])], SettledScale.drawing)
    }
  }
}
