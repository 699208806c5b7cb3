/// A colour of 8 bits a channel.
package struct Color: Equatable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// An RGB picture to draw on: 8 bits a channel, row-major, channels interleaved; (0, 0) is the
/// centre of the top-left pixel.
package struct ColorImage: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// width x height x 3 values: red, green, blue.
  package private(set) var samples: [UInt8]

  /// The grey picture, ready to be drawn on.
  package init(_ grey: GreyImage) {
    width = grey.width
    height = grey.height
    samples = grey.pixels.flatMap { [$0, $0, $0] }
  }

  package subscript(x: Int, y: Int) -> Color {
    let at = 3 * (y * width + x)
    return Color(red: samples[at], green: samples[at + 1], blue: samples[at + 2])
  }

  /// Mixes a colour into a pixel; `coverage` 0...1 of it. Pixels outside are left out.
  package mutating func blend(_ color: Color, x: Int, y: Int, coverage: Double) {
    guard (0..<width).contains(x), (0..<height).contains(y), coverage > 0 else { return }
    let share = Int((min(coverage, 1) * 256).rounded())
    let at = 3 * (y * width + x)
    for (channel, value) in [color.red, color.green, color.blue].enumerated() {
      let mixed = Int(samples[at + channel]) * (256 - share) + Int(value) * share + 128
      samples[at + channel] = UInt8(mixed >> 8)
    }
  }
}
