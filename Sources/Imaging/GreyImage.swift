/// A grey picture of 8 bits a pixel, row-major without padding; (0, 0) is the centre of the
/// top-left pixel.
package struct GreyImage: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// width x height values, 0 black to 255 white.
  package let pixels: [UInt8]

  /// A picture of `pixels.count == width * height` values; anything else is a programmer's mistake.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
