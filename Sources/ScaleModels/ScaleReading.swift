/// What lies on a scale, and how sure that is.
public struct ScaleReading: Equatable, Sendable {
  /// Mass, kilograms (conventional mass: what a balance in air compares).
  public let mass: Double
  /// Centre of pressure, metres in the platform's axes. Infinite or NaN for an empty scale; look
  /// at `covariance` before using it.
  public let x: Double
  public let y: Double
  /// Covariance of (mass, x, y), 3x3, row-major: kg², kg m, m².
  public let covariance: [Double]

  /// Standard uncertainty of the mass, kilograms.
  public var massSigma: Double { covariance[0].squareRoot() }
  /// Root of the sum of the variances of x and y, metres.
  public var radialSigma: Double { (covariance[4] + covariance[8]).squareRoot() }
}
