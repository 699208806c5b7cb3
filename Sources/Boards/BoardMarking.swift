/// What a board carries beside its squares.
package enum BoardMarking: Equatable, Sendable {
  /// Nothing: a plain checkerboard.
  case none
  /// A marker in every second square.
  case charuco(CharucoMarkers)
}
