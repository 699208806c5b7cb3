import Testing

@testable import Imaging

@Suite struct SaddlePeaksTests {
  private static func peaks(
    _ pixels: [UInt8], width: Int, threshold: Int32
  ) -> [SaddlePeaks.Peak] {
    let finder = SaddlePeaks()
    pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      finder.find(
        in: base, width: width, height: pixels.count / width, threshold: threshold)
    }
    return finder.peaks
  }

  /// Minus the Hessian's determinant, straight from the kernels.
  private static func response(_ pixels: [UInt8], width: Int, x: Int, y: Int) -> Int {
    let smooth = [1, 4, 6, 4, 1]
    let first = [-1, -2, 0, 2, 1]
    let second = [1, 0, -2, 0, 1]
    var xx = 0
    var yy = 0
    var xy = 0
    for j in 0..<5 {
      for i in 0..<5 {
        let p = Int(pixels[(y + j - 2) * width + x + i - 2])
        xx += smooth[j] * second[i] * p
        yy += second[j] * smooth[i] * p
        xy += first[j] * first[i] * p
      }
    }
    return xy * xy - xx * yy
  }

  /// A picture of pseudo-random greys, by a multiplicative generator.
  private static func noise(width: Int, height: Int) -> [UInt8] {
    var state: UInt64 = 12345
    return (0..<(width * height)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
  }

  @Test func agreesWithTheDefinition() {
    for (width, height) in [(64, 48), (61, 39), (40, 16)] {
      let pixels = Self.noise(width: width, height: height)
      let found = Self.peaks(pixels, width: width, threshold: 1000)
      #expect(!found.isEmpty)
      for peak in found {
        let x = Int(peak.x)
        let y = Int(peak.y)
        let own = Self.response(pixels, width: width, x: x, y: y)
        #expect(Int(peak.response) == own)
        for yy in max(2, y - 2)...min(height - 3, y + 2) {
          for xx in max(2, x - 2)...min(width - 3, x + 2) {
            #expect(Self.response(pixels, width: width, x: xx, y: yy) <= own)
          }
        }
      }
      // The strongest place of the inside is among them.
      var best = (response: 0, x: 0, y: 0)
      for y in 4..<(height - 4) {
        for x in 4..<(width - 8) {
          let response = Self.response(pixels, width: width, x: x, y: y)
          if response > best.response { best = (response, x, y) }
        }
      }
      let strongest = found.max { $0.response < $1.response }
      #expect(Int(strongest?.response ?? 0) >= best.response)
    }
  }

  @Test func findsTheCornersOfSquares() {
    let width = 80
    let pixels = (0..<(80 * 60)).map { n -> UInt8 in
      let x = n % width
      let y = n / width
      return (x / 20 + y / 20) & 1 == 0 ? 30 : 230
    }
    let found = Self.peaks(pixels, width: width, threshold: 3000)
    #expect(found.count == 6)
    for peak in found {
      // The corner lies between pixels 19 and 20, 39 and 40, 59 and 60.
      #expect([19, 0].contains(Int(peak.x) % 20) && [19, 0].contains(Int(peak.y) % 20))
    }
  }

  @Test func faintPeaksBesideManyStrongOnesAreDropped() {
    // A contrast of 200 above, of 10 below: a response 400 times weaker.
    let width = 400
    let pixels = (0..<(400 * 240)).map { n -> UInt8 in
      let x = n % width
      let y = n / width
      let isEven = (x / 16 + y / 16) & 1 == 0
      return y < 160 ? (isEven ? 20 : 220) : (isEven ? 100 : 110)
    }
    let found = Self.peaks(pixels, width: width, threshold: 100)
    #expect(found.count > 100)
    #expect(found.allSatisfy { $0.y < 164 })
  }

  @Test func neverKeepsMoreThanItsCapacity() {
    let pixels = Self.noise(width: 1200, height: 900)
    let found = Self.peaks(pixels, width: 1200, threshold: 1)
    #expect(found.count <= SaddlePeaks.capacity)
    #expect(found.count > 1000)
  }
}
