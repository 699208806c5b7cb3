import BoardDetection
import Boards
import Geometry

/// A view that can be worked with: enough corners, well spread, all of them numbers.
struct PreparedView {
  var camera: Int
  var frame: Int
  /// Index into `CalibrationInput.views`.
  var source: Int
  var isAnchored: Bool
  var corners: [ObservedCorner]
  /// By corner: its index in the input's view.
  var sources: [Int]
}

/// Why a view cannot be used.
enum ViewRefusal: Equatable {
  case tooFewCorners
  /// All corners on a line, or on one spot.
  case notSpread
}

/// The input as the solver takes it.
struct PreparedViews {
  var views: [PreparedView] = []
  var refused: [(source: Int, reason: ViewRefusal)] = []
  var outliers: [OutlierCorner] = []
  /// What a weight of 1 stands for, pixels: the median of the corners' standard deviations, or 1
  /// where all weigh the same.
  var unitSigma = 1.0

  /// A pose has six unknowns, so three corners determine it barely; fewer than this many say
  /// nothing about a lens.
  static let fewestCorners = 6

  init(_ input: CalibrationInput, _ options: CalibrationOptions) {
    if options.weighting == .cornerSigma {
      let sigmas = input.views.flatMap { $0.corners.map(\.sigma) }
        .filter { $0.isFinite && $0 > 0 }.sorted()
      if !sigmas.isEmpty { unitSigma = sigmas[sigmas.count / 2] }
    }
    for (source, view) in input.views.enumerated() {
      let camera = input.cameras[view.camera]
      var prepared = PreparedView(
        camera: view.camera, frame: view.frame, source: source, isAnchored: view.anchored,
        corners: [], sources: [])
      prepared.corners.reserveCapacity(view.corners.count)
      for (index, corner) in view.corners.enumerated() {
        guard Self.isNearPicture(corner, camera) else {
          outliers.append(
            OutlierCorner(
              camera: view.camera, image: view.image, column: corner.column, row: corner.row,
              residual: nil, reason: .notInPicture))
          continue
        }
        prepared.corners.append(observed(corner, input.board, view.anchored, options))
        prepared.sources.append(index)
      }
      if prepared.corners.count < Self.fewestCorners {
        refused.append((source, .tooFewCorners))
      } else if !Self.isSpread(prepared.corners) {
        refused.append((source, .notSpread))
      } else {
        views.append(prepared)
      }
    }
  }

  private func observed(
    _ corner: BoardCorner, _ board: BoardSpec, _ isAnchored: Bool, _ options: CalibrationOptions
  ) -> ObservedCorner {
    let place = board.position(column: corner.column, row: corner.row)
    // Where on the board an unanchored grid lies is unknown: it is taken as flat at first.
    let bend = isAnchored ? board.bend(column: corner.column, row: corner.row) : .zero
    var weight = 1.0
    if options.weighting == .cornerSigma, corner.sigma.isFinite, corner.sigma > 0 {
      // What is left of lens, board and detector errors does not shrink with a corner's own
      // standard deviation: nothing counts more than twice the median corner.
      weight = unitSigma / max(corner.sigma, 0.5 * unitSigma)
    }
    return ObservedCorner(
      boardX: place.x, boardY: place.y, bendX: bend.x, bendY: bend.y, x: corner.x,
      y: corner.y, weight: weight, fullWeight: weight)
  }

  /// Corners may lie a little outside the picture (sub-pixel fits do that), but no further.
  private static func isNearPicture(_ corner: BoardCorner, _ camera: CameraInput) -> Bool {
    corner.x > -2 && corner.x < Double(camera.width) + 1 && corner.y > -2
      && corner.y < Double(camera.height) + 1
  }

  /// True when the corners span a plane, on the board and in the picture.
  private static func isSpread(_ corners: [ObservedCorner]) -> Bool {
    func narrow(_ points: [Vector2]) -> Double {
      let mean = points.reduce(.zero, +) / Double(points.count)
      var (xx, xy, yy) = (0.0, 0.0, 0.0)
      for point in points {
        let d = point - mean
        xx += d.x * d.x
        xy += d.x * d.y
        yy += d.y * d.y
      }
      let half = 0.5 * (xx + yy)
      let root = (0.25 * (xx - yy) * (xx - yy) + xy * xy).squareRoot()
      // The standard deviation across the direction of largest spread.
      return (max(0, half - root) / Double(points.count)).squareRoot()
    }
    let board = narrow(corners.map { Vector2($0.boardX, $0.boardY) })
    return board > 1e-4 && narrow(corners.map { Vector2($0.x, $0.y) }) > 2
  }
}

extension BoardSpec {
  /// How much of the bend along x and along y a corner takes part in: 1 - u^2 and 1 - v^2.
  func bend(column: Int, row: Int) -> Vector2 {
    let u = 2 * Double(column) / Double(columns - 1) - 1
    let v = 2 * Double(row) / Double(rows - 1) - 1
    return Vector2(1 - u * u, 1 - v * v)
  }
}
