import Testing

@testable import Geometry

struct ConvexHullTests {
  private let square = [
    Vector2(0, 0), Vector2(4, 0), Vector2(4, 3), Vector2(0, 3), Vector2(1, 1), Vector2(3.5, 2.9),
  ]

  @Test func pointsInsideAndOnTheRimAreHeld() {
    let hull = ConvexHull(square)
    #expect(hull.corners.count == 4)
    for point in square { #expect(hull.contains(point)) }
    #expect(hull.contains(Vector2(2, 3)))
    for outside in [Vector2(-0.01, 1), Vector2(4.01, 1), Vector2(2, 3.01), Vector2(2, -0.01)] {
      #expect(!hull.contains(outside))
    }
  }

  @Test func theOrderOfPointsDoesNotMatter() {
    #expect(ConvexHull(square.reversed()) == ConvexHull(square))
  }

  @Test func pointsThatSpanNoAreaHoldNothing() {
    for points in [[], [Vector2(1, 1)], (0..<5).map { Vector2(Double($0), 2 * Double($0)) }] {
      let hull = ConvexHull(points)
      #expect(hull.corners.isEmpty && !hull.contains(Vector2(1, 1)))
    }
  }
}
