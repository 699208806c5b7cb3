import Boards
import CameraCalibration
import Documents
import Geometry

/// A rig in the plain form that simulated sets carry (JSON): matrix poses, a kind of lens and a
/// nominal focal length for each camera, datum poses by frame number.
///
///     {"cameras": [{"name", "width", "height", "lens", "nominal_focal_px", "images",
///                   "nominal_pose_cart_from_camera": {"rotation": [9], "translation": [3]}}],
///      "board": {"columns", "rows", "square_m"}, "basket": {"x", "y", "z"},
///      "datum": [{"index", "pose_cart_from_board": {"rotation": [9], "translation": [3]}}]}
///
/// Rotations are matrices row by row; lengths are metres. `images` is a pattern such as
/// `cam0/%04d.png`: it says with how many digits frames are named.
struct PlainRig: Decodable {
  var cameras: [Camera]
  var board: Board
  var datum: [Datum]?
  var basket: Extent?

  struct Camera: Decodable {
    var name: String
    var width: Int
    var height: Int
    var lens: String
    var focal: Double?
    var pose: Pose
    var images: String?

    enum CodingKeys: String, CodingKey {
      case name, width, height, lens, images
      case focal = "nominal_focal_px"
      case pose = "nominal_pose_cart_from_camera"
    }
  }

  struct Board: Decodable {
    var kind: String?
    var columns: Int
    var rows: Int
    var square: Double

    enum CodingKeys: String, CodingKey {
      case kind, columns, rows
      case square = "square_m"
    }
  }

  struct Datum: Decodable {
    var index: Int
    var pose: Pose

    enum CodingKeys: String, CodingKey {
      case index
      case pose = "pose_cart_from_board"
    }
  }

  struct Extent: Decodable {
    var x: Double
    var y: Double
    var z: Double
  }

  struct Pose: Decodable {
    var rotation: [Double]
    var translation: [Double]
  }
}

extension Rig {
  /// What the plain form leaves open, and what an import takes for it.
  package enum PlainDefaults {
    /// Metres and radians.
    static let positionTolerance = 0.03
    static let angleTolerance = 6 * Double.pi / 180
    /// What is given without an uncertainty is taken as exact.
    static let positionSigma = 1e-6
    static let angleSigma = 0.0002 * Double.pi / 180
  }

  /// The rig that a file of the plain form describes, called `name`.
  package init(plainFile path: String, name: String) throws(RigError) {
    let plain: PlainRig
    do throws(DocumentError) {
      plain = try JSONDocument.decode(PlainRig.self, file: path)
    } catch {
      throw .document(error)
    }
    self = try plain.rig(name: name, file: path)
  }
}

extension PlainRig {
  func rig(name: String, file: String) throws(RigError) -> Rig {
    guard board.kind == nil || board.kind == "checkerboard" else {
      throw .plain(
        file: file, place: "board",
        detail: "\"\(SafeText.line(board.kind ?? "", limit: 40))\" is no board known here")
    }
    let spec: BoardSpec
    do throws(BoardError) {
      spec = try BoardSpec(columns: board.columns, rows: board.rows, squareSize: board.square)
    } catch {
      throw .plain(file: file, place: "board", detail: "\(error)")
    }
    var rigCameras: [RigCamera] = []
    for camera in cameras { rigCameras.append(try self.camera(camera, file)) }
    let digits = cameras.lazy.compactMap { Self.digits($0.images ?? "") }.first ?? 1
    var poses: [DatumPose] = []
    for datum in datum ?? [] {
      let place = "datum \(datum.index)"
      guard (0...99_999_999).contains(datum.index) else {
        throw .plain(file: file, place: place, detail: "this is no number of a frame")
      }
      poses.append(
        DatumPose(
          frame: Self.padded(datum.index, digits),
          cartFromBoard: try transform(datum.pose, file, place),
          positionSigma: Rig.PlainDefaults.positionSigma,
          angleSigma: Rig.PlainDefaults.angleSigma))
    }
    return Rig(
      name: name, description: "", board: spec,
      basket: basket.map { RigBasket(size: Vector3($0.x, $0.y, $0.z)) }, cameras: rigCameras,
      datum: poses)
  }

  private func camera(_ camera: Camera, _ file: String) throws(RigError) -> RigCamera {
    let place = "camera \(SafeText.line(camera.name, limit: 80))"
    do throws(NameError) {
      _ = try Name(camera.name, of: .role)
    } catch {
      throw .plain(file: file, place: place, detail: "\(error)")
    }
    guard cameras.count(where: { $0.name == camera.name }) == 1 else {
      throw .plain(file: file, place: place, detail: "several cameras have this name")
    }
    guard let family = RigLens.Family(rawValue: camera.lens) else {
      throw .plain(
        file: file, place: place,
        detail: "\"\(SafeText.line(camera.lens, limit: 40))\" is no kind of lens: pinhole, wide "
          + "and fisheye are")
    }
    return RigCamera(
      role: camera.name,
      lens: RigLens(family: family, model: family.model, focal: camera.focal),
      width: camera.width, height: camera.height,
      place: NominalPlace(
        cartFromCamera: try transform(camera.pose, file, place),
        positionTolerance: Rig.PlainDefaults.positionTolerance,
        angleTolerance: Rig.PlainDefaults.angleTolerance))
  }

  private func transform(
    _ pose: Pose, _ file: String, _ place: String
  ) throws(RigError) -> RigidTransform {
    guard pose.rotation.count == 9, pose.translation.count == 3 else {
      throw .plain(
        file: file, place: place, detail: "a pose has nine numbers of rotation and three of place")
    }
    let r = pose.rotation
    let matrix = Matrix3(
      rows: Vector3(r[0], r[1], r[2]), Vector3(r[3], r[4], r[5]), Vector3(r[6], r[7], r[8]))
    let rotation = Rotation(matrix: matrix)
    let back = rotation.matrix
    var worst = 0.0
    for row in 0..<3 {
      for column in 0..<3 {
        let difference = abs(back[row, column] - matrix[row, column])
        // Not a number is not below the bound either.
        worst = difference <= worst ? worst : difference
      }
    }
    guard worst < 1e-4 else {
      throw .plain(file: file, place: place, detail: "the nine numbers are not a rotation matrix")
    }
    return RigidTransform(
      rotation: rotation,
      translation: Vector3(pose.translation[0], pose.translation[1], pose.translation[2]))
  }

  /// The digits that a pattern such as `cam0/%04d.png` writes numbers with.
  private static func digits(_ pattern: String) -> Int? {
    guard let match = pattern.firstMatch(of: #/%0?([0-9])d/#) else { return nil }
    return Int(match.1)
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
