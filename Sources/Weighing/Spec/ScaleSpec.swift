/// A cart's scale as its rig describes it.
package struct ScaleSpec: Equatable, Sendable {
  /// One load cell.
  package struct Cell: Equatable, Sendable {
    /// For example `rear_left`.
    package let name: String
    /// Metres, in the platform's axes.
    package let position: SIMD2<Double>
    /// Nominal kilograms per count; nil where it is not known.
    package let kilogramsPerCount: Double?

    package init(name: String, position: SIMD2<Double>, kilogramsPerCount: Double? = nil) {
      self.name = name
      self.position = position
      self.kilogramsPerCount = kilogramsPerCount
    }
  }

  /// Temperature coefficients that tests of the type found.
  package struct TemperatureCoefficients: Equatable, Sendable {
    /// Of the span, per kelvin, and their scatter from cart to cart.
    package var span: Double
    package var spanSigma: Double
    /// Scatter of a cell's zero, kilograms per kelvin.
    package var zeroSigma: Double

    package init(span: Double, spanSigma: Double, zeroSigma: Double) {
      self.span = span
      self.spanSigma = spanSigma
      self.zeroSigma = zeroSigma
    }
  }

  /// How the cells are read.
  package struct Converter: Equatable, Sendable {
    package var bits: Int
    /// Samples a second.
    package var rate: Double
    /// Frequency of the mains, Hz: 50 or 60.
    package var mains: Double

    package init(bits: Int = 24, rate: Double = 10, mains: Double = 50) {
      self.bits = bits
      self.rate = rate
      self.mains = mains
    }
  }

  /// A test that the type of scale has passed, so that each cart need not.
  package struct TypeTest: Equatable, Sendable {
    package let test: ScaleTest
    /// The number of the report or certificate.
    package let document: String

    package init(test: ScaleTest, document: String) {
      self.test = test
      self.document = document
    }
  }

  /// In the order of the converter's channels.
  package var cells: [Cell]
  /// Class, Max and e; nil where nothing is to be evaluated.
  package var legal: LegalScale?
  package var rule: Conformity.DecisionRule
  package var typeTests: [TypeTest]
  /// Where it is calibrated.
  package var site: GravitySite?
  package var coefficients: TemperatureCoefficients?
  /// Size of the platform along x and y, metres; nil where the file does not say.
  package var platform: SIMD2<Double>?
  package var converter: Converter

  package init(
    cells: [Cell], legal: LegalScale? = nil, rule: Conformity.DecisionRule = .guardBanded,
    typeTests: [TypeTest] = [], site: GravitySite? = nil,
    coefficients: TemperatureCoefficients? = nil, platform: SIMD2<Double>? = nil,
    converter: Converter = Converter()
  ) {
    self.cells = cells
    self.legal = legal
    self.rule = rule
    self.typeTests = typeTests
    self.site = site
    self.coefficients = coefficients
    self.platform = platform
    self.converter = converter
  }

  /// The platform, metres; where the file does not say, that of the cells' places and a tenth more.
  package var platformSize: SIMD2<Double> {
    platform
      ?? SIMD2(
        2.2 * (cells.map { abs($0.position.x) }.max() ?? 0),
        2.2 * (cells.map { abs($0.position.y) }.max() ?? 0))
  }
}
