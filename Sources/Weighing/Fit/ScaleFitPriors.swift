/// What is known of a scale before any placement: one standard deviation each.
package struct ScaleFitPriors: Equatable, Sendable {
  /// Scatter of the cells' gains about their common, free value, as a part of it.
  package var gainScatter = 0.03
  /// How far a cell's effective position is from the drawing, as a part of the distance between the
  /// outermost cells along that axis: a third of a percent of what lies on a cell goes across to
  /// the others, or comes from them; contact points come in the same size.
  package var cellPosition = 0.0031
  /// Curvature of a cell, per kilogram: 5e-5 of the load at 5 kg a cell.
  package var quadratic = 1e-5
  /// Temperature coefficient of a span, per kelvin: class C of OIML R 60 allows 0.7 of 1.5 v in
  /// 3000 v from 20 to 40 degC, 1.75e-5 per kelvin. Cells of one type are much alike in it, so that
  /// four fifths of its variance are common to all and one fifth is each cell's own.
  package var commonSpanPerKelvin = 1.1e-5
  package var spanPerKelvin = 0.55e-5
  /// What it is expected to be, per kelvin.
  package var meanSpanPerKelvin = 0.0
  /// Temperature coefficient of a cell's zero, kilograms per kelvin: class C of OIML R 60 allows
  /// 0.7 v_min in 5 K, 0.28 g per kelvin for cells of 20 kg with v_min = Emax/10 000, and anything
  /// within as likely.
  package var zeroPerKelvin = 0.00016
  /// How exactly people place a mass, metres; what the data say counts more when there are many
  /// placements.
  package var placing = 0.005
  /// Scatter of each cell's force by itself, as a part of it, beside hysteresis and creep of earlier
  /// loads, which are found from the loads (`LoadHistory`).
  package var forceScatter = 0.0
  /// Hysteresis and creep that all cells have alike, kilograms at loads of several kilograms; like
  /// `placing`.
  package var massScatter = 0.0002

  package init() {}

  /// The usual sizes, with those that a rig gives in their place.
  package init(_ spec: ScaleSpec?) {
    guard let coefficients = spec?.coefficients else { return }
    meanSpanPerKelvin = coefficients.span
    // Of one type, and so alike; half of the variance is each cell's own.
    commonSpanPerKelvin = coefficients.spanSigma * 0.5.squareRoot()
    spanPerKelvin = coefficients.spanSigma * 0.5.squareRoot()
    zeroPerKelvin = coefficients.zeroSigma
  }
}
