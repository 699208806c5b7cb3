/// What is particular to the converters that load cells hang on, by the name of their driver.
package enum LoadCellConverter {
  /// What is added to a raw reading so that an unloaded bridge reads about 0. `attribute` is the
  /// driver's own `_offset`, where it has one.
  ///
  /// The hx711 driver hands out offset binary, 24 bits with 2^23 for zero, and has no `_offset` to
  /// say so (drivers/iio/adc/hx711.c).
  package static func offset(driver: String?, attribute: Double?) -> Double {
    if let attribute { return attribute }
    return driver == "hx711" ? -8_388_608 : 0
  }

  /// The counts, offset added, at which a converter of `bits` bits can go no further. A reading there
  /// is no reading: the bridge is overloaded, torn off, or short-circuited.
  package static func isSaturated(_ counts: Double, bits: Int = 24) -> Bool {
    let half = Double(UInt64(1) << UInt64(bits - 1))
    return counts >= half - 1 || counts <= -half
  }
}
