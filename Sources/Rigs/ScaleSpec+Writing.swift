import Weighing

extension ScaleSpec {
  /// The lines of a rig file's section that say this; reading them back gives the same to the last digits.
  ///
  /// - Parameters:
  ///   - number: how a number is written.
  ///   - quoted: how a text is written.
  func yamlLines(number: (Double) -> String, quoted: (String) -> String) -> [String] {
    var lines: [String] = []
    if let legal {
      let ranges = legal.ranges.map {
        "{max_kg: \(number($0.capacity.kilograms)), e_g: \(number($0.interval.grams))}"
      }
      lines.append("  class: \(legal.accuracyClass.rawValue)")
      lines.append("  ranges: [\(ranges.joined(separator: ", "))]")
    }
    lines.append("  cells:")
    for cell in cells {
      let sensitivity = cell.kilogramsPerCount.map { ", kg_per_count: \($0)" } ?? ""
      lines.append(
        "    \(quoted(cell.name)): {xy_m: [\(number(cell.position.x)), "
          + "\(number(cell.position.y))]\(sensitivity)}")
    }
    if let platform {
      lines.append("  platform_m: [\(number(platform.x)), \(number(platform.y))]")
    }
    if converter != Converter() {
      lines.append(
        "  converter: {bits: \(converter.bits), rate_hz: \(number(converter.rate)), "
          + "mains_hz: \(number(converter.mains))}")
    }
    if let site { lines.append("  site: \(Self.site(site, number))") }
    if !typeTests.isEmpty { lines.append("  type_tests:") }
    for test in typeTests {
      lines.append("    - {test: \(test.test.rawValue), document: \(quoted(test.document))}")
    }
    if let coefficients {
      lines.append(
        "  temperature: {span_per_k: \(coefficients.span), "
          + "span_sigma_per_k: \(coefficients.spanSigma), "
          + "zero_sigma_g_per_k: \(number(coefficients.zeroSigma * 1000))}")
    }
    if rule != .guardBanded { lines.append("  decision_rule: \(rule.rawValue)") }
    return lines
  }

  /// A place by what it was given by, so that the file says it as its writer did.
  private static func site(_ site: GravitySite, _ number: (Double) -> String) -> String {
    guard let place = site.place else { return "{gravity_m_s2: \(number(site.gravity))}" }
    return "{latitude_deg: \(number(place.latitude)), height_m: \(number(place.height))}"
  }
}
