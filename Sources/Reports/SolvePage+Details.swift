import Bundles
import Documents
import Geometry

extension SolvePage {
  private static let rowLimit = 25

  /// The corners left out, the furthest off first; nil where that is unknown.
  var leftOut: Markup? {
    guard residuals != nil else { return nil }
    let all = names.flatMap { name in
      (evidence[name]?.leftOut ?? []).map { (camera: name, corner: $0) }
    }
    let title = Markup.element("h2", [:], "Corners left out")
    guard !all.isEmpty else {
      return .element("section", [:], title, .element("p", [:], "None."))
    }
    func size(_ corner: CameraEvidence.LeftOut) -> Double { corner.residual?.length ?? .infinity }
    let order = all.indices.sorted {
      let (a, b) = (size(all[$0].corner), size(all[$1].corner))
      return a == b ? $0 < $1 : a > b
    }
    var table = PageTable([
      ("picture", .text), ("column, row", .number), ("seen at px", .number),
      ("off by px", .number), ("right px", .number), ("down px", .number), ("why", .text),
    ])
    for index in order.prefix(Self.rowLimit) {
      let (camera, corner) = all[index]
      let position = corner.position.map {
        "\(NumberLabel.fixed($0.x, 1)), \(NumberLabel.fixed($0.y, 1))"
      }
      table.add([
        "\(camera)/\(corner.image)", "\(corner.column), \(corner.row)", position ?? "-",
        NumberLabel.fixed(corner.residual?.length, 3), NumberLabel.fixed(corner.residual?.x, 3),
        NumberLabel.fixed(corner.residual?.y, 3), Self.reason(corner.reason),
      ])
    }
    var content = [title, table.markup]
    if all.count > Self.rowLimit {
      content.append(
        .element(
          "p", ["class": "over"],
          "And \(NumberLabel.count(all.count - Self.rowLimit)) more, in "
            + "\(ResidualsDocument.path)."))
    }
    return .element("section", [:], content)
  }

  private static func reason(_ code: String) -> String {
    switch code {
    case "beyond_4_sigma": "does not fit its view"
    case "view_does_not_fit": "its whole view does not fit the others"
    case "not_in_picture": "outside the picture"
    default: code
    }
  }

  /// Where all of it comes from.
  var footer: Markup? {
    var lines = [
      "Made by \(bundle.software.name) \(bundle.software.version) from board "
        + "\(bundle.board.word).",
      "RMS is the square root of the mean of dx\u{00B2} + dy\u{00B2} over corners. Pixel (0, 0) is "
        + "the centre of the top-left pixel. Camera axes: x right, y down, z forward.",
    ]
    if let parent = bundle.parent {
      lines.append("In force when this was made: revision \(parent.revision).")
    }
    return .element("footer", ["class": "foot"], lines.map { .element("p", [:], $0) })
  }
}
