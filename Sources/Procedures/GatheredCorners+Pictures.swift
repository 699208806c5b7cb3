import Documents
import BoardDetection
import Boards
import Files
import Imaging
import Measurements
import Sessions

extension GatheredCorners {
  /// Adds what was found in a camera's pictures; `outcomes` stand in the order of its pictures.
  ///
  /// Pictures that cannot be read or have another size than most are left out and named. Throws
  /// when not one can be read.
  mutating func add(
    _ camera: SessionCamera, _ outcomes: [PictureOutcome]
  ) throws(ProcedureError) {
    let sizes = outcomes.map { outcome -> PictureSize? in
      guard case .read(let picture) = outcome else { return nil }
      return PictureSize(width: picture.width, height: picture.height)
    }
    if let shortage = Self.shortage(outcomes) { throw .picture(shortage) }
    guard let majority = MajoritySize(sizes) else {
      throw .nothingReadable(camera: camera.name, first: Self.firstError(outcomes))
    }
    var images: [String: CornersDocument.Image] = [:]
    var odd: [(name: String, size: PictureSize)] = []
    var reasons: [NoBoardReason] = []
    var without: [String] = []
    for (index, outcome) in outcomes.enumerated() {
      let name = Self.fileName(camera.pictures[index].path)
      switch outcome {
      case .unreadable(let error):
        findings.append(PictureFindings.unreadable(error, camera: camera.name))
      case .read(let picture):
        decodeSeconds += picture.decodeSeconds
        detectSeconds += picture.detectSeconds
        guard !majority.oddOnes.contains(index) else {
          odd.append((name, PictureSize(width: picture.width, height: picture.height)))
          continue
        }
        images[name] = CornersDocument.Image(picture.detection)
        guard picture.detection.boards.isEmpty else { continue }
        without.append(name)
        if let reason = picture.detection.reason { reasons.append(reason) }
        if case .otherPattern(let columns, let rows) = picture.detection.reason {
          otherPatterns.append(GridSize(columns: columns, rows: rows))
        }
      }
    }
    if !odd.isEmpty {
      findings.append(
        PictureFindings.sizeDiffers(odd, majority: majority.size, camera: camera.name))
    }
    if without.count == images.count {
      findings.append(
        PictureFindings.noBoard(
          camera: camera.name, pictures: images.count, reason: Self.mostFrequent(reasons)))
    } else if !without.isEmpty {
      findings.append(
        PictureFindings.somePicturesWithoutBoard(
          camera: camera.name, names: without, of: images.count))
    }
    document.cameras[camera.name] = CornersDocument.Camera(
      width: majority.size.width, height: majority.size.height, images: images)
  }

  /// Adds a camera's corners of the plain form; picture sizes come from the files' headers.
  mutating func add(
    _ camera: SessionCamera, plain images: [String: [SIMD2<Double>?]?], board: BoardSpec,
    file: String, session: String
  ) throws(ProcedureError) {
    let paths = Dictionary(
      uniqueKeysWithValues: camera.pictures.map { (Self.fileName($0.path), $0.path) })
    let names = images.keys.sorted(by: NaturalOrder.precedes)
    var sizes: [PictureSize?] = []
    for name in names {
      guard let path = paths[name] else {
        throw .notInSession(file: file, name: "\(camera.name)/\(name)", session: session)
      }
      do throws(ImagingError) {
        let header = try PictureDecoder.header(file: path)
        sizes.append(PictureSize(width: header.width, height: header.height))
      } catch {
        throw .picture(error)
      }
    }
    guard let majority = MajoritySize(sizes) else { return }
    var kept: [String: CornersDocument.Image] = [:]
    for (index, name) in names.enumerated() where !majority.oddOnes.contains(index) {
      let points = images[name] ?? nil
      if let stray = points?.compactMap({ $0 }).first(where: { !majority.size.holds($0) }) {
        throw .corners(
          .inconsistent(
            file: file, place: "\(camera.name)/\(name)",
            detail: "corner [\(stray.x), \(stray.y)] lies outside the picture of "
              + "\(majority.size.width) x \(majority.size.height) pixels"))
      }
      kept[name] = Self.image(points, board)
    }
    let odd = majority.oddOnes.compactMap { index in
      sizes[index].map { (name: names[index], size: $0) }
    }
    if !odd.isEmpty {
      findings.append(
        PictureFindings.sizeDiffers(odd, majority: majority.size, camera: camera.name))
    }
    document.cameras[camera.name] = CornersDocument.Camera(
      width: majority.size.width, height: majority.size.height, images: kept)
  }

  /// Corners of one picture as a document holds them; the plain form knows no sigma, so all are 1.
  private static func image(
    _ points: [SIMD2<Double>?]?, _ board: BoardSpec
  ) -> CornersDocument.Image {
    let corners = (points ?? []).enumerated().compactMap { index, point in
      point.map {
        BoardCorner(
          column: index % board.columns, row: index / board.columns, x: $0.x, y: $0.y, sigma: 1)
      }
    }
    guard !corners.isEmpty else {
      return CornersDocument.Image(status: .none, reason: nil, boards: [])
    }
    let found = BoardObservation(
      status: .complete, ambiguous: board.isAmbiguous, corners: corners)
    return CornersDocument.Image(status: .complete, reason: nil, boards: [found])
  }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Without a file descriptor or memory left, what is wrong is not the picture.
  private static func shortage(_ outcomes: [PictureOutcome]) -> ImagingError? {
    for case .unreadable(.unreadable(let cause)) in outcomes where cause.isShortage {
      return .unreadable(cause)
    }
    return nil
  }

  private static func firstError(_ outcomes: [PictureOutcome]) -> ImagingError {
    for case .unreadable(let error) in outcomes { return error }
    return .empty(name: "the folder")
  }

  private static func mostFrequent(_ reasons: [NoBoardReason]) -> NoBoardReason? {
    let counts = Dictionary(grouping: reasons, by: \.code).mapValues(\.count)
    return reasons.max { counts[$0.code, default: 0] < counts[$1.code, default: 0] }
  }
}

extension PictureSize {
  /// Whether a corner may be seen here: in the picture or a tenth of its size outside it.
  fileprivate func holds(_ point: SIMD2<Double>) -> Bool {
    abs(point.x / Double(width) - 0.5) < 0.6 && abs(point.y / Double(height) - 0.5) < 0.6
  }
}
