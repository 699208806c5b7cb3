/// The smallest convex region that holds some points.
///
/// Source: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions",
/// Information Processing Letters 9 (1979).
package struct ConvexHull: Equatable, Sendable {
  /// Counter-clockwise in a frame with y up; empty where the points span no area.
  package let corners: [Vector2]

  package init(_ points: [Vector2]) {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let lower = Self.chain(sorted)
    let upper = Self.chain(sorted.reversed())
    let ring = Array(lower.dropLast() + upper.dropLast())
    corners = ring.count >= 3 ? ring : []
  }

  private static func chain(_ points: [Vector2]) -> [Vector2] {
    var kept: [Vector2] = []
    for point in points {
      while kept.count >= 2,
        (kept[kept.count - 1] - kept[kept.count - 2]).cross(point - kept[kept.count - 2]) <= 0
      {
        kept.removeLast()
      }
      kept.append(point)
    }
    return kept
  }

  /// True for points inside and on the rim.
  package func contains(_ point: Vector2) -> Bool {
    guard !corners.isEmpty else { return false }
    var before = corners[corners.count - 1]
    for corner in corners {
      let side = corner - before
      if side.cross(point - before) < -1e-9 * side.length { return false }
      before = corner
    }
    return true
  }
}
