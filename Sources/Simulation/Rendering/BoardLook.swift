/// How a board looks: reflectances from 0 to 1, and how far the sheet goes on around the squares.
package struct BoardLook: Equatable, Sendable {
  package var black: Double
  package var white: Double
  /// White around the outermost squares, metres.
  package var margin: Double

  package init(black: Double = 0.07, white: Double = 0.85, margin: Double = 0.015) {
    self.black = black
    self.white = white
    self.margin = margin
  }
}
