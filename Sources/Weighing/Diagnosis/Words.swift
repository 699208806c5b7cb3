import Documents

/// Quantities as findings say them.
enum Words {
  /// Grams with two significant places or so, without sign.
  static func grams(_ kilograms: Double) -> String {
    let grams = abs(kilograms) * 1000
    return "\(NumberText.fixed(grams, grams < 10 ? 2 : grams < 100 ? 1 : 0)) g"
  }

  static func kilograms(_ kilograms: Double) -> String {
    kilograms < 1 ? "\(NumberText.fixed(kilograms * 1000, 0)) g" : "\(trimmed(kilograms)) kg"
  }

  /// A place on the platform by its corner: `front left` has no meaning without a rig, so metres.
  static func place(_ place: SIMD2<Double>) -> String {
    "(\(NumberText.fixed(place.x, 2)), \(NumberText.fixed(place.y, 2))) m"
  }

  private static func trimmed(_ value: Double) -> String {
    value == value.rounded() ? NumberText.fixed(value, 0) : NumberText.fixed(value, 3)
  }
}
