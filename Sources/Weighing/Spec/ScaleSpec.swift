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

  package init(
    cells: [Cell], legal: LegalScale? = nil, rule: Conformity.DecisionRule = .guardBanded,
    typeTests: [TypeTest] = [], site: GravitySite? = nil,
    coefficients: TemperatureCoefficients? = nil
  ) {
    self.cells = cells
    self.legal = legal
    self.rule = rule
    self.typeTests = typeTests
    self.site = site
    self.coefficients = coefficients
  }
}
