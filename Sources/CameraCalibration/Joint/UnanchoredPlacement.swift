import Boards
import Geometry

/// A place that an unanchored grid may have on the board: turned by quarter turns, its first corner
/// at (column, row).
struct GridPlacement: Equatable {
  var quarterTurns: Int
  var column: Int
  var row: Int

  /// The board corner of the grid's corner (i, j).
  func corner(_ i: Int, _ j: Int) -> (column: Int, row: Int) {
    switch quarterTurns {
    case 0: (column + i, row + j)
    case 1: (column - j, row + i)
    case 2: (column - i, row - j)
    default: (column + j, row - i)
    }
  }

  /// All places of a grid of `width` x `height` corners, the square up-left of whose first corner
  /// is black. That square is up-right of it on the board after a quarter turn, where colours are
  /// the other way round. Of a board with markers the colours are not known beforehand.
  static func all(width: Int, height: Int, on board: BoardSpec) -> [GridPlacement] {
    var places: [GridPlacement] = []
    for quarterTurns in 0..<4 {
      for row in 0..<board.rows {
        for column in 0..<board.columns
        where board.isMarked || (column + row + quarterTurns).isMultiple(of: 2) {
          let place = GridPlacement(quarterTurns: quarterTurns, column: column, row: row)
          let last = place.corner(width - 1, height - 1)
          if (0..<board.columns).contains(last.column), (0..<board.rows).contains(last.row) {
            places.append(place)
          }
        }
      }
    }
    return places
  }
}

extension JointProblem {
  /// Puts each unanchored view where the bend of the board, as it is known so far, fits it best.
  ///
  /// On a flat board all places are the same, and nothing is lost by a wrong one.
  mutating func placeUnanchoredViews(_ input: CalibrationInput) {
    let limit = problem.warp.x.magnitude + problem.warp.y.magnitude
    // Below a hundredth of a millimetre no picture tells the places apart.
    guard limit > 1e-5 else { return }
    for index in views.indices where !views[index].isAnchored {
      place(index, input)
    }
  }

  /// The most places that are tried for one view.
  private static let mostPlaces = 600

  private mutating func place(_ index: Int, _ input: CalibrationInput) {
    let source = input.views[views[index].source]
    let grid = views[index].sources.map {
      (source.corners[$0].column, source.corners[$0].row)
    }
    let width = (grid.map(\.0).max() ?? 0) + 1
    let height = (grid.map(\.1).max() ?? 0) + 1
    let places = GridPlacement.all(width: width, height: height, on: input.board)
    guard !places.isEmpty, places.count <= Self.mostPlaces else { return }
    let view = problem.views[index]
    let camera = problem.cameras[view.camera]
    let context = PoseFitContext(
      kind: camera.kind, parameters: camera.parameters, warp: problem.warp,
      boardCentre: problem.boardCentre)
    let pose = problem.cameraFromBoard(view)
    var best: (corners: [ObservedCorner], fit: PoseFit)?
    for place in places {
      let corners = zip(problem.corners[view.corners], grid).map { corner, grid in
        corner.placed(place.corner(grid.0, grid.1), input.board)
      }
      // board_from_grid: the grid's axes turn with the place.
      let turn = Rotation(
        rotationVector: Vector3(0, 0, Double(place.quarterTurns) * 0.5 * Double.pi))
      let origin = input.board.position(column: place.column, row: place.row)
      let boardFromGrid = RigidTransform(rotation: turn, translation: origin)
      guard
        let fit = fitPose(
          corners[...], context, start: pose * boardFromGrid.inverse,
          loss: .cauchy(scale: 3), iterations: 6, decrease: 1e-4)
      else { continue }
      if fit.cost < best?.fit.cost ?? .infinity { best = (corners, fit) }
    }
    guard let best else { return }
    problem.corners.replaceSubrange(view.corners, with: best.corners)
    problem.frames[view.frame].referenceFromBoard =
      camera.cameraFromReference.inverse * best.fit.cameraFromBoard
  }
}

extension ObservedCorner {
  /// The same corner at another place on the board.
  func placed(_ place: (column: Int, row: Int), _ board: BoardSpec) -> ObservedCorner {
    var corner = self
    let position = board.position(column: place.column, row: place.row)
    let bend = board.bend(column: place.column, row: place.row)
    (corner.boardX, corner.boardY) = (position.x, position.y)
    (corner.bendX, corner.bendY) = (bend.x, bend.y)
    return corner
  }
}
