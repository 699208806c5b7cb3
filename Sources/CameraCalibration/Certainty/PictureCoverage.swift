package import Geometry

/// Where in a camera's picture corners were used: a lens is not to be trusted elsewhere.
package struct PictureCoverage: Equatable, Sendable {
  package static let columns = 8
  package static let rows = 6

  /// Corners used in each of the 8 x 6 cells that part the picture evenly, row by row from the
  /// top left.
  package private(set) var counts: [Int]
  /// Picture size, pixels.
  private let width: Int
  private let height: Int

  /// Nothing seen yet of a picture of the given size.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
    counts = Array(repeating: 0, count: Self.columns * Self.rows)
  }

  /// The part of cells with at least one corner, 0...1.
  package var fraction: Double {
    Double(counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }) / Double(counts.count)
  }

  /// The middle of a cell.
  package func centre(cell: Int) -> Vector2 {
    let column = Double(cell % Self.columns) + 0.5
    let row = Double(cell / Self.columns) + 0.5
    // Pixel (0, 0) is the centre of the top-left pixel.
    return Vector2(
      column / Double(Self.columns) * Double(width) - 0.5,
      row / Double(Self.rows) * Double(height) - 0.5)
  }

  /// Counts what was seen before, by cell; nothing where that was of other cells.
  mutating func add(_ others: [Int]) {
    guard others.count == counts.count else { return }
    for (cell, count) in others.enumerated() { counts[cell] += count }
  }

  /// Counts a corner seen at a pixel; corners just outside the picture count at its edge.
  mutating func add(x: Double, y: Double) {
    func index(_ place: Double, _ size: Int, _ cells: Int) -> Int {
      let part = (place + 0.5) / Double(size) * Double(cells)
      return Int(max(0, min(Double(cells - 1), part.rounded(.down))))
    }
    let column = index(x, width, Self.columns)
    counts[index(y, height, Self.rows) * Self.columns + column] += 1
  }
}

extension AdjustmentProblem {
  /// Where one camera's corners that are not thrown out were seen; its picture size in pixels.
  func coverage(camera: Int, width: Int, height: Int) -> PictureCoverage {
    var coverage = PictureCoverage(width: width, height: height)
    for view in views where view.camera == camera {
      for corner in corners[view.corners] where corner.weight > 0 {
        coverage.add(x: corner.x, y: corner.y)
      }
    }
    return coverage
  }

  /// The smallest convex region of one camera's picture that holds its corners that are not thrown
  /// out.
  func usedRegion(camera: Int) -> ConvexHull { ConvexHull(usedPixels(camera: camera)) }

  /// One camera's corners that are not thrown out.
  func usedPixels(camera: Int) -> [Vector2] {
    views.filter { $0.camera == camera }.flatMap { view in
      corners[view.corners].filter { $0.weight > 0 }.map { Vector2($0.x, $0.y) }
    }
  }
}
