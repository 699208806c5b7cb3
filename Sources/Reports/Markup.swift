import Documents

/// A piece of HTML or SVG. Text and attribute values are escaped wherever they come from, and every
/// element is closed, so that a page is whole whatever names it shows.
struct Markup {
  private(set) var html: String

  /// Nothing at all.
  static let none = Markup(html: "")

  private init(html: String) { self.html = html }

  /// Text, made safe to show; of a longer text than `limit` characters the end is cut.
  static func text(_ text: String, limit: Int = 1000) -> Markup {
    Markup(
      html: isPlain(text) && text.utf8.count <= limit ? text : SafeText.html(text, limit: limit))
  }

  /// An element with its content.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:], _ content: [Markup]
  ) -> Markup {
    var html = "<\(name)"
    append(attributes, to: &html)
    html += ">"
    for piece in content { html += piece.html }
    html += "</\(name)>"
    return Markup(html: html)
  }

  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:], _ content: Markup...
  ) -> Markup {
    element(name, attributes, content)
  }

  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:], _ text: String
  ) -> Markup {
    element(name, attributes, [.text(text)])
  }

  /// One of HTML's elements that have no content and no end.
  static func void(
    _ name: StaticString, _ attributes: KeyValuePairs<String, String> = [:]
  ) -> Markup {
    var html = "<\(name)"
    append(attributes, to: &html)
    return Markup(html: html + ">")
  }

  /// What stands in the program's own text: a style sheet, a script.
  static func verbatim(_ text: StaticString) -> Markup { Markup(html: "\(text)") }

  /// Several pieces, one after the other.
  static func list(_ pieces: [Markup]) -> Markup {
    Markup(html: pieces.map(\.html).joined(separator: "\n"))
  }

  private static func append(
    _ attributes: KeyValuePairs<String, String>, to html: inout String
  ) {
    for (name, value) in attributes {
      html += " \(name)=\""
      html += isPlain(value) ? value : SafeText.html(value)
      html += "\""
    }
  }

  /// Printable ASCII without what HTML or `SafeText` would write otherwise.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "'"), UInt8(ascii: "\\"):
        false
      default: (0x20...0x7E).contains(byte)
      }
    }
  }
}
