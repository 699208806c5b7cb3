import Documents

/// Values of one column, each with one standard deviation.
struct Deviation {
  /// Places behind the point, for values and deviations.
  let decimals: Int

  /// As many places as the smallest of the deviations needs for its first digit, at least one;
  /// `usual` where there is none to go by.
  init(_ sigmas: [Double?], usual: Int) {
    let known = sigmas.compactMap { $0 }.filter { $0.isFinite && $0 > 0 }
    guard let least = known.min() else {
      decimals = usual
      return
    }
    var places = 1
    var unit = 0.1
    while places < 4, least < 0.95 * unit {
      unit /= 10
      places += 1
    }
    decimals = places
  }

  /// "533.92 \u{00B1} 0.41"; where the data leave the value open, a question mark stands for the
  /// deviation. A dash where there is no value.
  func text(_ value: Double?, _ sigma: Double?) -> String {
    guard let value else { return "-" }
    return NumberLabel.fixed(value, decimals) + " " + text(sigma)
  }

  /// The deviation alone, with its sign; what is below the places is stated as less.
  func text(_ sigma: Double?) -> String {
    guard let sigma, sigma.isFinite else { return "\u{00B1}\u{00A0}?" }
    let unit = (0..<decimals).reduce(1.0) { unit, _ in unit / 10 }
    return sigma > 0 && sigma < unit / 2
      ? "\u{00B1}\u{00A0}<\(NumberText.fixed(unit, decimals))"
      : "\u{00B1}\u{00A0}\(NumberText.fixed(sigma, decimals))"
  }
}
