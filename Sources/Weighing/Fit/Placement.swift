/// A body of known mass, as the fit uses it. One body may lie in many placements: its error is
/// shared by all of them.
package struct KnownBody: Equatable, Sendable {
  package let name: String
  /// Kilograms.
  package let mass: Double
  /// Standard uncertainty of `mass`, kilograms.
  package let sigma: Double

  package init(name: String, mass: Double, sigma: Double) {
    self.name = name
    self.mass = mass
    self.sigma = sigma
  }
}

/// Known bodies at a place on the scale, and what the cells said.
package struct Placement: Equatable, Sendable {
  /// Number of the step in the procedure.
  package let step: Int
  /// Indices of the bodies.
  package let bodies: [Int]
  /// How much of each body presses at the place: 1, but for the bodies by which a diagnosis asks
  /// whether something takes a part of the load.
  package let parts: [Double]
  /// Where their common centre was meant to lie, metres.
  package let position: SIMD2<Double>
  /// Counts less those of the empty scale, one a cell.
  package let signals: [Double]
  /// Variances of the signals, counts².
  package let variances: [Double]
  /// degC.
  package let temperature: Double
  /// The part of the bodies' weight that presses on the cells: the cosine of the tilt.
  package let press: Double

  package init(
    step: Int, bodies: [Int], position: SIMD2<Double>, signals: [Double], variances: [Double],
    temperature: Double, press: Double = 1, parts: [Double]? = nil
  ) {
    precondition(parts == nil || parts?.count == bodies.count)
    self.step = step
    self.bodies = bodies
    self.parts = parts ?? Array(repeating: 1, count: bodies.count)
    self.position = position
    self.signals = signals
    self.variances = variances
    self.temperature = temperature
    self.press = press
  }
}

/// An error of signals that several placements share: of what is known of a cell's zero and memory.
package struct SharedError: Equatable, Sendable {
  package let cell: Int
  /// By placement, counts: one standard deviation.
  package let counts: [Double]

  package init(cell: Int, counts: [Double]) {
    self.cell = cell
    self.counts = counts
  }
}
