import Boards
import Imaging

/// A pseudo-random generator with a seed (Steele, Lea and Flood's SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// About standard normal: the sum of twelve uniform numbers.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
}

/// A plane seen through a pinhole: picture = H (x, y, 1) of board coordinates in squares.
struct Homography {
  /// Row-major 3x3.
  var h: [Double]

  /// Columns along (ux, uy), rows along (vx, vy) pixels a square from the first inner corner
  /// (x, y), with a perspective tilt.
  init(
    x: Double, y: Double, u: (Double, Double), v: (Double, Double),
    tilt: (Double, Double) = (0, 0)
  ) {
    h = [
      u.0 + x * tilt.0, v.0 + x * tilt.1, x,
      u.1 + y * tilt.0, v.1 + y * tilt.1, y,
      tilt.0, tilt.1, 1,
    ]
  }

  func project(_ a: Double, _ b: Double) -> (x: Double, y: Double) {
    let w = h[6] * a + h[7] * b + h[8]
    return ((h[0] * a + h[1] * b + h[2]) / w, (h[3] * a + h[4] * b + h[5]) / w)
  }

  /// Board coordinates of a picture point, by Cramer's rule.
  func unproject(_ x: Double, _ y: Double) -> (a: Double, b: Double) {
    let a11 = h[0] - x * h[6]
    let a12 = h[1] - x * h[7]
    let b1 = x * h[8] - h[2]
    let a21 = h[3] - y * h[6]
    let a22 = h[4] - y * h[7]
    let b2 = y * h[8] - h[5]
    let determinant = a11 * a22 - a12 * a21
    return ((b1 * a22 - b2 * a12) / determinant, (a11 * b2 - a21 * b1) / determinant)
  }
}

/// Paints checkerboards by sampling each pixel's area, then blurs, adds noise and rounds.
struct BoardRenderer {
  let width: Int
  let height: Int
  private var light: [Double]
  /// Samples a pixel, each way.
  private static let samples = 6

  init(width: Int, height: Int, background: Double = 120) {
    self.width = width
    self.height = height
    light = Array(repeating: background, count: width * height)
  }

  /// Paints a board of `columns` x `rows` inner corners with a white margin of half a square.
  mutating func paint(
    columns: Int, rows: Int, at view: Homography, black: Double = 40, white: Double = 200,
    isInverted: Bool = false
  ) {
    paint(columns: columns, rows: rows, at: view, margin: white) { a, b in
      let i = Int(a.rounded(.down))
      let j = Int(b.rounded(.down))
      return (i + j).isMultiple(of: 2) != isInverted ? black : white
    }
  }

  /// Paints a ChArUco board; of an inverted one the margin is black too.
  mutating func paint(
    _ board: BoardSpec, at view: Homography, black: Double = 40, white: Double = 200
  ) {
    guard let markers = board.charuco else { return }
    let layout = CharucoLayout(
      columns: board.columns + 1, rows: board.rows + 1, isLegacy: markers.isLegacy)
    let codes = markers.dictionary.codes(layout.markerCount)
    let bits = markers.dictionary.bitsPerSide
    let share = markers.markerSize / board.squareSize
    let isMarkedFirst = layout.marker(x: 0, y: 0) != nil
    let (dark, bright) = markers.isInverted ? (white, black) : (black, white)
    paint(columns: board.columns, rows: board.rows, at: view, margin: bright) { a, b in
      let (x, y) = (Int(a.rounded(.down)) + 1, Int(b.rounded(.down)) + 1)
      guard let id = layout.marker(x: x, y: y) else {
        return (x + y).isMultiple(of: 2) != isMarkedFirst ? dark : bright
      }
      func module(_ place: Double) -> Int {
        let inside = (place - place.rounded(.down) - 0.5 * (1 - share)) / share
        return Int((inside * Double(bits + 2)).rounded(.down)) - 1
      }
      let (u, v) = (module(a), module(b))
      guard (-1...bits).contains(u), (-1...bits).contains(v) else { return bright }
      guard (0..<bits).contains(u), (0..<bits).contains(v) else { return dark }
      return markers.dictionary.isWhite(codes[id], column: u, row: v) ? bright : dark
    }
  }

  private mutating func paint(
    columns: Int, rows: Int, at view: Homography, margin: Double,
    squares: (Double, Double) -> Double
  ) {
    let n = Self.samples
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        let before = light[y * width + x]
        for sy in 0..<n {
          for sx in 0..<n {
            let (a, b) = view.unproject(
              Double(x) - 0.5 + (Double(sx) + 0.5) / Double(n),
              Double(y) - 0.5 + (Double(sy) + 0.5) / Double(n))
            if a < -1.5 || b < -1.5 || a > Double(columns) + 0.5 || b > Double(rows) + 0.5 {
              sum += before
            } else if a < -1 || b < -1 || a > Double(columns) || b > Double(rows) {
              sum += margin
            } else {
              sum += squares(a, b)
            }
          }
        }
        light[y * width + x] = sum / Double(n * n)
      }
    }
  }

  /// Covers a rectangle.
  mutating func cover(x: Range<Int>, y: Range<Int>, with grey: Double) {
    for yy in y { for xx in x { light[yy * width + xx] = grey } }
  }

  /// Changes the light of every pixel (x, y), before blur and noise.
  mutating func relight(_ change: (_ x: Double, _ y: Double, _ light: Double) -> Double) {
    for y in 0..<height {
      for x in 0..<width {
        light[y * width + x] = change(Double(x), Double(y), light[y * width + x])
      }
    }
  }

  /// The picture, blurred by a Gaussian of `blur` pixels and with noise of `noise` grey levels.
  func picture(blur: Double = 0.8, noise: Double = 1, seed: UInt64 = 1) -> GreyImage {
    let reach = max(1, Int((4 * blur).rounded(.up)))
    var kernel = (-reach...reach).map { k in
      blur > 0 ? exponential(-Double(k * k) / (2 * blur * blur)) : (k == 0 ? 1 : 0)
    }
    let total = kernel.reduce(0, +)
    kernel = kernel.map { $0 / total }
    var across = light
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        for k in -reach...reach {
          sum += kernel[k + reach] * light[y * width + min(max(x + k, 0), width - 1)]
        }
        across[y * width + x] = sum
      }
    }
    var generator = SeededGenerator(seed: seed)
    var pixels = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        for k in -reach...reach {
          sum += kernel[k + reach] * across[min(max(y + k, 0), height - 1) * width + x]
        }
        let value = sum + noise * generator.normal()
        pixels[y * width + x] = UInt8(min(max(value.rounded(), 0), 255))
      }
    }
    return GreyImage(width: width, height: height, pixels: pixels)
  }

  /// exp by its series on a halved argument: the tests need no more of a maths library.
  private func exponential(_ x: Double) -> Double {
    let halvings = 8
    let y = x / Double(1 << halvings)
    var result = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4 * (1 + y / 5))))
    for _ in 0..<halvings { result *= result }
    return result
  }
}
