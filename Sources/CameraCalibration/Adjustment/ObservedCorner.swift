/// One corner as the adjustment sees it: its place on the board, where it was seen, its weight.
struct ObservedCorner {
  /// Position on the flat board, metres.
  var boardX: Double
  var boardY: Double
  /// 1 - u^2 and 1 - v^2: how much of the bend along x and y the corner takes part in.
  var bendX: Double
  var bendY: Double
  /// Where it was seen, pixels.
  var x: Double
  var y: Double
  /// One over the standard deviation, 1/pixels. Zero for a corner that is thrown out.
  var weight: Double
  /// The weight it had before it was thrown out, or has.
  var fullWeight: Double
}

/// How large residuals count.
enum RobustLoss: Equatable {
  /// The sum of squares.
  case squares
  /// c^2 log(1 + e^2/c^2), with e the weighted distance and c the scale.
  ///
  /// Source: W. Holland, R. Welsch, "Robust regression using iteratively reweighted least-squares",
  /// Communications in Statistics 6 (1977), table 1.
  case cauchy(scale: Double)
}
