import Boards
import Geometry
import Glibc
import LensModels

/// What the cameras of a rig can see where the rig means them to be, with lenses without distortion
/// of the nominal focal length.
struct RigSight {
  private let board: BoardSpec
  private let cameras: [Camera]

  private struct Camera {
    var cartFromCamera: RigidTransform
    /// Nil where the rig names no focal length.
    var lens: Lens?
  }

  init(_ rig: Rig) {
    board = rig.board
    cameras = rig.cameras.map { camera in
      Camera(cartFromCamera: camera.place.cartFromCamera, lens: Self.nominalLens(camera))
    }
  }

  /// The lens as the data sheet has it: straight lines stay straight, or the image grows with the
  /// angle; the axis through the middle of the picture.
  private static func nominalLens(_ camera: RigCamera) -> Lens? {
    guard let focal = camera.lens.focal else { return nil }
    let kind: LensKind = camera.lens.family == .fisheye ? .kannalaBrandt4 : .pinhole
    let middle = [0.5 * Double(camera.width - 1), 0.5 * Double(camera.height - 1)]
    let distortion = Array(repeating: 0.0, count: kind.parameterCount - 4)
    do {
      return try Lens(
        kind: kind, width: camera.width, height: camera.height,
        parameters: [focal, focal] + middle + distortion)
    } catch {
      return nil
    }
  }

  func knowsLens(_ camera: Int) -> Bool { cameras[camera].lens != nil }

  /// True when a camera sees the whole board, its outer squares included, from its printed side and
  /// not at a glancing angle.
  func sees(_ camera: Int, _ cartFromBoard: RigidTransform) -> Bool {
    guard let lens = cameras[camera].lens else { return false }
    let cameraFromBoard = cameras[camera].cartFromCamera.inverse * cartFromBoard
    let middle =
      cameraFromBoard * (board.position(column: board.columns - 1, row: board.rows - 1) * 0.5)
    let away = cameraFromBoard.rotation * Vector3(0, 0, 1)
    // Beyond 75 degrees from face on, squares are too narrow to be told.
    guard away.dot(middle.normalized) > cos(75 * .pi / 180) else { return false }
    for column in [-1, (board.columns - 1) / 2, board.columns] {
      for row in [-1, (board.rows - 1) / 2, board.rows] {
        let corner = board.position(column: column, row: row)
        guard let pixel = lens.project(cameraFromBoard * corner),
          pixel.x >= 0, pixel.x <= Double(lens.width - 1), pixel.y >= 0,
          pixel.y <= Double(lens.height - 1)
        else { return false }
      }
    }
    return true
  }

  /// Places of the board's middle, evenly over the basket.
  static func places(in basket: RigBasket) -> [Vector3] {
    var places: [Vector3] = []
    for up in [0.2, 0.5, 0.8] {
      for forward in [-0.3, -0.15, 0, 0.15, 0.3] {
        for right in [-0.3, -0.15, 0, 0.15, 0.3] {
          places.append(Vector3(right, forward, up) * basket.size)
        }
      }
    }
    return places
  }

  /// The board with its middle at a place, held so that some cameras see it as well as they can
  /// together: facing the middle between them.
  func boardFacing(_ facing: [Int], at place: Vector3) -> RigidTransform {
    var eye = Vector3.zero
    for camera in facing { eye += cameras[camera].cartFromCamera.translation }
    let away = (place - eye / Double(facing.count)).normalized
    var along = Vector3(0, 0, 1).cross(away)
    if !(along.length > 1e-3) { along = Vector3(1, 0, 0) }
    let x = -along.normalized
    let rotation = Rotation(matrix: Matrix3(columns: x, away.cross(x), away))
    let middle = board.position(column: board.columns - 1, row: board.rows - 1) * 0.5
    return RigidTransform(rotation: rotation, translation: place - rotation * middle)
  }
}
