package import ScaleModels

/// One sample of a scale's load cells, as a procedure takes it.
package struct CellSample: Equatable, Sendable {
  /// Seconds.
  package let time: Double
  /// degC.
  package let temperature: Double
  /// About the two axes, radians; nil without an accelerometer.
  package let tilt: SIMD2<Double>?
  package let counts: [Double]

  package init(time: Double, temperature: Double, tilt: SIMD2<Double>?, counts: [Double]) {
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
    /// Metres in the platform's axes; means nothing for hardly any load.
    package let place: SIMD2<Double>
    package let state: StabilityDetector.State
  }

  /// Kilograms per count by cell.
  package var gains: [Double]
  /// How sure their sum is, as a part.
  package var gainSigma: Double
  /// Counts of the empty scale; nil until it was seen.
  package var zero: [Double]?
  private let cells: [SIMD2<Double>]
  private var glitches: [GlitchFilter]
  private var mains: [MainsFilter]
  private var detector: StabilityDetector

  /// Scatter of cells' gains from the data sheet, as a part of the sum of four.
  static let sheetSigma = 0.02
  /// What a calibration's gains may be off by.
  static let calibratedSigma = 0.002

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
      gains = before.cells.map(\.kilogramsPerCount)
      gainSigma = Self.calibratedSigma
    } else {
      let known = spec.cells.compactMap(\.kilogramsPerCount)
      gains = known.count == cells.count ? known : cells.map { _ in 1e-5 }
      gainSigma = known.count == cells.count ? Self.sheetSigma : .infinity
    }
  }

  /// Takes a sample of as many counts as there are cells.
  package mutating func take(_ sample: CellSample) -> Sight {
    precondition(sample.counts.count == cells.count)
    var (mass, moment) = (0.0, SIMD2<Double>.zero)
    for cell in cells.indices {
      var value = glitches[cell].next(sample.counts[cell])
      if !mains.isEmpty { value = mains[cell].filter(value) }
      let force = gains[cell] * (value - (zero?[cell] ?? 0))
      mass += force
      moment += force * cells[cell]
    }
    return Sight(mass: mass, place: moment / mass, state: detector.next(mass))
  }

  /// A known load told the gain: all cells' together.
  mutating func calibrate(mass: Double, seen: Double) {
    guard seen > 0, mass > 0 else { return }
    for cell in gains.indices { gains[cell] *= mass / seen }
    // Together: each cell by itself is still as its data sheet says.
    gainSigma = min(gainSigma, Self.sheetSigma)
  }
}
