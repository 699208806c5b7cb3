import Glibc

/// The density of moist air.
package enum AirDensity {
  /// kg/m³, by the short formula of CIPM (OIML R 111-1:2004, E.3.1), good to 2e-4 of the value
  /// from 900 to 1100 hPa, 10 to 30 degC and below 80 % humidity.
  ///
  /// - Parameters: pressure in hPa, relative humidity in %, temperature in degC.
  package static func density(pressure: Double, humidity: Double, temperature: Double) -> Double {
    (0.34848 * pressure - 0.009 * humidity * exp(0.061 * temperature)) / (273.15 + temperature)
  }
}
