/// Text broken into lines between words.
enum TextWrap {
  /// `text` in lines of at most `width` characters, each behind `indent` spaces; a longer word
  /// stands alone.
  static func lines(_ text: String, indent: Int, width: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
      if line.count > indent, line.count + 1 + word.count > width {
        lines.append(line)
        line = margin
      }
      line += (line.count > indent ? " " : "") + word
    }
    return lines + [line]
  }
}
