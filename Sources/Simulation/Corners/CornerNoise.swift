/// How a detector's corners differ from the exact ones.
package struct CornerNoise: Equatable, Sendable {
  /// What becomes of a view that does not show the whole board.
  package enum PartialViews: Equatable, Sendable {
    /// It is left out.
    case leftOut
    /// It becomes a grid whose place on the board is unknown: a plain checkerboard.
    case unanchored
    /// Its corners keep their identity: a board with markers.
    case anchored
  }

  /// The standard deviation per axis, pixels: each view has its own, as likely in each ratio.
  package var sigma: ClosedRange<Double>
  /// Within a view, each corner's standard deviation is the view's times or divided by up to this.
  package var spread: Double
  /// Stated over true standard deviation of every corner.
  package var statedFactor: Double
  /// The stated standard deviation of each corner is off by a factor whose logarithm is normal with
  /// this deviation.
  package var statedScatter: Double
  /// The part of corners that are gross outliers.
  package var outliers: Double
  /// Gross outliers lie up to this many pixels off; nil for anywhere in the picture.
  package var outlierReach: Double?
  /// The part of corners that are missing, here and there.
  package var missing: Double
  package var partialViews: PartialViews

  package init(
    sigma: ClosedRange<Double>, spread: Double = 1, statedFactor: Double = 1,
    statedScatter: Double = 0, outliers: Double = 0, outlierReach: Double? = nil,
    missing: Double = 0, partialViews: PartialViews = .leftOut
  ) {
    self.sigma = sigma
    self.spread = spread
    self.statedFactor = statedFactor
    self.statedScatter = statedScatter
    self.outliers = outliers
    self.outlierReach = outlierReach
    self.missing = missing
    self.partialViews = partialViews
  }

  /// The same standard deviation for all corners.
  package init(sigma: Double, outliers: Double = 0) {
    self.init(sigma: sigma...sigma, outliers: outliers)
  }
}
