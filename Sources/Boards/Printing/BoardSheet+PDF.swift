import Documents

extension BoardSheet {
  /// The sheet as PDF (ISO 32000-1), version 1.6: one page, vector outlines, and the wish that
  /// viewers do not scale it to the printer's paper.
  package var pdf: [UInt8] {
    var objects: [String] = []
    let content = self.content
    let (width, height) = (Self.points(paper.width), Self.points(paper.height))
    objects.append(
      "<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None "
        + "/PickTrayByPDFSize true >> >>")
    objects.append("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    objects.append(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] "
        + "/Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>")
    objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)endstream")
    objects.append(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append("<< /Title (\(Self.escaped(board.word))) >>")
    var text = "%PDF-1.6\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      let digits = String(offset)
      text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 6 0 R >>\n"
    text += "startxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }

  /// The page's drawing, in millimetres with y down.
  private var content: String {
    let scale = Self.pointsPerMillimetre
    var lines = [
      "\(Self.precise(scale)) 0 0 \(Self.precise(-scale)) 0 \(Self.points(paper.height)) cm"
    ]
    if let ground { lines += ["0 g"] + Self.path([ground]) }
    lines += [ground == nil ? "0 g" : "1 g"] + Self.path(shapes)
    lines += ["0 g"] + Self.path(marks)
    for text in texts {
      // Letters stand upright although y runs down.
      lines.append(
        "BT /F1 \(Self.number(text.height)) Tf 1 0 0 -1 \(Self.number(text.place.x)) "
          + "\(Self.number(text.place.y)) Tm (\(Self.escaped(text.words))) Tj ET")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let pointsPerMillimetre = 72 / 25.4

  private static func path(_ outlines: [Outline]) -> [String] {
    outlines.map { outline in
      outline.points.enumerated().map { index, point in
        "\(number(point.x)) \(number(point.y)) \(index == 0 ? "m" : "l")"
      }.joined(separator: " ") + " h"
    } + ["f*"]
  }

  private static func points(_ millimetres: Double) -> String {
    precise(millimetres * pointsPerMillimetre)
  }

  private static func precise(_ value: Double) -> String { NumberText.fixed(value, 8) }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
  }
}
