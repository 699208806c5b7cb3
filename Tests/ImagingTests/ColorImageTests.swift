import Testing

@testable import Imaging

private let red = Color(red: 255, green: 0, blue: 0)

private func canvas(_ width: Int = 40, _ height: Int = 30) -> ColorImage {
  ColorImage(
    GreyImage(width: width, height: height, pixels: Array(repeating: 100, count: width * height)))
}

/// How much ink each pixel took: 0 none, 1 all.
private func ink(_ image: ColorImage) -> [Double] {
  stride(from: 0, to: image.samples.count, by: 3).map { 1 - Double(image.samples[$0 + 1]) / 100 }
}

@Test func aLineTakesAsMuchInkAsItIsLong() {
  for (a, b) in [((5.0, 5.0), (30.0, 5.0)), ((5, 5), (5, 25)), ((5.3, 4.8), (33.1, 24.2))] {
    var image = canvas()
    image.drawLine(from: a, to: b, thickness: 2, red)
    let length = ((b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1)).squareRoot()
    // A stroke of thickness 2 with round ends.
    let expected = 2 * length + .pi
    let found = ink(image).reduce(0, +)
    #expect(abs(found - expected) < 0.08 * expected)
  }
}

@Test func aCircleLiesWhereItShould() {
  var image = canvas()
  image.drawCircle(center: (20.25, 15.5), radius: 8, thickness: 2, red)
  var (sum, x, y) = (0.0, 0.0, 0.0)
  for (index, amount) in ink(image).enumerated() {
    sum += amount
    x += amount * Double(index % 40)
    y += amount * Double(index / 40)
  }
  #expect(abs(sum - 2 * .pi * 8 * 2) < 5)
  #expect(abs(x / sum - 20.25) < 0.05 && abs(y / sum - 15.5) < 0.05)
}

@Test func hostilePositionsDrawNothingOrAreCut() {
  var image = canvas()
  let blank = image
  image.drawLine(from: (.nan, 0), to: (10, 10), red)
  image.drawLine(from: (-.infinity, 0), to: (.infinity, 10), red)
  image.drawCircle(center: (.infinity, 0), radius: 3, red)
  image.drawCircle(center: (5, 5), radius: .nan, red)
  image.drawLine(from: (1e9 - 5, -1e9), to: (1e9 + 5, -1e9), red)
  image.drawLine(from: (0, 1e300), to: (1e300, 0), red)
  #expect(image == blank)
  image.drawLine(from: (-1e6, 15), to: (1e6, 15), red)
  #expect(image[0, 15] == red && image[39, 15] == red)
}
