package import Geometry

/// Fingers that hold a board, as they cover its picture: thick lines with round ends, pixels.
package struct Hand: Equatable, Sendable {
  package struct Finger: Equatable, Sendable {
    package var from: Vector2
    package var to: Vector2
    package var radius: Double
  }

  package var fingers: [Finger]
  package var reflectance: Double

  package init(fingers: [Finger], reflectance: Double) {
    self.fingers = fingers
    self.reflectance = reflectance
  }

  /// How far a pixel lies outside the hand; negative inside.
  func distance(_ pixel: Vector2) -> Double {
    var least = Double.infinity
    for finger in fingers {
      let along = finger.to - finger.from
      let part = (pixel - finger.from).dot(along) / max(1e-9, along.dot(along))
      let nearest = finger.from + along * max(0, min(1, part))
      least = min(least, (pixel - nearest).length - finger.radius)
    }
    return least
  }

  /// Covers reflectances, with an outline as soft as the point spread.
  func cover(_ picture: inout [Float], width: Int, height: Int, blur: Double) {
    var low = Vector2(.infinity, .infinity)
    var high = -low
    for finger in fingers {
      for end in [finger.from, finger.to] {
        low = pointwiseMin(low, end - Vector2(finger.radius, finger.radius))
        high = pointwiseMax(high, end + Vector2(finger.radius, finger.radius))
      }
    }
    guard low.x.isFinite else { return }
    let area = PictureArea(
      around: (low, high), margin: 6 * blur, in: PictureArea(width: width, height: height))
    guard !area.isEmpty else { return }
    for row in area.top..<(area.top + area.height) {
      for column in area.left..<(area.left + area.width) {
        let beside = distance(Vector2(Double(column), Double(row)))
        guard beside < 5 * blur else { continue }
        let part = Float(normalTail(beside / blur))
        let index = row * width + column
        picture[index] += part * (Float(reflectance) - picture[index])
      }
    }
  }
}
