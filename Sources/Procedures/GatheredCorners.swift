import BoardDetection
import Boards
import CameraCalibration
import Measurements
import Sessions

/// The corners a solve works on, wherever they came from.
struct GatheredCorners {
  var board: BoardSpec
  var document: CornersDocument
  var weighting: CornerWeighting
  var findings: [Finding] = []
  /// CPU seconds.
  var decodeSeconds = 0.0
  var detectSeconds = 0.0

  /// Camera names in natural order: the first is the reference of all poses.
  var cameraNames: [String] { document.cameras.keys.sorted(by: NaturalOrder.precedes) }
}

extension GatheredCorners {
  /// What the solver takes: one view a picture, frames by file stem.
  ///
  /// A picture with several complete boards is left out, since nobody can say which of them is the
  /// one the other cameras see; of several parts the best serves.
  mutating func calibrationInput() -> CalibrationInput {
    var stems: Set<String> = []
    for camera in document.cameras.values {
      for image in camera.images.keys { stems.insert(Self.stem(image)) }
    }
    let frames = stems.sorted(by: NaturalOrder.precedes)
    let frameIndex = Dictionary(uniqueKeysWithValues: zip(frames, frames.indices))
    var cameras: [CameraInput] = []
    var views: [CalibrationView] = []
    var crowded: [String] = []
    for name in cameraNames {
      guard let camera = document.cameras[name] else { continue }
      for image in camera.images.keys.sorted(by: NaturalOrder.precedes) {
        let boards = camera.images[image]?.boards ?? []
        guard let best = boards.first, let frame = frameIndex[Self.stem(image)] else { continue }
        guard boards.filter({ $0.status == .complete }).count <= 1 else {
          crowded.append("\(name)/\(image)")
          continue
        }
        views.append(
          CalibrationView(
            camera: cameras.count, frame: frame, image: "\(name)/\(image)",
            anchored: best.status == .complete, corners: best.observation.corners))
      }
      cameras.append(CameraInput(name: name, width: camera.width, height: camera.height))
    }
    if !views.isEmpty, !views.contains(where: \.anchored) {
      let parts = document.cameras.values.flatMap { $0.images.values.compactMap(\.boards.first) }
      findings.append(PictureFindings.neverComplete(board, grids: parts.map { GridSize($0) }))
    }
    if !crowded.isEmpty { findings.append(PictureFindings.severalBoards(crowded)) }
    return CalibrationInput(board: board, cameras: cameras, frames: frames, views: views)
  }

  /// A file name without its extension.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
