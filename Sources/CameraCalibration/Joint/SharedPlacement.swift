import Boards
import Geometry

/// Puts unanchored views where the other cameras of their frame say the board is.
///
/// Once the rig is roughly known, a board that one camera sees whole has a place in every other
/// camera's picture, and a part of it that another camera sees fits there in one way only: colours
/// let grids move by whole pairs of squares. So the part becomes as good as a whole board: it ties
/// its camera to the others.
extension JointProblem {
  /// The most that a part may lie off, in steps of its grid and in pixels: a rig that is only roughly
  /// known, and a board that moved between two cameras' pictures.
  private static let mostSteps = 0.25
  private static let mostPixels = 5.0
  /// The next best place must lie off by so many times as much.
  private static let leastLead = 3.0
  /// Corners by which places are compared at first.
  private static let sampleCount = 8

  /// Anchors the views that can be; returns how many.
  mutating func anchorViewsInSharedFrames(_ input: CalibrationInput) -> Int {
    guard problem.cameras.count > 1, !input.board.isAmbiguous else { return 0 }
    var shared: [SharedFrame: Int] = [:]
    var seen: Set<[Int]> = []
    for (view, prepared) in zip(problem.views, views)
    where prepared.isAnchored && problem.isUsed(view) {
      shared[SharedFrame(componentOfCamera[view.camera], prepared.frame)] = view.frame
      seen.insert([view.camera, view.frame])
    }
    var count = 0
    for index in views.indices where !views[index].isAnchored {
      let view = problem.views[index]
      let key = SharedFrame(componentOfCamera[view.camera], views[index].frame)
      // A camera that sees the whole board sees something else besides.
      guard let frame = shared[key], seen.insert([view.camera, frame]).inserted,
        let corners = cornersOnBoard(index, frame: frame, input)
      else { continue }
      problem.corners.replaceSubrange(view.corners, with: corners)
      problem.views[index].frame = frame
      views[index].isAnchored = true
      count += 1
    }
    if count > 0 { dropEmptyFrames() }
    return count
  }

  /// A frame of the input as one component of cameras sees it.
  private struct SharedFrame: Hashable {
    let component: Int
    let frame: Int

    init(_ component: Int, _ frame: Int) {
      self.component = component
      self.frame = frame
    }
  }

  /// The corners of a view by the one place on the board where they fit a frame's pose; nil where
  /// none fits, or more than one.
  private func cornersOnBoard(
    _ index: Int, frame: Int, _ input: CalibrationInput
  ) -> [ObservedCorner]? {
    let source = input.views[views[index].source]
    let grid = views[index].sources.map {
      (column: source.corners[$0].column, row: source.corners[$0].row)
    }
    let view = problem.views[index]
    let corners = Array(problem.corners[view.corners])
    guard let step = Self.step(corners, grid) else { return nil }
    let width = (grid.map(\.column).max() ?? 0) + 1
    let height = (grid.map(\.row).max() ?? 0) + 1
    let sample = stride(
      from: 0, to: grid.count, by: max(1, (grid.count + Self.sampleCount - 1) / Self.sampleCount))
    let places = GridPlacement.all(width: width, height: height, on: input.board)
    func distance(_ place: GridPlacement, _ chosen: some Sequence<Int>) -> Double {
      let placed = chosen.map {
        corners[$0].placed(place.corner(grid[$0].column, grid[$0].row), input.board)
      }
      let camera = problem.cameras[view.camera]
      let residuals = viewResiduals(
        placed[...], camera.kind, camera.parameters,
        camera.cameraFromReference * problem.frames[frame].referenceFromBoard, warp: problem.warp)
      return median(of: residuals.map { $0.length.isFinite ? $0.length : .infinity })
    }
    var best: (place: GridPlacement, distance: Double)?
    var second = Double.infinity
    for place in places {
      let distance = distance(place, sample)
      if distance < best?.distance ?? .infinity {
        second = best?.distance ?? .infinity
        best = (place, distance)
      } else {
        second = min(second, distance)
      }
    }
    guard let best, second > Self.leastLead * best.distance,
      distance(best.place, grid.indices) < min(Self.mostSteps * step, Self.mostPixels)
    else { return nil }
    return corners.indices.map {
      corners[$0].placed(best.place.corner(grid[$0].column, grid[$0].row), input.board)
    }
  }

  /// The shortest way between neighbours of a grid, pixels; nil where there are none.
  private static func step(
    _ corners: [ObservedCorner], _ grid: [(column: Int, row: Int)]
  ) -> Double? {
    var at: [[Int]: Vector2] = [:]
    for (corner, place) in zip(corners, grid) {
      at[[place.column, place.row]] = Vector2(corner.x, corner.y)
    }
    var least: Double?
    for place in grid {
      guard let here = at[[place.column, place.row]] else { continue }
      for next in [[place.column + 1, place.row], [place.column, place.row + 1]] {
        guard let there = at[next] else { continue }
        least = min(least ?? .infinity, (there - here).length)
      }
    }
    return least
  }

  /// Takes out frames that no view has any more, and brings the views back into the order of their
  /// frames.
  private mutating func dropEmptyFrames() {
    let used = Set(problem.views.map(\.frame))
    var number: [Int: Int] = [:]
    for old in problem.frames.indices where used.contains(old) { number[old] = number.count }
    problem.frames = problem.frames.indices.filter(used.contains).map { problem.frames[$0] }
    frames = frames.indices.filter(used.contains).map { frames[$0] }
    for index in problem.views.indices {
      if let new = number[problem.views[index].frame] { problem.views[index].frame = new }
    }
    sortViewsByFrame()
  }
}
