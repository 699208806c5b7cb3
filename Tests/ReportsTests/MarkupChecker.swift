/// Reads HTML as strictly as XML, void elements aside: every element is closed in turn, every
/// attribute is quoted and stands once, and `<` and `&` stand nowhere as themselves.
struct MarkupChecker {
  private static let void: Set<String> = ["meta"]
  private static let verbatim: Set<String> = ["style", "script"]

  /// What is wrong, each with what stands around it; empty when nothing is.
  private(set) var problems: [String] = []
  /// How often each element stands there.
  private(set) var elements: [String: Int] = [:]
  /// All text outside styles and scripts, references left as they are.
  private(set) var text = ""

  private var open: [String] = []

  init(_ html: String) { read(html) }

  private mutating func read(_ html: String) {
    var rest = Substring(html)
    let doctype = "<!DOCTYPE html>\n"
    if rest.hasPrefix(doctype) { rest.removeFirst(doctype.count) } else { note("no doctype", rest) }
    while let start = rest.firstIndex(of: "<") {
      take(text: rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else { return note("no end", rest) }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        if open.popLast() != String(tag.dropFirst()) { note("closes another", tag) }
        continue
      }
      let name = String(tag.prefix { !$0.isWhitespace })
      elements[name, default: 0] += 1
      checkAttributes(tag.dropFirst(name.count))
      if Self.void.contains(name) { continue }
      open.append(name)
      if Self.verbatim.contains(name) {
        guard let close = rest.firstRange(of: "</") else { return note("no end", rest) }
        rest = rest[close.lowerBound...]
      }
    }
    take(text: rest)
    if !open.isEmpty { note("left open", Substring(open.joined(separator: " "))) }
  }

  private mutating func take(text piece: Substring) {
    text += piece
    if piece.contains(where: { $0 == ">" || $0 == "\"" }) { note("a bare character", piece) }
    checkReferences(piece)
  }

  private mutating func checkReferences(_ piece: Substring) {
    for part in piece.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    where !["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: part.hasPrefix) {
      note("a bare &", part)
    }
  }

  private mutating func checkAttributes(_ words: Substring) {
    var rest = words
    var seen: Set<String> = []
    while let match = rest.prefixMatch(of: /\ ([a-zA-Z-]+)="([^"<>]*)"/) {
      if !seen.insert(String(match.1)).inserted { note("twice", match.1) }
      checkReferences(match.2)
      rest = rest[match.range.upperBound...]
    }
    if !rest.isEmpty { note("no attribute", rest) }
  }

  private mutating func note(_ problem: String, _ place: Substring) {
    problems.append("\(problem): \(place.prefix(60))")
  }
}
