/// Numbers as every reader of every format takes them.
enum ExportNumbers {
  /// The shortest decimal that reads back as the same number, with a point: YAML 1.1 takes `1e-05`
  /// for text, and OpenCV `5` for an integer.
  static func text(_ value: Double) -> String {
    let text = "\(value)"
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  static func list(_ values: [Double]) -> String {
    values.map(text).joined(separator: ", ")
  }
}
