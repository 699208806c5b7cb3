/// Pictures of half the width and height.
package enum Halving {
  /// Writes the mean of each 2x2 block of `source` (rounded to nearest, halves up) to `target`;
  /// an odd last column or row is dropped.
  ///
  /// Pixel (x, y) of the target covers (2x, 2y) to (2x + 1, 2y + 1): its centre lies at
  /// (2x + 0.5, 2y + 0.5) of the source.
  package static func halve(
    _ source: UnsafePointer<UInt8>, width: Int, height: Int, into target: Raster<UInt8>
  ) {
    let halfWidth = width / 2
    let halfHeight = height / 2
    target.reshape(width: halfWidth, height: halfHeight)
    for y in 0..<halfHeight {
      let upper = source + 2 * y * width
      let lower = upper + width
      let out = target.base + y * halfWidth
      for x in 0..<halfWidth {
        let sum =
          UInt16(upper[2 &* x]) &+ UInt16(upper[2 &* x &+ 1]) &+ UInt16(lower[2 &* x])
          &+ UInt16(lower[2 &* x &+ 1])
        out[x] = UInt8(truncatingIfNeeded: (sum &+ 2) &>> 2)
      }
    }
  }
}
