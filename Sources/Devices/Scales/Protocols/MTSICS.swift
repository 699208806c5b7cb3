/// The Mettler-Toledo Standard Interface Command Set: lines of ASCII, ended by CR LF (MT-SICS
/// reference manual, levels 0 and 1).
package enum MTSICS {
  /// A command, with the end of its line.
  package enum Command: String, CaseIterable, Sendable {
    /// The next stable weight; the answer may take until the scale rests.
    case stableWeight = "S"
    /// The weight at once, stable or not.
    case weight = "SI"
    case zero = "Z"
    case zeroNow = "ZI"
    case model = "I2"
    case serialNumber = "I4"
    /// Ends whatever was asked before.
    case reset = "@"

    package var bytes: [UInt8] { Array("\(rawValue)\r\n".utf8) }
  }

  /// What a line says.
  package enum Response: Equatable, Sendable {
    /// An answer to S, SI, SR, T, TI or TA.
    case indication(ScaleIndication)
    /// The command cannot be carried out now.
    case notNow(command: String)
    case zeroed
    /// An answer to a question about the scale: command and text.
    case text(command: String, String)
    /// ES, ET or EL: the line was not understood, came damaged, or makes no sense here.
    case error(String)
  }

  /// What a line, without its end, says; nil for anything that is no answer.
  package static func response(_ line: [UInt8]) -> Response? {
    guard line.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    let words = line.split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard let command = words.first else { return nil }
    switch command {
    case "ES", "ET", "EL":
      return words.count == 1 ? .error(command) : nil
    case "S", "SI", "SR", "T", "TI", "TA":
      return weight(command, Array(words.dropFirst()))
    case "Z", "ZI":
      guard words.count == 2 else { return nil }
      switch words[1] {
      case "A", "S", "D": return .zeroed
      case "I": return .notNow(command: command)
      case "+": return .indication(ScaleIndication(value: nil, unit: nil, status: .over))
      case "-": return .indication(ScaleIndication(value: nil, unit: nil, status: .under))
      default: return nil
      }
    case "I0", "I1", "I2", "I3", "I4", "I5":
      guard words.count >= 2 else { return nil }
      if words[1] == "I", words.count == 2 { return .notNow(command: command) }
      guard words[1] == "A" || words[1] == "B" else { return nil }
      // The text stands in quotation marks and may hold spaces.
      let quote = UInt8(ascii: "\"")
      guard let first = line.firstIndex(of: quote), let last = line.lastIndex(of: quote),
        last > first
      else { return nil }
      return .text(
        command: command, String(decoding: line[(first + 1)..<last], as: UTF8.self))
    default: return nil
    }
  }

  /// `S S     100.00 g`, `S D     100.00 g`, `S I`, `S +`, `S -`; a tare has A in place of S or D too.
  private static func weight(_ command: String, _ words: [String]) -> Response? {
    guard let kind = words.first else { return nil }
    switch (kind, words.count) {
    case ("I", 1), ("L", 1): return .notNow(command: command)
    case ("+", 1): return .indication(ScaleIndication(value: nil, unit: nil, status: .over))
    case ("-", 1): return .indication(ScaleIndication(value: nil, unit: nil, status: .under))
    case ("S", 3), ("D", 3), ("A", 3):
      guard let value = DecimalNumber.value(words[1].utf8), let unit = ScaleUnit(symbol: words[2])
      else { return nil }
      let rest: ScaleStatus = kind == "D" ? .motion : .stable
      return .indication(
        ScaleIndication(
          value: value, unit: unit, status: command.hasPrefix("T") ? rest.union(.net) : rest))
    default: return nil
    }
  }
}
