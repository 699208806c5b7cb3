import Bundles
import Documents

/// Masses as a scale's page writes them, with as many decimals as the uncertainty is worth.
struct ScaleText {
  /// Of grams.
  private let decimals: Int

  /// Two figures of the smallest expanded uncertainty, one to four decimals.
  init(_ record: ScaleRecord?) {
    let least = (record?.uncertainty ?? []).compactMap(\.expanded).min().map { $0 * 1000 } ?? 0.1
    decimals = least >= 1 ? 1 : least >= 0.1 ? 2 : least >= 0.01 ? 3 : 4
  }

  /// Grams without their unit.
  func number(_ kilograms: Double?) -> String {
    kilograms.map { NumberLabel.fixed($0 * 1000, decimals) } ?? Self.none
  }

  /// The same with a sign; nothing has none.
  func signedNumber(_ kilograms: Double?) -> String {
    guard let kilograms else { return Self.none }
    let text = number(kilograms)
    let isZero = !text.contains { $0 != "0" && $0 != "." && $0 != "\u{2212}" }
    if isZero { return text.replacing("\u{2212}", with: "") }
    return kilograms > 0 ? "+" + text : text
  }

  func grams(_ kilograms: Double?) -> String {
    kilograms == nil ? Self.none : number(kilograms) + " g"
  }

  /// What was not found, or not given.
  static let none = "\u{2013}"

  /// A limit in grams: those of standards are round.
  static func limit(_ kilograms: Double) -> String { number(kilograms * 1000) }

  /// A number with the decimals that it has, three at most.
  static func number(_ value: Double) -> String {
    for decimals in 0..<3 {
      let text = NumberText.fixed(value, decimals)
      if let read = Double(text), abs(read - value) < 1e-6 * max(1, abs(value)) {
        return NumberLabel.fixed(value, decimals)
      }
    }
    return NumberLabel.fixed(value, 3)
  }

  /// A load: kilograms, or grams below one.
  static func mass(_ kilograms: Double) -> String {
    kilograms < 1 ? "\(number(kilograms * 1000)) g" : "\(number(kilograms)) kg"
  }

  static func date(_ time: UTCTime) -> String {
    time.description.replacing("T", with: " ").replacing("Z", with: " UTC")
  }
}
