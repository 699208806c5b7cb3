/// Throws when the input contradicts itself.
func validate(
  _ input: CalibrationInput, _ options: CalibrationOptions
) throws(CalibrationError) {
  guard !input.cameras.isEmpty else { throw .noCameras }
  var names: Set<String> = []
  for camera in input.cameras {
    guard names.insert(camera.name).inserted else { throw .duplicateCameraName(camera.name) }
    guard (16...65536).contains(camera.width), (16...65536).contains(camera.height) else {
      throw .pictureSizeOutOfRange(
        camera: camera.name, width: camera.width, height: camera.height)
    }
  }
  if case .perCamera(let kinds) = options.lens {
    for name in kinds.keys.sorted() where !names.contains(name) { throw .unknownLensCamera(name) }
  }
  let board = input.board
  // An unanchored grid may lie across the board, so either side may be the longer one.
  let longest = max(board.columns, board.rows)
  for view in input.views {
    guard input.cameras.indices.contains(view.camera) else {
      throw .unknownCamera(index: view.camera, image: view.image)
    }
    guard input.frames.indices.contains(view.frame) else {
      throw .unknownFrame(index: view.frame, image: view.image)
    }
    let columns = view.anchored ? board.columns : longest
    let rows = view.anchored ? board.rows : longest
    var seen: Set<Int> = []
    for corner in view.corners {
      guard (0..<columns).contains(corner.column), (0..<rows).contains(corner.row) else {
        throw .cornerOutsideBoard(image: view.image, column: corner.column, row: corner.row)
      }
      guard seen.insert(corner.row * columns + corner.column).inserted else {
        throw .cornerTwice(image: view.image, column: corner.column, row: corner.row)
      }
    }
  }
}
