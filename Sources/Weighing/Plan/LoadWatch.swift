package import ScaleModels

/// One sample of a scale's load cells, as a procedure takes it.
package struct CellSample: Equatable, Sendable {
  /// Seconds.
  package let time: Double
  /// degC; nil without a thermometer.
  package let temperature: Double?
  /// About the two axes, radians; nil without an accelerometer.
  package let tilt: SIMD2<Double>?
  package let counts: [Double]

  package init(time: Double, temperature: Double?, tilt: SIMD2<Double>?, counts: [Double]) {
    self.time = time
    self.temperature = temperature
    self.tilt = tilt
    self.counts = counts
  }
}

/// What lies on a scale while it is being calibrated, roughly: enough to tell whether the right mass
/// lies at the right place, and whether it lies still.
package struct LoadWatch: Sendable {
  /// What it sees.
  package struct Sight: Equatable, Sendable {
    /// Kilograms beside the empty scale.
    package let mass: Double
    /// How sure that is as far as the gains go, kilograms; infinite where no gain is known.
    package let sigma: Double
    /// Metres in the platform's axes; means nothing for hardly any load.
    package let place: SIMD2<Double>
    package let state: StabilityDetector.State
    /// What each cell carries, kilograms.
    let forces: [Double]
  }

  /// Counts of the empty scale; nil until it was seen.
  package var zero: [Double]?
  private var gains: RoughGains
  private let cells: [SIMD2<Double>]
  private var glitches: [GlitchFilter]
  private var mains: [MainsFilter]
  private var detector: StabilityDetector

  /// With the calibration in force, else the rig's sensitivities; where neither is known, the first
  /// known load tells the gain. Nil where the rate or the interval cannot be watched.
  package init?(_ spec: ScaleSpec, before: ScaleModel?) {
    let e = spec.legal?.ranges[0].interval.kilograms ?? 0.005
    guard let detector = StabilityDetector(rate: spec.converter.rate, interval: e) else {
      return nil
    }
    self.detector = detector
    cells = spec.cells.map(\.position)
    glitches = cells.map { _ in GlitchFilter() }
    mains = cells.compactMap { _ in
      MainsFilter(rate: spec.converter.rate, mains: spec.converter.mains)
    }
    if let before, before.cells.count == cells.count {
      gains = RoughGains(before)
    } else {
      let known = spec.cells.compactMap(\.kilogramsPerCount)
      gains = RoughGains(known.count == cells.count ? known : nil, cells: cells.count)
    }
  }

  /// Takes a sample of as many counts as there are cells.
  package mutating func take(_ sample: CellSample) -> Sight {
    precondition(sample.counts.count == cells.count)
    var (mass, moment, forces) = (0.0, SIMD2<Double>.zero, [Double]())
    for cell in cells.indices {
      var value = glitches[cell].next(sample.counts[cell])
      if !mains.isEmpty { value = mains[cell].filter(value) }
      let force = gains.values[cell] * (value - (zero?[cell] ?? 0))
      forces.append(force)
      mass += force
      moment += force * cells[cell]
    }
    return Sight(
      mass: mass, sigma: gains.sigma(forces), place: moment / mass, state: detector.next(mass),
      forces: forces)
  }

  /// A known load lies where it was asked for: it tells the gains.
  mutating func learn(mass: Double, at place: SIMD2<Double>, _ sight: Sight) {
    gains.learn(mass: mass, at: place, sight.forces, cells: cells)
  }

  /// What was believed of the gains is wrong: somebody says so.
  mutating func distrust() { gains.forget() }
}
