import LinearAlgebra
package import ScaleModels

/// A scale fitted to placements of known masses.
///
/// Weighted least squares over mass and moment equations, the masses' own errors being unknowns
/// with their tolerance as prior, so that what they share ends up in the covariance. On a rigid
/// plate known masses alone leave one combination of four gains free; the moment equations and
/// the priors settle it, and `determination` says how much each had to do.
package struct ScaleFit: Sendable {
  /// Parameters of the cells; their zeros' temperature coefficients are 0 here.
  package let cells: [ScaleCell]
  /// Covariance of the cells' parameters in the order of `ScaleModel.covariance`, row-major.
  package let covariance: [Double]
  /// Found sizes of the shared errors of signals, in units of their expected ones.
  package let sharedErrors: [Double]
  /// Covariance of the cells' parameters, in that order, and the shared errors behind them.
  package let jointCovariance: [Double]
  /// Found errors of the bodies, kilograms, and their remaining standard uncertainties.
  package let bodyErrors: [(error: Double, sigma: Double)]
  package let referenceTemperature: Double
  /// Creep and scatter of each cell's force by itself, as a part of it.
  package let forceScatter: Double
  /// Hysteresis and creep that all cells have alike, kilograms at loads of several kilograms, as the
  /// data show it.
  package let massScatter: Double
  /// Standard deviation of the placing, metres, each axis, as the data show it.
  package let placing: Double
  /// Reading less mass of the bodies at nominal value, kilograms, by placement.
  package let errors: [Double]
  /// Sum of squares of the weighted placement equations, and their number less the unknowns that
  /// they determined.
  package let chiSquare: Double
  package let degreesOfFreedom: Double
  package let determination: Determination
  /// `chiSquare` and the squares of all unknowns over their priors: what the fit made least.
  package let squares: Double

  /// How many steps of the iteration it took, and the size of the equations that each solved:
  /// weighted rows, those of priors with them, and unknowns.
  package let effort: (passes: Int, rows: Int, unknowns: Int)

  /// - Parameters:
  ///   - cells: their positions by the drawing, metres.
  ///   - referenceTemperature: degC, best the mean of the session.
  ///   - shared: errors of the signals beside their own variances.
  ///   - choosesSizes: false to take the sizes of scatter and placing error as the priors say, so
  ///     that the sums of squares of several fits compare.
  package init(
    _ placements: [Placement], bodies: [KnownBody], cells: [SIMD2<Double>],
    referenceTemperature: Double, priors: ScaleFitPriors = ScaleFitPriors(),
    shared: [SharedError] = [], choosesSizes: Bool = true
  ) throws(ScaleFitError) {
    guard !cells.isEmpty else { throw .noCell }
    guard !placements.isEmpty else { throw .noPlacement }
    guard let gain = Self.commonGain(placements, bodies) else { throw .noSignal }
    let equations = ScaleEquations(
      placements: placements, bodies: bodies, shared: shared, cells: cells, priors: priors,
      referenceTemperature: referenceTemperature, gain: gain)
    do throws(LinearAlgebraError) {
      try self.init(equations, choosesSizes: choosesSizes)
    } catch {
      throw .numerics(error)
    }
  }

  /// One gain for all cells from the sums of signals, kilograms per count.
  package static func commonGain(_ placements: [Placement], _ bodies: [KnownBody]) -> Double? {
    var (product, square) = (0.0, 0.0)
    for placement in placements {
      let sum = placement.signals.reduce(0, +)
      product += sum * placement.press * placement.bodies.reduce(0) { $0 + bodies[$1].mass }
      square += sum * sum
    }
    let gain = product / square
    return gain > 0 && gain.isFinite ? gain : nil
  }
}
