/// Makes text from devices, files and people safe to show: nothing invisible, nothing that moves
/// the cursor or turns the reading direction, no more than a bounded length.
public enum SafeText {
  /// One line for a terminal or a log. Control, invisible, direction-changing, private and
  /// unassigned characters and line breaks become `\u{HEX}`; a backslash is doubled, so that the
  /// result is unambiguous; text beyond `limit` characters is cut with a note.
  public static func line(_ text: String, limit: Int = 200) -> String {
    escape(text, limit: limit, keepingNewlines: false)
  }

  /// Several lines for a terminal: like `line`, but newlines stay, and backslashes are left alone.
  public static func lines(_ text: String, limit: Int = 20_000) -> String {
    escape(text, limit: limit, keepingNewlines: true)
  }

  /// Text for HTML content and quoted attributes: like `line`, and `& < > " '` as references.
  public static func html(_ text: String, limit: Int = 2000) -> String {
    var result = ""
    for scalar in line(text, limit: limit).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func escape(_ text: String, limit: Int, keepingNewlines: Bool) -> String {
    var result = ""
    var count = 0
    var marks = 0
    for scalar in text.unicodeScalars {
      guard count < limit else {
        return result + "... (\(text.unicodeScalars.count - count) more characters)"
      }
      count += 1
      marks = scalar.properties.generalCategory == .nonspacingMark ? marks + 1 : 0
      if scalar == "\\", !keepingNewlines {
        result += "\\\\"
      } else if scalar == "\n", keepingNewlines {
        result += "\n"
      } else if isPlain(scalar), marks <= 3 {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return result
  }

  /// Visible, in one place, and read in the direction it stands.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .enclosingMark:
      return false
    default:
      return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
