/// A rectangle of whole pixels.
struct PictureArea: Equatable, Sendable {
  var left: Int
  var top: Int
  var width: Int
  var height: Int

  var isEmpty: Bool { width <= 0 || height <= 0 }

  var count: Int { isEmpty ? 0 : width * height }

  /// The whole of a picture.
  init(width: Int, height: Int) {
    (left, top) = (0, 0)
    (self.width, self.height) = (width, height)
  }

  /// What of a box around points lies in a picture; `margin` pixels are added on every side.
  init(around box: (low: SIMD2<Double>, high: SIMD2<Double>), margin: Double, in picture: Self) {
    // Clamped before they become whole numbers: a box may lie anywhere.
    func inside(_ value: Double, _ limit: Int) -> Int { Int(max(0, min(value, Double(limit)))) }
    left = inside((box.low.x - margin).rounded(.down), picture.width)
    top = inside((box.low.y - margin).rounded(.down), picture.height)
    width = inside((box.high.x + margin).rounded(.up) + 1, picture.width) - left
    height = inside((box.high.y + margin).rounded(.up) + 1, picture.height) - top
  }
}
