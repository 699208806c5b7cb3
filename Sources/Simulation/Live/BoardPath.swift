package import Geometry

/// A board that is carried from place to place: held still at each for a while, then moved to the
/// next along a straight line, without jerks.
package struct BoardPath: Equatable, Sendable {
  /// World from board; at least one.
  package let places: [RigidTransform]
  /// Seconds at each place, and from one to the next.
  package let hold: Double
  package let travel: Double
  /// The board's middle, in board coordinates, which is what goes along the line.
  package let middle: Vector3

  package init(_ places: [RigidTransform], middle: Vector3, hold: Double = 1, travel: Double = 0.7)
  {
    precondition(!places.isEmpty && hold > 0 && travel > 0)
    self.places = places
    self.middle = middle
    self.hold = hold
    self.travel = travel
  }

  /// Seconds until it is back at the first place.
  package var duration: Double { Double(places.count) * (hold + travel) }

  /// Where the board is, some seconds after it came to the first place; it goes round for ever.
  package func worldFromBoard(at time: Double) -> RigidTransform {
    let round = duration
    let inside = time - (time / round).rounded(.down) * round
    let leg = hold + travel
    let index = min(places.count - 1, Int(inside / leg))
    let from = places[index]
    let moved = inside - Double(index) * leg - hold
    guard moved > 0 else { return from }
    let to = places[(index + 1) % places.count]
    // Starts and ends at rest: 3 s^2 - 2 s^3.
    let s = min(1, moved / travel)
    let part = s * s * (3 - 2 * s)
    let turn = (to.rotation * from.rotation.inverse).rotationVector
    let rotation = Rotation(rotationVector: turn * part) * from.rotation
    let start = from * middle
    let place = start + (to * middle - start) * part
    return RigidTransform(rotation: rotation, translation: place - rotation * middle)
  }
}
