/// A place where a scale is calibrated or used.
package struct GravitySite: Equatable, Sendable {
  /// The acceleration of gravity there, m/s².
  package let gravity: Double
  /// Degrees and metres that the value was computed from; nil for a measured one.
  package let place: (latitude: Double, height: Double)?
  /// True when the value was measured, not computed from the place.
  package var isMeasured: Bool { place == nil }

  package static func == (a: GravitySite, b: GravitySite) -> Bool {
    a.gravity == b.gravity && a.place?.latitude == b.place?.latitude
      && a.place?.height == b.place?.height
  }

  /// Values found on the Earth's surface, m/s², with room to either side.
  static let plausible = 9.74...9.86

  /// A place by latitude (degrees, north positive) and height (metres); throws when there is none.
  package init(latitude: Double, height: Double) throws(GravityError) {
    guard let gravity = LocalGravity.normal(latitude: latitude, height: height) else {
      throw .impossiblePlace(latitude: latitude, height: height)
    }
    self.gravity = gravity
    place = (latitude, height)
  }

  /// A place with a measured value, m/s²; throws when that cannot be on Earth.
  package init(measured gravity: Double) throws(GravityError) {
    guard Self.plausible.contains(gravity) else { throw .impossibleValue(gravity) }
    self.gravity = gravity
    place = nil
  }

  /// By what the readings of a scale calibrated at `self` are multiplied when used at `site`:
  /// g(calibration) / g(use). Load cells measure force; the mass is wanted.
  package func readingFactor(at site: GravitySite) -> Double { gravity / site.gravity }

  /// How much readings change by the move when nothing is corrected, as a part of the load.
  package func relativeChange(to site: GravitySite) -> Double {
    (site.gravity - gravity) / gravity
  }

  /// True when the change of gravity alone stays within a third of the maximum permissible error
  /// at Max, the rule by which PTB and WELMEC draw gravity zones: |Δg|/g <= mpe(Max)/(3 Max).
  /// Otherwise a new verification is due after the move.
  package func sharesZone(with site: GravitySite, scale: LegalScale) -> Bool {
    abs(relativeChange(to: site)) <= Self.zoneLimit(scale)
  }

  /// The widest relative difference of gravity in a zone for a scale: mpe(Max)/(3 Max), with the
  /// limits of initial verification.
  package static func zoneLimit(_ scale: LegalScale) -> Double {
    let error = scale.permissibleError(load: scale.capacity, when: .initialVerification)
    return Double(error.micrograms) / (3 * Double(scale.capacity.micrograms))
  }
}

/// Why a place has no gravity.
package enum GravityError: Error, Equatable {
  case impossiblePlace(latitude: Double, height: Double)
  case impossibleValue(Double)
}

extension GravityError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .impossiblePlace(let latitude, let height):
      "Latitude \(latitude) and height \(height) m is no place to weigh. Give degrees from -90 to "
        + "90, north positive, and metres above the sea from -500 to 9000."
    case .impossibleValue(let value):
      "Gravity is nowhere \(value) m/s^2 on Earth's surface. Give a value from 9.74 to 9.86."
    }
  }
}
