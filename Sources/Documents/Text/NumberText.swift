/// Numbers for people: a fixed count of decimals, no exponent.
package enum NumberText {
  /// `value` with `decimals` places, rounded to nearest; very large values and non-numbers as Swift
  /// writes them.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled.isFinite, scaled < 1e15 else { return "\(value)" }
    let digits = String(Int(scaled)).leftPaddedWithZeros(to: decimals + 1)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  /// The same, or a dash where there is no value.
  package static func fixed(_ value: Double?, _ decimals: Int) -> String {
    value.map { fixed($0, decimals) } ?? "-"
  }

  /// `count` with the noun it counts: "1 view", "2 views"; `plural` where an s does not make it.
  package static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

extension String {
  fileprivate func leftPaddedWithZeros(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
