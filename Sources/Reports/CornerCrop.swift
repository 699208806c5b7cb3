import Geometry
import Imaging

/// What a picture shows round a corner that was left out.
struct CornerCrop {
  /// Sides of a crop, pixels; smaller pictures are shown whole.
  private static let side = 96
  /// Crops on a page, and of one picture: a view that does not fit must not hide the others.
  static let limit = 12
  static let limitPerPicture = 2
  /// Pixels of all pictures that a page looks into: some 0.2 s of decoding.
  static let pixelsDecoded = 50_000_000

  /// As a PNG.
  private let bytes: [UInt8]
  /// The pixel that stands at the upper left.
  private let origin: Vector2
  private let size: Vector2

  /// The part of `picture` round a pixel; nil when the pixel lies outside.
  init?(_ picture: GreyImage, round place: Vector2) {
    let (width, height) = (Double(picture.width), Double(picture.height))
    guard place.x > -0.5, place.y > -0.5, place.x < width - 0.5, place.y < height - 0.5 else {
      return nil
    }
    let columns = min(Self.side, picture.width)
    let rows = min(Self.side, picture.height)
    let left = min(max(Int(place.x.rounded()) - columns / 2, 0), picture.width - columns)
    let top = min(max(Int(place.y.rounded()) - rows / 2, 0), picture.height - rows)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(columns * rows)
    for row in top..<top + rows {
      let start = row * picture.width + left
      pixels += picture.pixels[start..<start + columns]
    }
    do throws(ImagingError) {
      bytes = try PNGEncoder.encode(GreyImage(width: columns, height: rows, pixels: pixels))
    } catch {
      return nil
    }
    origin = Vector2(Double(left), Double(top))
    size = Vector2(Double(columns), Double(rows))
  }

  /// The crop with a ring where the corner was seen and, where it is known, a cross where the
  /// solution puts it.
  func drawing(_ corner: CameraEvidence.LeftOut) -> Markup {
    var content = [
      Markup.element(
        "image",
        [
          "width": PathData.coordinate(size.x), "height": PathData.coordinate(size.y),
          "href": "data:image/png;base64,\(Base64.text(bytes))",
        ], [])
    ]
    if let position = corner.position {
      // Pixel (0, 0) is the centre of the top-left pixel.
      let seen = position - origin + Vector2(0.5, 0.5)
      var marks = PathData()
      if let residual = corner.residual, residual.length.isFinite {
        let put = seen - residual
        marks.move(seen)
        marks.line(put)
        marks.cross(put, size: 2.5)
      }
      for name in ["halo", "mark"] {
        content.append(.element("path", ["class": name, "d": marks.text], []))
        content.append(
          .element(
            "circle",
            [
              "class": name, "cx": PathData.coordinate(seen.x), "cy": PathData.coordinate(seen.y),
              "r": "8",
            ], []))
      }
    }
    return .element(
      "svg",
      [
        "viewBox": "0 0 \(PathData.coordinate(size.x)) \(PathData.coordinate(size.y))",
        "role": "img", "aria-label": "Corner left out",
      ], content)
  }
}
