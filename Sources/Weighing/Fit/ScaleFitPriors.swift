/// What is known of a scale before any placement: one standard deviation each.
package struct ScaleFitPriors: Equatable, Sendable {
  /// Scatter of the cells' gains about their common, free value, as a part of it.
  package var gainScatter = 0.03
  /// How far a cell's effective position is from the drawing, metres: contact points and some
  /// 0.3 % of crosstalk over half a metre.
  package var cellPosition = 0.002
  /// Curvature of a cell, per kilogram: 5e-5 of the load at 5 kg a cell.
  package var quadratic = 1e-5
  /// Temperature coefficient of a span, per kelvin: the size that class III instruments are taken
  /// to have.
  package var spanPerKelvin = 1.5e-5
  /// How exactly people place a mass, metres; what the data say counts more when there are many
  /// placements.
  package var placing = 0.005
  /// Creep, hysteresis and scatter of a cell's force, as a part of it; like `placing`.
  package var forceScatter = 3e-5

  package init() {}
}
