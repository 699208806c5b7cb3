package import Geometry
import Glibc

/// The light that falls on a scene, in the picture: places are parts of the picture's width from its
/// middle.
package struct SceneLight: Equatable, Sendable {
  /// An edge of shade, soft.
  package struct Shade: Equatable, Sendable {
    /// A point on the edge, and the direction into the shade.
    package var place: Vector2
    package var direction: Vector2
    /// How wide the edge is.
    package var softness: Double
    /// The part of the light that is missing there.
    package var depth: Double
  }

  /// A lamp mirrored by the board.
  package struct Glare: Equatable, Sendable {
    package var place: Vector2
    /// Standard deviation, and light at its middle in grey values.
    package var size: Double
    package var light: Double
  }

  /// Light in grey values that a white surface sends from the middle of the picture.
  package var white: Double
  /// How light changes across the picture, as a part of it.
  package var slope: Vector2
  package var shade: Shade?
  package var glare: [Glare]
  /// The part of the light that the lens loses in the picture's corners.
  package var vignetting: Double

  package init(
    white: Double, slope: Vector2 = Vector2(0, 0), shade: Shade? = nil, glare: [Glare] = [],
    vignetting: Double = 0
  ) {
    self.white = white
    self.slope = slope
    self.shade = shade
    self.glare = glare
    self.vignetting = vignetting
  }

  /// Turns reflectances into light, in place.
  func shine(on picture: inout [Float], width: Int, height: Int) {
    let scale = 1 / Double(width)
    let middle = Vector2(Double(width - 1), Double(height - 1)) * 0.5
    let fall = vignetting / (middle.dot(middle) * scale * scale)
    picture.withUnsafeMutableBufferPointer { values in
      for row in 0..<height {
        let y = (Double(row) - middle.y) * scale
        let start = row &* width
        for column in 0..<width {
          let x = (Double(column) - middle.x) * scale
          var factor = white * (1 - fall * (x * x + y * y))
          factor *= max(0.02, 1 + slope.x * x + slope.y * y)
          if let shade {
            let depth =
              (x - shade.place.x) * shade.direction.x + (y - shade.place.y) * shade.direction.y
            let t = max(0, min(1, 0.5 + depth / shade.softness))
            factor *= 1 - shade.depth * t * t * (3 - 2 * t)
          }
          values[start &+ column] *= Float(factor)
        }
      }
    }
    for spot in glare { add(spot, to: &picture, width, height, scale, middle) }
  }

  private func add(
    _ spot: Glare, to picture: inout [Float], _ width: Int, _ height: Int, _ scale: Double,
    _ middle: Vector2
  ) {
    let centre = spot.place / scale + middle
    let size = spot.size / scale
    let reach = Vector2(5 * size, 5 * size)
    let area = PictureArea(
      around: (centre - reach, centre + reach), margin: 0,
      in: PictureArea(width: width, height: height))
    guard !area.isEmpty else { return }
    for row in area.top..<(area.top + area.height) {
      for column in area.left..<(area.left + area.width) {
        let arm = Vector2(Double(column), Double(row)) - centre
        picture[row * width + column] += Float(
          spot.light * exp(-0.5 * arm.dot(arm) / (size * size)))
      }
    }
  }
}
