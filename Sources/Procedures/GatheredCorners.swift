import Documents
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
  /// Whole patterns of another size than the board's, one for each picture that shows one.
  var otherPatterns: [GridSize] = []
  /// CPU seconds.
  var decodeSeconds = 0.0
  var detectSeconds = 0.0

  /// Camera names in natural order: the first is the reference of all poses.
  var cameraNames: [String] { document.cameras.keys.sorted(by: NaturalOrder.precedes) }
}

extension GatheredCorners {
  /// Why there is no sense in solving: most pictures show another board, or nobody saw the whole
  /// one. Nil when there is.
  func obstacle() -> Finding? {
    let images = document.cameras.values.flatMap(\.images.values)
    let named = images.filter(\.status.isNamed).count
    let counts = Dictionary(grouping: otherPatterns, by: { $0 }).mapValues(\.count)
    if let most = counts.max(by: { ($0.value, $0.key.area) < ($1.value, $1.key.area) }),
      most.value > named
    {
      return PictureFindings.otherBoard(
        most.key, board, pictures: most.value, of: images.count)
    }
    let parts = images.compactMap(\.boards.first)
    guard named == 0, !parts.isEmpty else { return nil }
    return PictureFindings.neverComplete(board, grids: parts.map { GridSize($0) })
  }

  /// Findings about how pictures are named and sorted into folders.
  func namingFindings() -> [Finding] {
    let names = cameraNames
    let stems = names.map { name in
      Set((document.cameras[name]?.images.keys).map { $0.map(Self.stem) } ?? [])
    }
    if names.count == 1, let prefixes = NameFamilies.prefixes(sharingNumbers: stems[0]) {
      return [PictureFindings.camerasInOneFolder(prefixes, camera: names[0])]
    }
    let all = stems.reduce(0) { $0 + $1.count }
    let distinct = stems.reduce(into: Set<String>()) { $0.formUnion($1) }.count
    guard names.count > 1, all == distinct, !stems.contains(where: \.isEmpty) else { return [] }
    let examples = zip(names, stems).compactMap { name, stems in
      stems.min(by: NaturalOrder.precedes).map { "\(name): \($0)" }
    }
    return [PictureFindings.noCommonNames(examples)]
  }

  /// What the solver takes: one view a picture, frames by file stem.
  ///
  /// A picture with several boards that hold the same corner is left out, since nobody can say which
  /// of them is the one the other cameras see; of several parts the best serves.
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
        guard !Self.areSeveral(boards) else {
          crowded.append("\(name)/\(image)")
          continue
        }
        views.append(
          CalibrationView(
            camera: cameras.count, frame: frame, image: "\(name)/\(image)",
            anchored: best.status.isNamed, corners: best.corners))
      }
      cameras.append(CameraInput(name: name, width: camera.width, height: camera.height))
    }
    if !crowded.isEmpty { findings.append(PictureFindings.severalBoards(crowded)) }
    return CalibrationInput(board: board, cameras: cameras, frames: frames, views: views)
  }

  /// True when a corner of the board is seen twice.
  private static func areSeveral(_ boards: [BoardObservation]) -> Bool {
    var seen: Set<[Int]> = []
    for board in boards where board.status.isNamed {
      for corner in board.corners {
        guard seen.insert([corner.column, corner.row]).inserted else { return true }
      }
    }
    return false
  }

  /// A file name without its extension.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
