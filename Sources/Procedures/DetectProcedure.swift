import BoardDetection
import Boards
import Documents
package import Execution
import Imaging
import Sessions
package import Measurements

/// What a detection is asked to do.
package struct DetectRequest: Sendable {
  let images: [String]
  let board: BoardSpec
  let jsonFile: String?
  let outputs: OutputPlaces
  let annotationFolder: String?
  let threads: ThreadCount
  let progress: (@Sendable (Double) -> Void)?

  /// A request from the words of a person. Throws when a word makes no sense, or when a file that
  /// is to be written cannot be.
  package init(
    images: [String], boardWord: String, jsonFile: String?, annotationFolder: String?,
    threads: ThreadCount, progress: (@Sendable (Double) -> Void)?
  ) throws(ProcedureError) {
    self.images = images
    guard let board = try SolveRequest.board(boardWord) else { throw .noBoardWord }
    self.board = board
    self.jsonFile = jsonFile
    outputs = try OutputPlaces([("--json", jsonFile)])
    try outputs.check(inputs: images)
    self.annotationFolder = annotationFolder
    self.threads = threads
    self.progress = progress
    if let jsonFile { try OutputFiles.check(jsonFile) }
    if let annotationFolder { try OutputFiles.checkFolder(annotationFolder) }
  }
}

/// What came of a detection.
package struct DetectOutcome: Sendable {
  package let report: DetectReport
  /// The pictures in the order in which they were given, each once.
  package let order: [String]
  package let writtenFiles: [String]

  /// Failed when not one picture has a board.
  package var exitStatus: ExitStatus {
    report.images.values.contains { $0.status != .none } ? .done : .failed
  }
}

/// Finds boards in pictures; throws, and writes nothing, when one of them cannot be read.
package func detect(_ request: DetectRequest) throws(ProcedureError) -> DetectOutcome {
  var seen: Set<String> = []
  let paths = request.images.filter { seen.insert($0).inserted }
  let annotations = try annotationFiles(paths, in: request.annotationFolder)
  let outcomes = detectBoards(
    in: paths.map { SessionPicture(stem: $0, path: $0) },
    detectors: DetectorPool(board: request.board), threads: request.threads,
    progress: request.progress)
  var report = DetectReport(
    software: Software.nameAndVersion, board: request.board.word, images: [:])
  var boards: [[BoardObservation]] = []
  for (path, outcome) in zip(paths, outcomes) {
    switch outcome {
    case .unreadable(let error): throw .picture(error)
    case .read(let picture):
      report.images[path] = DetectReport.Image(picture)
      boards.append(picture.detection.boards)
    }
  }
  var written: [String] = []
  if let file = request.jsonFile {
    try OutputFiles.write(report, to: file)
    written.append(file)
  }
  if let folder = request.annotationFolder {
    try OutputFiles.makeFolder(folder)
    for (index, path) in paths.enumerated() {
      try annotate(path, boards[index], to: annotations[index])
    }
    written.append(folder)
  }
  return DetectOutcome(
    report: report, order: paths, writtenFiles: written)
}

/// Where annotated pictures go; none without a folder. Throws when a picture to be read stands
/// there.
private func annotationFiles(
  _ paths: [String], in folder: String?
) throws(ProcedureError) -> [String] {
  guard let folder else { return [] }
  let files = annotationNames(paths).map { folder + "/" + $0 }
  try OutputPlaces(files.map { ("--annotate", $0) }).check(inputs: paths)
  return files
}

/// File names for annotated pictures: the picture's own, with as many of its folders before it as
/// it takes to tell all of them apart.
private func annotationNames(_ paths: [String]) -> [String] {
  let parts = paths.map { $0.split(separator: "/").filter { $0 != "." && $0 != ".." } }
  let deepest = parts.map(\.count).max() ?? 1
  for depth in 1...max(1, deepest) {
    let names = parts.map { $0.suffix(depth).joined(separator: "_") + ".png" }
    if Set(names).count == names.count { return names }
  }
  return paths.indices.map { "\($0).png" }
}

private func annotate(
  _ path: String, _ boards: [BoardObservation], to file: String
) throws(ProcedureError) {
  let bytes: [UInt8]
  do throws(ImagingError) {
    let grey = try PictureDecoder.decode(file: path).image
    bytes = try PNGEncoder.encode(CornerDrawing.draw(boards, on: grey))
  } catch {
    throw .picture(error)
  }
  try OutputFiles.write(bytes, to: file)
}

extension DetectReport.Image {
  init(_ picture: DetectedPicture) {
    let detection = picture.detection
    width = picture.width
    height = picture.height
    status = detection.status
    ambiguous = detection.ambiguous
    reason = detection.reason?.code
    reasonText = detection.reason.map { "\($0)" }
    cpuMilliseconds = picture.detectSeconds * 1000
    boards = CornersDocument.Image(detection).boards
    corners = boards.first?.corners ?? []
  }
}
