import Documents

extension BoardSheet {
  /// The sheet as SVG, in millimetres: one unit of its coordinates is one millimetre.
  package var svg: String {
    let size = "width=\"\(Self.number(paper.width))mm\" height=\"\(Self.number(paper.height))mm\""
    let box = "viewBox=\"0 0 \(Self.number(paper.width)) \(Self.number(paper.height))\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" \(size) \(box)>",
      "<title>\(board.word)</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
    ]
    if let ground { lines.append(Self.path([ground], "#000000")) }
    lines.append(Self.path(shapes, ground == nil ? "#000000" : "#ffffff"))
    lines.append(Self.path(marks, "#000000"))
    for text in texts {
      lines.append(
        "<text x=\"\(Self.number(text.place.x))\" y=\"\(Self.number(text.place.y))\" "
          + "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"\(Self.number(text.height))\" "
          + "fill=\"#000000\">\(text.words)</text>")
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func path(_ outlines: [Outline], _ colour: String) -> String {
    let subpaths = outlines.map { outline in
      "M" + outline.points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: "L") + "Z"
    }
    return
      "<path fill=\"\(colour)\" fill-rule=\"evenodd\" d=\"\(subpaths.joined(separator: "\n"))\"/>"
  }

  /// Millimetres to a tenth of a micrometre.
  static func number(_ value: Double) -> String {
    var text = NumberText.fixed(value, 4)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
