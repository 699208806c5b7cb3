/// A sheet of paper, millimetres.
package struct PaperSize: Equatable, Sendable {
  /// As people call it, for example `a4`.
  package let name: String
  package let width: Double
  package let height: Double

  /// ISO 216 and the sizes of North America, upright, smallest first within each.
  package static let iso: [PaperSize] = [
    .init(name: "a4", width: 210, height: 297), .init(name: "a3", width: 297, height: 420),
    .init(name: "a2", width: 420, height: 594), .init(name: "a1", width: 594, height: 841),
    .init(name: "a0", width: 841, height: 1189),
  ]
  package static let american: [PaperSize] = [
    .init(name: "letter", width: 215.9, height: 279.4),
    .init(name: "legal", width: 215.9, height: 355.6),
    .init(name: "tabloid", width: 279.4, height: 431.8),
  ]

  /// The bounds of sheets of one's own, millimetres.
  package static let sides = 50.0...3000.0

  package init(name: String, width: Double, height: Double) {
    self.name = name
    self.width = width
    self.height = height
  }

  /// The paper a word names: a size's name, or width x height in millimetres, `500x400`.
  package init(word: String) throws(BoardPrintError) {
    let name = word.lowercased()
    if let known = (Self.iso + Self.american).first(where: { $0.name == name }) {
      self = known
      return
    }
    let sides = name.split(separator: "x", omittingEmptySubsequences: false).map { text in
      text.allSatisfy { $0 == "." || ($0.isASCII && $0.isNumber) } ? Double(text) : nil
    }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      Self.sides.contains(width), Self.sides.contains(height)
    else { throw .unknownPaper(word) }
    self.init(name: name, width: width, height: height)
  }

  /// The same, turned by a quarter.
  package var turned: PaperSize { PaperSize(name: name, width: height, height: width) }
}
