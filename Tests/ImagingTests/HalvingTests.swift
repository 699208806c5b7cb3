import Testing

@testable import Imaging

@Suite struct HalvingTests {
  @Test func takesTheRoundedMeanOfFourPixels() {
    let pixels: [UInt8] = [
      0, 1, 255, 255, 9,
      0, 1, 255, 254, 9,
      7, 7, 10, 20, 9,
      7, 8, 30, 40, 9,
      3, 3, 3, 3, 3,
    ]
    let target = Raster<UInt8>()
    pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      Halving.halve(base, width: 5, height: 5, into: target)
    }
    #expect(target.width == 2 && target.height == 2)
    #expect((0..<4).map { target.base[$0] } == [1, 255, 7, 25])
  }

  @Test func memoryIsKept() {
    let raster = Raster<Int32>()
    raster.reshape(width: 100, height: 10)
    let bytes = raster.byteCount
    raster.reshape(width: 3, height: 3)
    #expect(raster.byteCount == bytes)
    #expect(raster.width == 3 && raster.height == 3)
  }
}
