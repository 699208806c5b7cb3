import Boards

/// The inside of one square of a grid, sampled as if it held a marker.
struct MarkerSample {
  /// The square between this place and the next along u and v.
  var place: CornerGrid.Place
  /// The bits row by row (rows along v, columns along u): bright positive, without their mean; -1
  /// and 1 are about black and white.
  var bits: [Float]
  /// The sum of their squares.
  var energy: Float
  /// How plainly the bits are black or white: their mean distance from the level between.
  var plainness: Float
  /// The pixels of a bit.
  var bitSize: Double
}

/// Samples the squares of a measured grid.
///
/// A square's four corners give the homography of its inside, which follows any lens closely enough
/// over one square. Squares at the rim of the grid, with two corners measured, take part too: their
/// other corners lie where the lines go on.
struct MarkerSampler {
  let picture: LevelView
  /// Bits along a marker's side, without its border.
  let bitsPerSide: Int
  /// A marker's side with border, in sides of a square.
  let markerShare: Double

  /// Least step from margin to border, as a part of the contrast of the corners around.
  private static let leastStep: Float = 0.2

  /// What the squares of a grid show.
  struct Squares {
    /// White around, then black: markers of a common board.
    var common: [MarkerSample] = []
    /// Black around, then white: markers of an inverted board.
    var inverted: [MarkerSample] = []
    /// No such step, in squares that would show it; with the pixels of a bit.
    var plain: [(place: CornerGrid.Place, bitSize: Double)] = []
  }

  private enum Square {
    case marker(MarkerSample)
    case inverted(MarkerSample)
    case plain(bitSize: Double)
  }

  /// Looks at all squares of a lattice that the picture shows wholly.
  func squares(_ lattice: CornerLattice) -> Squares {
    var found = Squares()
    for j in lattice.squaresAlongV {
      for i in lattice.squaresAlongU {
        let place = CornerGrid.Place(i: i, j: j)
        guard let quad = lattice.square(at: place),
          let square = square(place, quad, contrast: lattice.contrast)
        else { continue }
        switch square {
        case .marker(let sample): found.common.append(sample)
        case .inverted(let sample): found.inverted.append(sample)
        case .plain(let bitSize): found.plain.append((place, bitSize))
        }
      }
    }
    return found
  }

  private func square(
    _ place: CornerGrid.Place, _ quad: SquareMap, contrast: Float
  ) -> Square? {
    let modules = bitsPerSide + 2
    let module = markerShare / Double(modules)
    let start = 0.5 * (1 - markerShare)
    let bitSize = module * quad.side
    guard let margin = mean(quad, Self.ring(0.5 * start, 5)),
      let border = mean(quad, Self.ring(start + 0.5 * module, modules))
    else { return nil }
    let isDark = (place.i + place.j) & 1 == 0
    let step = isDark ? border - margin : margin - border
    guard step > Self.leastStep * contrast else { return .plain(bitSize: bitSize) }
    let middle = 0.5 * (margin + border)
    let scale = 2 / abs(margin - border)
    var bits: [Float] = []
    bits.reserveCapacity(bitsPerSide * bitsPerSide)
    for row in 0..<bitsPerSide {
      for column in 0..<bitsPerSide {
        let u = start + (Double(column) + 1.5) * module
        let v = start + (Double(row) + 1.5) * module
        var sum: Float = 0
        for (du, dv) in Self.taps {
          guard let value = value(quad, u + du * module, v + dv * module) else { return nil }
          sum += value
        }
        let bit = (0.25 * sum - middle) * scale
        bits.append(max(-1.5, min(1.5, bit)))
      }
    }
    let plainness = bits.reduce(0) { $0 + abs($1) } / Float(bits.count)
    let mean = bits.reduce(0, +) / Float(bits.count)
    var energy: Float = 0
    for index in bits.indices {
      bits[index] -= mean
      if isDark { bits[index] = -bits[index] }
      energy += bits[index] * bits[index]
    }
    let sample = MarkerSample(
      place: place, bits: bits, energy: energy, plainness: plainness, bitSize: bitSize)
    return isDark ? .inverted(sample) : .marker(sample)
  }

  /// Where a bit is looked at, in bits from its middle.
  private static let taps = [(-0.2, -0.2), (0.2, -0.2), (-0.2, 0.2), (0.2, 0.2)]

  /// Places around a square, `inset` from its edges: `count` to a side.
  private static func ring(_ inset: Double, _ count: Int) -> [(Double, Double)] {
    let length = 1 - 2 * inset
    var places: [(Double, Double)] = []
    for index in 0..<count {
      let along = inset + length * Double(index) / Double(count)
      places += [
        (along, inset), (1 - inset, along), (1 - along, 1 - inset), (inset, 1 - along),
      ]
    }
    return places
  }

  private func mean(_ quad: SquareMap, _ places: [(Double, Double)]) -> Float? {
    var sum: Float = 0
    for (u, v) in places {
      guard let value = value(quad, u, v) else { return nil }
      sum += value
    }
    return sum / Float(places.count)
  }

  private func value(_ quad: SquareMap, _ u: Double, _ v: Double) -> Float? {
    let p = quad.pixel(u, v)
    let (x, y) = (Float(p.x), Float(p.y))
    return picture.contains(x, y, margin: 0) ? picture.sample(x, y) : nil
  }
}
