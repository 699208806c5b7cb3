import Bundles
import Documents
import Geometry
import Imaging

extension SolvePage {
  private static let rowLimit = 16

  /// The corners left out of all cameras, the furthest off first; where one could not be predicted
  /// at all, before the others.
  static func worstFirst(
    _ names: [String], _ evidence: [String: CameraEvidence]
  ) -> [LeftOutCorner] {
    let all = names.flatMap { name in
      (evidence[name]?.leftOut ?? []).map { LeftOutCorner(camera: name, corner: $0) }
    }
    let sizes = all.map { $0.corner.residual?.length ?? .infinity }
    let order = all.indices.sorted {
      sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1]
    }
    return order.map { all[$0] }
  }

  /// What the pictures show of the worst corners, a few of each picture.
  static func crops(
    of corners: [LeftOutCorner], _ cameras: [String: CameraRecord],
    _ picture: (_ camera: String, _ image: String) -> GreyImage?
  ) -> [Int: CornerCrop] {
    var chosen: [[String]: [Int]] = [:]
    var order: [[String]] = []
    var count = 0
    for (index, entry) in corners.enumerated() where entry.corner.position != nil {
      guard count < CornerCrop.limit else { break }
      let key = [entry.camera, entry.corner.image]
      if chosen[key] == nil { order.append(key) }
      guard chosen[key, default: []].count < CornerCrop.limitPerPicture else { continue }
      chosen[key, default: []].append(index)
      count += 1
    }
    var crops: [Int: CornerCrop] = [:]
    var budget = CornerCrop.pixelsDecoded
    for key in order {
      let size = cameras[key[0]].map { $0.width.multipliedReportingOverflow(by: $0.height) }
      guard let size, !size.overflow, size.partialValue <= budget else { continue }
      budget -= size.partialValue
      guard let image = picture(key[0], key[1]) else { continue }
      for index in chosen[key] ?? [] {
        guard let position = corners[index].corner.position else { continue }
        crops[index] = CornerCrop(image, round: position)
      }
    }
    return crops
  }

  /// The corners left out, in pictures and as a table; nil where that is unknown.
  var leftOut: Markup? {
    guard residuals != nil else { return nil }
    let title = Markup.element("h2", [:], "Corners left out")
    guard !leftOutCorners.isEmpty else {
      return .element("section", [:], title, .element("p", [:], "None."))
    }
    var content = [title]
    if crops.isEmpty {
      content.append(.element("p", ["class": "over"], noPictures))
    } else {
      content.append(
        .element(
          "p", ["class": "over"],
          "A ring marks where the corner was seen, a cross where the solution puts it."))
      content.append(
        .element("div", ["class": "crops"], crops.keys.sorted().compactMap { cropFigure($0) }))
    }
    content.append(leftOutTable)
    if leftOutCorners.count > Self.rowLimit {
      content.append(
        .element(
          "p", ["class": "over"],
          "And \(NumberLabel.count(leftOutCorners.count - Self.rowLimit)) more, in "
            + "\(ResidualsDocument.path)."))
    }
    return .element("section", [:], content)
  }

  private var noPictures: String {
    guard let session = bundle.session else {
      return "Corners alone were given, so the pictures cannot be shown."
    }
    return "The pictures cannot be shown: they are not in \(session) on this computer, or were "
      + "written after this calibration."
  }

  private func cropFigure(_ index: Int) -> Markup? {
    guard let crop = crops[index] else { return nil }
    let (camera, corner) = (leftOutCorners[index].camera, leftOutCorners[index].corner)
    let size = corner.residual.map { ", off by \(PixelScale.text($0.length)) px" } ?? ""
    return .element(
      "figure", [:], crop.drawing(corner),
      .element(
        "figcaption", [:],
        .element("div", [:], [.text("\(camera)/\(corner.image)", limit: 90)]),
        .element("div", [:], "corner \(corner.column), \(corner.row)\(size)")))
  }

  private var leftOutTable: Markup {
    var table = PageTable([
      ("picture", .text), ("column, row", .number), ("seen at px", .number),
      ("off by px", .number), ("right px", .number), ("down px", .number), ("why", .phrase),
    ])
    for entry in leftOutCorners.prefix(Self.rowLimit) {
      let corner = entry.corner
      let position = corner.position.map {
        "\(NumberLabel.fixed($0.x, 1)), \(NumberLabel.fixed($0.y, 1))"
      }
      table.add([
        "\(entry.camera)/\(corner.image)", "\(corner.column), \(corner.row)", position ?? "-",
        NumberLabel.fixed(corner.residual?.length, 3), NumberLabel.fixed(corner.residual?.x, 3),
        NumberLabel.fixed(corner.residual?.y, 3), Self.reason(corner.reason),
      ])
    }
    return table.markup
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
        + "\(bundle.board?.word ?? "none").",
      "RMS is the square root of the mean of dx\u{00B2} + dy\u{00B2} over corners. Pixel (0, 0) is "
        + "the centre of the top-left pixel. Camera axes: x right, y down, z forward.",
    ]
    if let parent = bundle.parent {
      lines.append("In force when this was made: revision \(parent.revision).")
    }
    return .element("footer", ["class": "foot"], lines.map { .element("p", [:], $0) })
  }
}
