import Documents
import BoardDetection
import Boards
import Imaging
import Sessions

/// Where corners come from: pictures, a corners file, or corners of another tool.
enum CornerGathering {
  static func gather(_ request: SolveRequest) throws(ProcedureError) -> GatheredCorners {
    if let file = request.cornersFile {
      return try isPlain(file)
        ? plainCorners(file, request) : keptCorners(file, request)
    }
    guard let board = request.board else { throw .noBoardWord }
    let session = try readSession(request.session ?? "", request)
    try checkCameras(session.cameras.map(\.name), board, request)
    return try detectedCorners(session, board, request)
  }

  // MARK: from pictures

  private static func detectedCorners(
    _ session: RecordedSession, _ board: BoardSpec, _ request: SolveRequest
  ) throws(ProcedureError) -> GatheredCorners {
    let outcomes = detectBoards(
      in: session.cameras.flatMap(\.pictures), detectors: DetectorPool(board: board),
      threads: request.threads
    ) { fraction in
      request.progress?("finding the board", fraction)
    }
    var gathered = GatheredCorners(
      board: board,
      document: CornersDocument(
        software: Software.nameAndVersion, board: board.word, cameras: [:]),
      weighting: .cornerSigma)
    gathered.findings = PictureFindings.skipped(session.skipped)
    if let shortfall = session.recording?.shortfall {
      gathered.findings.append(
        PictureFindings.partialSession(shortfall, frames: session.frames.count))
    }
    var agreement = LayoutAgreement(board)
    for case .read(let picture) in outcomes { agreement.count(picture.detection) }
    if let finding = PictureFindings.layout(agreement, board) { gathered.findings.append(finding) }
    var first = 0
    for camera in session.cameras {
      let own = outcomes[first..<first + camera.pictures.count]
      first += camera.pictures.count
      try gathered.add(camera, Array(own))
    }
    return gathered
  }

  // MARK: from files

  /// True when the document says nothing of a schema: then it is the plain form.
  private static func isPlain(_ file: String) throws(ProcedureError) -> Bool {
    do throws(CornersError) {
      return try PlainCorners.isPlain(file: file)
    } catch {
      throw .corners(error)
    }
  }

  private static func keptCorners(
    _ file: String, _ request: SolveRequest
  ) throws(ProcedureError) -> GatheredCorners {
    let document: CornersDocument
    let board: BoardSpec
    do throws(CornersError) {
      document = try CornersDocument(file: file)
      board = try document.boardSpec(file: file)
    } catch {
      throw .corners(error)
    }
    if let asked = request.board, asked != board {
      throw .otherBoard(
        file: file, inFile: board.word, asked: asked.word, rig: request.rig?.file)
    }
    try check(document, file: file)
    if let path = request.session {
      let names = Set(try readSession(path, request).cameras.map(\.name))
      for name in document.cameras.keys.sorted(by: NaturalOrder.precedes)
      where !names.contains(name) {
        throw .notInSession(file: file, name: "camera \(name)", session: path)
      }
    }
    try checkCameras(document.cameras.keys.sorted(by: NaturalOrder.precedes), board, request)
    return GatheredCorners(board: board, document: document, weighting: .cornerSigma)
  }

  private static func plainCorners(
    _ file: String, _ request: SolveRequest
  ) throws(ProcedureError) -> GatheredCorners {
    guard let board = request.board else { throw .noBoardInFile(file: file) }
    let plain: PlainCorners
    do throws(CornersError) {
      plain = try PlainCorners(file: file, board: board)
    } catch {
      throw .corners(error)
    }
    guard let path = request.session else { throw .noPictureSizes(file: file) }
    let session = try readSession(path, request)
    try checkCameras(plain.cameras.keys.sorted(by: NaturalOrder.precedes), board, request)
    var gathered = GatheredCorners(
      board: board,
      document: CornersDocument(
        software: Software.nameAndVersion, board: board.word, cameras: [:]),
      weighting: .equal)
    for (name, images) in plain.cameras.sorted(by: { $0.key < $1.key }) {
      guard let camera = session.cameras.first(where: { $0.name == name }) else {
        throw .notInSession(file: file, name: "camera \(name)", session: path)
      }
      try gathered.add(camera, plain: images, board: board, file: file, session: path)
    }
    return gathered
  }

  // MARK: checks

  private static func readSession(
    _ path: String, _ request: SolveRequest
  ) throws(ProcedureError) -> RecordedSession {
    let session: RecordedSession
    do throws(SessionError) {
      session = try SessionReader.read(path)
    } catch {
      throw .session(error)
    }
    try request.outputs.check(inputs: session.cameras.flatMap { $0.pictures.map(\.path) })
    return session
  }

  /// A corners file obeys the rules of a session: so many cameras, one picture an instant.
  private static func check(
    _ document: CornersDocument, file: String
  ) throws(ProcedureError) {
    guard document.cameras.count <= SessionReader.maximumCameras else {
      throw .corners(
        .inconsistent(
          file: file, place: "cameras",
          detail: "there are \(document.cameras.count), the limit is "
            + "\(SessionReader.maximumCameras)"))
    }
    for (name, camera) in document.cameras.sorted(by: { $0.key < $1.key }) {
      var images: [String: String] = [:]
      for image in camera.images.keys.sorted(by: NaturalOrder.precedes) {
        guard let first = images.updateValue(image, forKey: GatheredCorners.stem(image)) else {
          continue
        }
        throw .corners(
          .inconsistent(
            file: file, place: name, detail: "\(first) and \(image) are of the same instant"))
      }
    }
  }

  private static func checkCameras(
    _ names: [String], _ board: BoardSpec, _ request: SolveRequest
  ) throws(ProcedureError) {
    try request.rig?.check(cameras: names)
    guard !board.isAmbiguous || names.count == 1 else {
      throw .ambiguousBoard(board, cameras: names.count)
    }
    guard case .perCamera(let kinds) = request.lens else { return }
    for name in kinds.keys.sorted() where !names.contains(name) {
      throw .lensCamera(name: name, cameras: names)
    }
  }
}
