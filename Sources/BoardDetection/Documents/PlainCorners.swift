package import Boards
import Documents

/// Corners of the plain form that other tools write:
/// `{camera: {image: [[x, y] or [null, null], ...] or null}}`, row-major over the inner corners.
package struct PlainCorners: Equatable, Sendable {
  /// By camera, by file name; nil for a picture without a board, and in it for a missing corner.
  package var cameras: [String: [String: [SIMD2<Double>?]?]]

  /// Reads and checks a file of the plain form for a board.
  package init(file: String, board: BoardSpec) throws(CornersError) {
    let decoded: [String: [String: [[Double?]]?]]
    do throws(DocumentError) {
      decoded = try JSONDocument.decode([String: [String: [[Double?]]?]].self, file: file)
    } catch {
      throw .document(error)
    }
    guard !decoded.isEmpty else {
      throw .inconsistent(file: file, place: "the file", detail: "there is no camera in it")
    }
    cameras = [:]
    for (camera, images) in decoded.sorted(by: { $0.key < $1.key }) {
      do throws(NameError) {
        _ = try Name(camera, of: .role)
      } catch {
        throw .inconsistent(file: file, place: "the file", detail: "\(error)")
      }
      guard !images.isEmpty else {
        throw .inconsistent(file: file, place: camera, detail: "there is no picture of it")
      }
      var checked: [String: [SIMD2<Double>?]?] = [:]
      for (image, points) in images.sorted(by: { $0.key < $1.key }) {
        guard let points else {
          checked.updateValue(nil, forKey: image)
          continue
        }
        let place = "\(camera)/\(image)"
        guard points.count == board.cornerCount else {
          throw .inconsistent(
            file: file, place: place,
            detail: "\(points.count) corners, but \(board.word) has \(board.cornerCount)")
        }
        checked[image] = try points.map { point throws(CornersError) in
          try Self.position(point, file: file, place: place)
        }
      }
      cameras[camera] = checked
    }
  }

  private static func position(
    _ point: [Double?], file: String, place: String
  ) throws(CornersError) -> SIMD2<Double>? {
    guard point.count == 2, (point[0] == nil) == (point[1] == nil) else {
      throw .inconsistent(
        file: file, place: place, detail: "a corner is not [x, y] or [null, null]")
    }
    guard let x = point[0], let y = point[1] else { return nil }
    guard abs(x) < 1e6, abs(y) < 1e6 else {
      throw .inconsistent(file: file, place: place, detail: "corner [\(x), \(y)] is no pixel")
    }
    return SIMD2(x, y)
  }
}

extension PlainCorners {
  /// True when the document names no schema, so that it can only be of the plain form.
  package static func isPlain(file: String) throws(CornersError) -> Bool {
    struct Header: Decodable { let schema: String? }
    do throws(DocumentError) {
      return try JSONDocument.decode(Header.self, file: file).schema == nil
    } catch {
      throw .document(error)
    }
  }
}
