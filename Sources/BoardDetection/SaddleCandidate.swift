/// A place that looks like the meeting point of four squares, in the pixels of a pyramid level.
struct SaddleCandidate {
  var position: SIMD2<Float>
  /// Unit vector along one edge line: turning from it by increasing angle (x towards y) one enters
  /// a dark square.
  var enter: SIMD2<Float>
  /// Unit vector along the other edge line, less than half a turn further: there the dark square
  /// ends. The picture repeats after half a turn, so both lines hold with either sign.
  var leave: SIMD2<Float>
  /// Bright minus dark, grey levels.
  var contrast: Float
  var response: Int32
}

extension SaddleCandidate {
  /// A ring of 16 pixels of radius 3, by increasing angle (Rosten and Drummond's).
  private static let ringX: InlineArray<16, Int> = [
    3, 3, 2, 1, 0, -1, -2, -3, -3, -3, -2, -1, 0, 1, 2, 3,
  ]
  private static let ringY: InlineArray<16, Int> = [
    0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3, -3, -3, -2, -1,
  ]
  /// Pixels that a candidate keeps from the frame.
  static let border = 4

  /// The least contrast, grey levels.
  static let leastContrast: Float = 6

  /// Looks at the ring round a response maximum: brightness must go through exactly two bright and
  /// two dark sectors, each like the one opposite. Nil when it does not.
  ///
  /// `asymmetry` is the largest accepted ratio of the ring's antisymmetric to its symmetric energy:
  /// a corner has 0, a straight edge far more than 1.
  init?(
    _ view: LevelView, x: Int, y: Int, response: Int32, asymmetry: Float
  ) {
    let border = Self.border
    guard x >= border, y >= border, x < view.width - border, y < view.height - border else {
      return nil
    }
    let centre = view.pixels + (y * view.width + x)
    var ring = InlineArray<16, Float>(repeating: 0)
    for i in 0..<16 {
      ring[i] = Float(centre[Self.ringY[i] &* view.width &+ Self.ringX[i]])
    }
    guard let sectors = Sectors(ring, asymmetry: asymmetry) else { return nil }
    self.position = SIMD2(Float(x), Float(y)) + Self.saddleOffset(centre, width: view.width)
    self.enter = Self.direction(sectors.enterAt)
    self.leave = Self.direction(sectors.leaveAt)
    self.contrast = sectors.contrast
    self.response = response
  }

  /// Looks at a circle of `radius` pixels round the saddle near a pixel, for places where a corner
  /// is expected: white that has bled into the black, or blur, can hide it from the small ring.
  init?(
    _ view: LevelView, x: Int, y: Int, response: Int32, radius: Float, asymmetry: Float
  ) {
    let border = Self.border
    guard x >= border, y >= border, x < view.width - border, y < view.height - border else {
      return nil
    }
    let centre = view.pixels + (y * view.width + x)
    let position = SIMD2(Float(x), Float(y)) + Self.saddleOffset(centre, width: view.width)
    guard view.contains(position.x, position.y, margin: radius) else { return nil }
    var ring = InlineArray<16, Float>(repeating: 0)
    for i in 0..<16 {
      let p = position + Self.direction(Float(i)) * radius
      ring[i] = view.sample(p.x, p.y)
    }
    guard let sectors = Sectors(ring, asymmetry: asymmetry) else { return nil }
    self.position = position
    self.enter = Self.direction(sectors.enterAt)
    self.leave = Self.direction(sectors.leaveAt)
    self.contrast = sectors.contrast
    self.response = response
  }

  /// The bright and dark sectors of a ring of 16 values.
  private struct Sectors {
    /// Where on the ring a dark sector begins, and where it ends, in places (16 to a turn).
    var enterAt: Float = 0
    var leaveAt: Float = 0
    var contrast: Float

    /// Nil unless the ring has two bright and two dark sectors, each like the one opposite.
    @inline(__always)
    init?(_ ring: InlineArray<16, Float>, asymmetry: Float) {
      // Opposite values: their sums repeat after half a turn, their differences change sign.
      var even = InlineArray<8, Float>(repeating: 0)
      var oddEnergy: Float = 0
      var largest = -Float.infinity
      var smallest = Float.infinity
      for i in 0..<8 {
        let difference = ring[i] - ring[i &+ 8]
        even[i] = ring[i] + ring[i &+ 8]
        oddEnergy += difference * difference
        largest = max(largest, even[i])
        smallest = min(smallest, even[i])
      }
      contrast = (largest - smallest) * 0.5
      guard contrast >= SaddleCandidate.leastContrast else { return nil }
      let middle = (largest + smallest) * 0.5
      var evenEnergy: Float = 0
      for i in 0..<8 {
        even[i] -= middle
        evenEnergy += even[i] * even[i]
      }
      guard oddEnergy <= asymmetry * evenEnergy else { return nil }
      var crossings = 0
      for i in 0..<8 {
        let from = even[i]
        let to = even[(i &+ 1) & 7]
        guard (from > 0) != (to > 0) else { continue }
        crossings &+= 1
        let at = Float(i) + from / (from - to)
        if from > 0 { enterAt = at } else { leaveAt = at }
      }
      guard crossings == 2 else { return nil }
      if leaveAt < enterAt { leaveAt += 8 }
    }
  }

  /// The unit vector at a place on the ring (16 places to a turn).
  private static func direction(_ place: Float) -> SIMD2<Float> {
    let i = Int(place)
    let f = place - Float(i)
    let a = SIMD2(Float(ringX[i & 15]), Float(ringY[i & 15]))
    let b = SIMD2(Float(ringX[(i &+ 1) & 15]), Float(ringY[(i &+ 1) & 15]))
    return normalised(a + (b - a) * f)
  }

  /// The stationary point of the local quadratic, from the pixel, at most 1.5 pixels each way.
  private static func saddleOffset(_ centre: UnsafePointer<UInt8>, width: Int) -> SIMD2<Float> {
    var gx: Int32 = 0
    var gy: Int32 = 0
    var xx: Int32 = 0
    var yy: Int32 = 0
    var xy: Int32 = 0
    for j in 0..<5 {
      let row = centre + (j &- 2) &* width
      let a = Int32(row[-2])
      let b = Int32(row[-1])
      let c = Int32(row[0])
      let d = Int32(row[1])
      let e = Int32(row[2])
      let smooth = a &+ e &+ 4 &* (b &+ d) &+ 6 &* c
      let first = e &- a &+ 2 &* (d &- b)
      let second = a &+ e &- 2 &* c
      gx &+= smoothKernel[j] &* first
      xx &+= smoothKernel[j] &* second
      gy &+= firstKernel[j] &* smooth
      xy &+= firstKernel[j] &* first
      yy &+= secondKernel[j] &* smooth
    }
    // To derivatives: first 8 x 16, second 4 x 16, mixed 8 x 8.
    let gradient = SIMD2(Float(gx), Float(gy)) / 128
    let hxx = Float(xx) / 64
    let hyy = Float(yy) / 64
    let hxy = Float(xy) / 64
    let determinant = hxx * hyy - hxy * hxy
    guard determinant < 0 else { return SIMD2(0, 0) }
    let offset = SIMD2(
      -(hyy * gradient.x - hxy * gradient.y), -(hxx * gradient.y - hxy * gradient.x))
    return (offset / determinant).clamped(
      lowerBound: SIMD2(-1.5, -1.5), upperBound: SIMD2(1.5, 1.5))
  }

  private static let smoothKernel: InlineArray<5, Int32> = [1, 4, 6, 4, 1]
  private static let firstKernel: InlineArray<5, Int32> = [-1, -2, 0, 2, 1]
  private static let secondKernel: InlineArray<5, Int32> = [1, 0, -2, 0, 1]

  /// Minus the Hessian's determinant at a pixel, as `SaddlePeaks` computes it; the pixel must be
  /// two or more from the frame.
  static func response(_ view: LevelView, x: Int, y: Int) -> Int32 {
    let centre = view.pixels + (y * view.width + x)
    var xx: Int32 = 0
    var yy: Int32 = 0
    var xy: Int32 = 0
    for j in 0..<5 {
      let row = centre + (j &- 2) &* view.width
      let outer = Int32(row[-2]) &+ Int32(row[2])
      let b = Int32(row[-1])
      let c = Int32(row[0])
      let d = Int32(row[1])
      let smooth = outer &+ 4 &* (b &+ d) &+ 6 &* c
      xx &+= smoothKernel[j] &* (outer &- 2 &* c)
      yy &+= secondKernel[j] &* smooth
      xy &+= firstKernel[j] &* (Int32(row[2]) &- Int32(row[-2]) &+ 2 &* (d &- b))
    }
    return xy &* xy &- xx &* yy
  }
}

/// `v` at length one; a zero vector stays zero.
@inline(__always)
func normalised(_ v: SIMD2<Float>) -> SIMD2<Float> {
  let square = v.x * v.x + v.y * v.y
  return square > 0 ? v / square.squareRoot() : v
}

/// The z part of the cross product: positive when `b` lies further round (x towards y) than `a`.
@inline(__always)
func cross(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { a.x * b.y - a.y * b.x }

@inline(__always)
func dot(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { a.x * b.x + a.y * b.y }
