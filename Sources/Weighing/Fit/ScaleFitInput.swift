/// What a scale is fitted to, kept so that the fit can be made again.
package struct ScaleFitInput: Sendable {
  package let placements: [Placement]
  package let bodies: [KnownBody]
  /// Positions of the cells by the drawing, metres.
  package let cells: [SIMD2<Double>]
  /// degC.
  package let referenceTemperature: Double
  package let priors: ScaleFitPriors
  package let shared: [SharedError]

  package func fit() throws(ScaleFitError) -> ScaleFit {
    try ScaleFit(
      placements, bodies: bodies, cells: cells, referenceTemperature: referenceTemperature,
      priors: priors, shared: shared)
  }
}
