/// Capturing as a person does who is told which camera still needs boards.
extension SimulatedRig {
  /// Adds frames, each for the camera that has seen the fewest boards so far; every other one shows
  /// the whole board to at least two cameras.
  package mutating func addGuidedFrames(
    _ count: Int, _ showing: Showing, _ numbers: inout SeededNumbers
  ) {
    var seen = wholeCounts()
    for place in 0..<count {
      let poorest = seen.indices.min { (seen[$0], $0) < (seen[$1], $1) } ?? 0
      var showing = showing
      if cameras.count > 1, place.isMultiple(of: 2) { showing.seenBy = max(2, showing.seenBy) }
      let before = frames.count
      addFrames(1, showing, cameras: [poorest], &numbers)
      // Where no two cameras see a board together, one does.
      if frames.count == before {
        showing.seenBy = 1
        addFrames(1, showing, cameras: [poorest], &numbers)
      }
      guard frames.count > before else { continue }
      for camera in cameras.indices where seesWhole(camera: camera, frame: before) {
        seen[camera] += 1
      }
    }
  }

  /// True when each camera sees at least `views` whole boards and all hang together by pairs that
  /// share at least `sharedFrames`.
  package func isWellCaptured(views: Int, sharedFrames: Int) -> Bool {
    wholeCounts().allSatisfy { $0 >= views }
      && (cameras.count < 2 || isConnected(sharedFrames: sharedFrames))
  }
}
