import Glibc

/// The acceleration of gravity at a place, m/s².
package enum LocalGravity {
  /// The value by which conventional units of force are defined (3rd CGPM, 1901).
  package static let standard = 9.80665

  /// Which ellipsoid normal gravity is computed on.
  package enum Ellipsoid: String, CaseIterable, Codable, Sendable {
    /// World Geodetic System 1984 (NIMA TR8350.2, 3rd edition, section 4).
    case wgs84
    /// Geodetic Reference System 1980 (H. Moritz, Bulletin Géodésique 54, 1980).
    case grs80

    /// Gravity at the equator (m/s²), Somigliana's k, and the first eccentricity squared.
    var constants: (equator: Double, k: Double, eccentricitySquared: Double) {
      switch self {
      case .wgs84: (9.7803253359, 0.00193185265241, 0.00669437999013)
      case .grs80: (9.7803267715, 0.001931851353, 0.0066943800229)
      }
    }
  }

  /// Normal gravity, m/s², at a geodetic latitude (degrees) and a height above the ellipsoid or,
  /// near enough for scales, the sea (metres): Somigliana's formula with the free-air gradient of
  /// 3.086e-6 /s².
  ///
  /// True gravity differs by anomalies of up to some 1e-4 m/s² in hilly country, 1e-5 of the
  /// value; a measured value is better. Nil beyond the poles, and beyond -500 m and 9000 m, where
  /// no cart is used.
  package static func normal(
    latitude: Double, height: Double, ellipsoid: Ellipsoid = .wgs84
  ) -> Double? {
    guard abs(latitude) <= 90, height >= -500, height <= 9000 else { return nil }
    let (equator, k, eccentricitySquared) = ellipsoid.constants
    let sine = sin(latitude * .pi / 180)
    let square = sine * sine
    let atSeaLevel = equator * (1 + k * square) / (1 - eccentricitySquared * square).squareRoot()
    return atSeaLevel - 3.086e-6 * height
  }
}
