import Boards
import Glibc

/// Names the corners of a measured grid by the markers in its squares.
///
/// All markers decide together: for every way to lay the grid on the board (four turns, all shifts
/// that fit) the sampled bits of all squares are held against those that the board would show there.
/// With b the bits of a square without their mean and t = +-1 those of the board's marker, the sum of
/// b . t over the squares, divided by the root of the sum of b . b, is about a standard normal number
/// where the grid lies otherwise, and the root of the number of bits where it lies so. Blur that
/// makes every single marker unreadable takes little from it. No name is given unless one way is far
/// beyond chance and all others far behind it, and markers that contradict it are the exception.
///
/// The parity of the squares with markers tells the old from the current layout, their colour the
/// inverted board from the common one. Where the board has an odd number of columns of squares, the
/// old layout is the current one moved by a column but for the outermost squares: a view that does
/// not show these is named by the layout that the board word states, and says so.
struct MarkerNaming {
  private let spec: BoardSpec
  private let markers: CharucoMarkers
  private let current: CharucoLayout
  /// The old layout; nil where it is the current one.
  private let legacy: CharucoLayout?
  /// By marker, by bit: -1 black, 1 white.
  private let templates: [[Float]]

  /// What the markers say of a grid.
  enum Outcome {
    case named([GridIdentity.Assignment], MarkerEvidence)
    /// Too few markers can be read, for blur or distance.
    case unread
    /// The squares are plainly others than the board's.
    case otherBoard
  }

  /// The odds of a wrong name by chance that are accepted, for one grid.
  private static let odds = 1e-6
  /// Added to the limit from the odds: neighbouring bits are not independent under blur.
  private static let reserve: Float = 0.8
  /// The largest score of the second best way, as a part of the best.
  private static let largestRival: Float = 0.65
  /// With bits this plain a marker can be read by itself.
  private static let plain: Float = 0.6
  /// Pixels of a bit from which on a marker cannot go unseen.
  private static let clearBit = 3.0
  /// Score of the outermost squares alone, and squares without a marker where one layout has one,
  /// from which on they tell the layout.
  private static let layoutScore: Float = 3.5
  private static let layoutAbsences = 2

  /// Nil for boards without markers.
  init?(_ board: BoardSpec) {
    guard let markers = board.charuco else { return nil }
    spec = board
    self.markers = markers
    let (columns, rows) = (board.columns + 1, board.rows + 1)
    current = CharucoLayout(columns: columns, rows: rows, isLegacy: false)
    legacy =
      rows.isMultiple(of: 2) ? CharucoLayout(columns: columns, rows: rows, isLegacy: true) : nil
    let bits = markers.dictionary.bitsPerSide
    templates = markers.dictionary.codes((columns * rows + 1) / 2).map { code in
      (0..<(bits * bits)).map {
        markers.dictionary.isWhite(code, column: $0 % bits, row: $0 / bits) ? 1 : -1
      }
    }
  }

  /// Names `corners`; they must hang together.
  func name(_ corners: [GridRefiner.Corner], picture: LevelView) -> Outcome {
    guard let lattice = CornerLattice(corners) else { return .unread }
    let seen = MarkerSampler(
      picture: picture, bitsPerSide: markers.dictionary.bitsPerSide,
      markerShare: markers.markerSize / spec.squareSize
    ).squares(lattice)
    let isInverted = seen.inverted.count > seen.common.count
    let samples = isInverted ? seen.inverted : seen.common
    let empty = seen.plain.filter { $0.bitSize >= Self.clearBit }
    let places = corners.map(\.place)
    let ways = ways(places, samples)
    guard let best = best(of: ways) else {
      return samples.isEmpty && empty.count >= 6 ? .otherBoard : .unread
    }
    let sibling = sibling(of: best, in: ways)
    let rival =
      ways.lazy.filter { $0.way != best.way && $0.way != sibling?.way }.map(\.score).max() ?? 0
    let limit = Float((2 * log(Double(ways.count) / Self.odds)).squareRoot()) + Self.reserve
    let (agreeing, contradicting) = votes(best, samples)
    guard best.score >= limit, rival <= Self.largestRival * best.score, agreeing >= 2,
      5 * contradicting <= agreeing
    else {
      // Markers that can be read one by one, and are not this board's.
      let plain = samples.count { $0.plainness >= Self.plain && $0.bitSize >= 2 }
      return plain >= 4 && 2 * plain >= samples.count ? .otherBoard : .unread
    }
    var chosen = best
    var isSeen = true
    if let sibling {
      switch preference(best, sibling, samples, empty.map(\.place)) {
      case let preference where preference > 0: break
      case let preference where preference < 0: chosen = sibling
      default:
        isSeen = false
        if sibling.isLegacy == markers.isLegacy { chosen = sibling }
      }
    }
    let assignments = corners.map { corner in
      let p = chosen.way.corner(corner.place)
      return GridIdentity.Assignment(place: corner.place, column: p.column, row: p.row)
    }
    return .named(
      assignments.sorted { ($0.row, $0.column) < ($1.row, $1.column) },
      MarkerEvidence(
        read: agreeing, legacy: chosen.isLegacy, layoutSeen: isSeen, inverted: isInverted))
  }

  /// A way to lay the grid on the board.
  private struct Way: Equatable {
    var turns: Int
    var column: Int
    var row: Int

    func corner(_ place: CornerGrid.Place) -> (column: Int, row: Int) {
      let p = GridIdentity.turned(place, turns)
      return (p.i + column, p.j + row)
    }

    /// The board's square of a square of the grid.
    func square(_ place: CornerGrid.Place) -> (x: Int, y: Int) {
      let a = GridIdentity.turned(place, turns)
      let b = GridIdentity.turned(place + CornerGrid.Place(i: 1, j: 1), turns)
      // The square behind a corner is one further than the corner.
      return (min(a.i, b.i) + column + 1, min(a.j, b.j) + row + 1)
    }
  }

  private struct ScoredWay {
    var way: Way
    var isLegacy: Bool
    var score: Float
  }

  /// Every way that fits the board, with its score.
  private func ways(_ places: [CornerGrid.Place], _ samples: [MarkerSample]) -> [ScoredWay] {
    let energy = samples.reduce(0) { $0 + $1.energy }
    guard let first = samples.first, energy > 0 else { return [] }
    var ways: [ScoredWay] = []
    for turns in 0..<4 {
      let turned = places.map { GridIdentity.turned($0, turns) }
      guard let i0 = turned.map(\.i).min(), let i1 = turned.map(\.i).max(),
        let j0 = turned.map(\.j).min(), let j1 = turned.map(\.j).max(),
        i1 - i0 < spec.columns, j1 - j0 < spec.rows
      else { continue }
      let bits = samples.map { self.turned($0.bits, turns) }
      for column in (-i0)...(spec.columns - 1 - i1) {
        for row in (-j0)...(spec.rows - 1 - j1) {
          let way = Way(turns: turns, column: column, row: row)
          // All samples lie on squares of one parity: that of the first tells the layout.
          let square = way.square(first.place)
          let isLegacy = (square.x + square.y) & 1 == 0
          guard let layout = layout(isLegacy) else { continue }
          var sum: Float = 0
          for (sample, bits) in zip(samples, bits) {
            let square = way.square(sample.place)
            guard let id = layout.marker(x: square.x, y: square.y) else { continue }
            sum += Self.product(bits, templates[id])
          }
          ways.append(ScoredWay(way: way, isLegacy: isLegacy, score: sum / energy.squareRoot()))
        }
      }
    }
    return ways
  }

  private func layout(_ isLegacy: Bool) -> CharucoLayout? { isLegacy ? legacy : current }

  /// The way of the best score; the first among equals.
  private func best(of ways: [ScoredWay]) -> ScoredWay? {
    ways.reduce(nil) { best, way in way.score > best?.score ?? -.infinity ? way : best }
  }

  /// The way in the other layout that gives every inner square the same marker.
  private func sibling(of best: ScoredWay, in ways: [ScoredWay]) -> ScoredWay? {
    guard legacy != nil, !current.columns.isMultiple(of: 2) else { return nil }
    var way = best.way
    way.column += best.isLegacy ? 1 : -1
    return ways.first { $0.way == way }
  }

  /// Markers that are like those the board has there, and readable ones that are not.
  private func votes(
    _ scored: ScoredWay, _ samples: [MarkerSample]
  ) -> (agreeing: Int, contradicting: Int) {
    var (agreeing, contradicting) = (0, 0)
    for sample in samples {
      guard let product = product(sample, scored) else { continue }
      let likeness = product / (sample.energy * Float(sample.bits.count)).squareRoot()
      if likeness > 0.5 {
        agreeing += 1
      } else if likeness < 0.25, sample.plainness >= Self.plain {
        contradicting += 1
      }
    }
    return (agreeing, contradicting)
  }

  /// Positive where the outermost squares are those of `a`, negative where they are those of `b`,
  /// 0 where they do not say.
  private func preference(
    _ a: ScoredWay, _ b: ScoredWay, _ samples: [MarkerSample], _ empty: [CornerGrid.Place]
  ) -> Int {
    var sum: Float = 0
    var energy: Float = 0
    for sample in samples {
      let products = (product(sample, a), product(sample, b))
      guard (products.0 == nil) != (products.1 == nil) else { continue }
      sum += (products.0 ?? 0) - (products.1 ?? 0)
      energy += sample.energy
    }
    let absences = empty.reduce(0) { count, place in
      count + (marker(place, b) == nil ? 0 : 1) - (marker(place, a) == nil ? 0 : 1)
    }
    let score = energy > 0 ? sum / energy.squareRoot() : 0
    if abs(score) >= Self.layoutScore { return score > 0 ? 1 : -1 }
    return abs(absences) >= Self.layoutAbsences ? absences.signum() : 0
  }

  private func marker(_ place: CornerGrid.Place, _ scored: ScoredWay) -> Int? {
    let square = scored.way.square(place)
    return layout(scored.isLegacy)?.marker(x: square.x, y: square.y)
  }

  /// How a sample is like the marker that the board has there; nil where it has none.
  private func product(_ sample: MarkerSample, _ scored: ScoredWay) -> Float? {
    marker(sample.place, scored).map {
      Self.product(turned(sample.bits, scored.way.turns), templates[$0])
    }
  }

  @inline(__always)
  private static func product(_ a: [Float], _ b: [Float]) -> Float {
    var sum: Float = 0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  /// The bits as they are after the grid's quarter turns.
  private func turned(_ bits: [Float], _ turns: Int) -> [Float] {
    guard turns > 0 else { return bits }
    let n = markers.dictionary.bitsPerSide
    var result = bits
    for row in 0..<n {
      for column in 0..<n {
        let (x, y) =
          switch turns {
          case 1: (row, n - 1 - column)
          case 2: (n - 1 - column, n - 1 - row)
          default: (n - 1 - row, column)
          }
        result[y * n + x] = bits[row * n + column]
      }
    }
    return result
  }
}
