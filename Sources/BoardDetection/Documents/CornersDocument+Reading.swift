package import Boards
import Documents

extension CornersDocument {
  /// Positions may lie this far outside the picture, as a part of its size.
  private static let slack = 0.1
  /// The largest picture side, pixels.
  private static let largestSide = 65536

  /// Reads and checks a corners file of the project's own form.
  package init(file: String) throws(CornersError) {
    do throws(DocumentError) {
      self = try JSONDocument.decode(Self.self, file: file, schema: Self.schemaName)
    } catch {
      throw .document(error)
    }
    try check(file: file)
  }

  /// The same from a file's bytes; `file` stands in messages.
  package init(bytes: [UInt8], file: String) throws(CornersError) {
    do throws(DocumentError) {
      self = try JSONDocument.decode(
        Self.self, from: bytes, file: file, schema: Self.schemaName)
    } catch {
      throw .document(error)
    }
    try check(file: file)
  }

  /// The board the corners are of.
  package func boardSpec(file: String) throws(CornersError) -> BoardSpec {
    do throws(BoardError) {
      return try BoardSpec(word: board)
    } catch {
      throw .inconsistent(file: file, place: "board", detail: "\(error)")
    }
  }

  /// Throws when identities lie outside the board or stand twice, positions are far outside their
  /// picture, or a status does not fit the corners.
  func check(file: String) throws(CornersError) {
    let spec = try boardSpec(file: file)
    guard !cameras.isEmpty else {
      throw .inconsistent(file: file, place: "cameras", detail: "there is none")
    }
    for (name, camera) in cameras.sorted(by: { $0.key < $1.key }) {
      do throws(NameError) {
        _ = try Name(name, of: .role)
      } catch {
        throw .inconsistent(file: file, place: "cameras", detail: "\(error)")
      }
      guard (1...Self.largestSide).contains(camera.width),
        (1...Self.largestSide).contains(camera.height)
      else {
        throw .inconsistent(
          file: file, place: name,
          detail: "pictures of \(camera.width) x \(camera.height) pixels cannot be")
      }
      for (image, found) in camera.images.sorted(by: { $0.key < $1.key }) {
        if let detail = Self.problem(in: found, camera, spec) {
          throw .inconsistent(file: file, place: "\(name)/\(image)", detail: detail)
        }
      }
    }
  }

  /// What is wrong with one picture's entry; nil when nothing is.
  private static func problem(
    in image: Image, _ camera: Camera, _ spec: BoardSpec
  ) -> String? {
    guard image.status == image.boards.first?.status ?? .none else {
      return "the status is \(image.status.rawValue), which is not the first board's"
    }
    for board in image.boards {
      if let problem = problem(in: board, camera, spec) { return problem }
    }
    return nil
  }

  private static func problem(
    in board: BoardObservation, _ camera: Camera, _ spec: BoardSpec
  ) -> String? {
    let isNamed = board.status.isNamed
    guard board.status != .none, !board.corners.isEmpty else { return "a board has no corners" }
    guard !isNamed || board.corners.count <= spec.cornerCount else {
      return "there are \(board.corners.count) corners on a board of \(spec.cornerCount)"
    }
    // An unanchored grid may lie across the board, so either side may be the longer one.
    let longest = max(spec.columns, spec.rows)
    let columns = isNamed ? spec.columns : longest
    let rows = isNamed ? spec.rows : longest
    let (width, height) = (Double(camera.width), Double(camera.height))
    var seen: Set<Int> = []
    for corner in board.corners {
      guard (0..<columns).contains(corner.column), (0..<rows).contains(corner.row) else {
        return "corner (\(corner.column), \(corner.row)) is not on the board \(spec.word)"
      }
      guard seen.insert(corner.row * columns + corner.column).inserted else {
        return "corner (\(corner.column), \(corner.row)) stands there twice"
      }
      guard corner.x > -slack * width, corner.x < (1 + slack) * width,
        corner.y > -slack * height, corner.y < (1 + slack) * height
      else {
        return "corner (\(corner.column), \(corner.row)) lies outside the picture"
      }
      guard corner.sigma > 0, corner.sigma < 1000 else {
        return "corner (\(corner.column), \(corner.row)) has a sigma of \(corner.sigma) px"
      }
    }
    return nil
  }
}
