import Bundles
import Documents
import Geometry
import LensModels

/// The truth of a simulated set in its plain form: matrix poses, corners by camera and frame number.
private struct PlainTruth: Decodable {
  var cameras: [String: Camera]
  var corners: [String: [String: [[Double]?]]]

  struct Camera: Decodable {
    var model: String
    var width: Int
    var height: Int
    var fx: Double
    var fy: Double
    var cx: Double
    var cy: Double
    var distortion: [Double]
    var pose: Pose

    enum CodingKeys: String, CodingKey {
      case model, width, height, fx, fy, cx, cy, distortion
      case pose = "pose_cart_from_camera"
    }
  }

  struct Pose: Decodable {
    var rotation: [Double]
    var translation: [Double]
  }
}

/// Whether a truth says of what kind it is.
private struct Marked: Decodable {
  var schema: String?
}

extension ComparedTruth {
  /// Reads `cartcal.truth/1`, or the plain form that simulated sets carry.
  package init(file: String) throws(SimulationError) {
    // The plain form names no schema.
    if try Self.decoded(Marked.self, file).schema == nil {
      self = try Self.plain(Self.decoded(PlainTruth.self, file), file)
    } else {
      let schema = TruthDocument.schemaName
      self = try Self.own(Self.decoded(TruthDocument.self, file, schema: schema), file)
    }
  }

  private static func decoded<Value: Decodable>(
    _ type: Value.Type, _ file: String, schema: String? = nil
  ) throws(SimulationError) -> Value {
    do throws(DocumentError) {
      return try JSONDocument.decode(type, file: file, schema: schema)
    } catch {
      throw .document(error)
    }
  }

  private static func own(
    _ truth: TruthDocument, _ file: String
  ) throws(SimulationError) -> ComparedTruth {
    var cameras: [Camera] = []
    for (name, camera) in truth.cameras.sorted(by: { $0.key < $1.key }) {
      let corners = camera.views.values.flatMap { view in
        view.corners.compactMap { corner -> Vector2? in
          guard corner.visible, let x = corner.x, let y = corner.y else { return nil }
          return Vector2(x, y)
        }
      }
      cameras.append(
        Camera(
          name: name,
          camera: ComparedCamera(
            lens: try lens(
              camera.model, camera.width, camera.height, camera.parameters.all, file, name),
            frameFromCamera: camera.cartFromCamera.transform), corners: corners))
    }
    return ComparedTruth(cameras: cameras)
  }

  private static func plain(
    _ truth: PlainTruth, _ file: String
  ) throws(SimulationError) -> ComparedTruth {
    var cameras: [Camera] = []
    for (name, camera) in truth.cameras.sorted(by: { $0.key < $1.key }) {
      let word = camera.model == "kannala_brandt" ? "kannala_brandt4" : camera.model
      guard let kind = LensKind(rawValue: word) else {
        throw .content(
          file: file, place: place(name),
          detail: "\"\(SafeText.line(camera.model, limit: 40))\" is no lens model known here")
      }
      let lens = try lens(
        kind, camera.width, camera.height,
        [camera.fx, camera.fy, camera.cx, camera.cy] + camera.distortion, file, name)
      let (r, t) = (camera.pose.rotation, camera.pose.translation)
      guard r.count == 9, t.count == 3 else {
        throw .content(
          file: file, place: place(name),
          detail: "a pose has nine numbers of rotation and three of place")
      }
      let matrix = Matrix3(
        rows: Vector3(r[0], r[1], r[2]), Vector3(r[3], r[4], r[5]), Vector3(r[6], r[7], r[8]))
      let corners = (truth.corners[name] ?? [:]).values.joined().compactMap { corner in
        corner.flatMap { $0.count == 2 ? Vector2($0[0], $0[1]) : nil }
      }
      cameras.append(
        Camera(
          name: name,
          camera: ComparedCamera(
            lens: lens,
            frameFromCamera: RigidTransform(
              rotation: Rotation(matrix: matrix), translation: Vector3(t[0], t[1], t[2]))),
          corners: corners))
    }
    return ComparedTruth(cameras: cameras)
  }

  static func place(_ camera: String) -> String { "camera \(SafeText.line(camera, limit: 80))" }

  static func lens(
    _ kind: LensKind, _ width: Int, _ height: Int, _ parameters: [Double], _ file: String,
    _ camera: String
  ) throws(SimulationError) -> Lens {
    guard (1...65536).contains(width), (1...65536).contains(height) else {
      throw .content(
        file: file, place: place(camera), detail: "\(width) x \(height) is no picture size")
    }
    do throws(LensError) {
      return try Lens(kind: kind, width: width, height: height, parameters: parameters)
    } catch {
      throw .content(file: file, place: place(camera), detail: "\(error)")
    }
  }
}
