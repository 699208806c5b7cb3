import Documents
import Geometry
import LensModels

extension CartBundle {
  /// The cameras in another tool's format: those named, else all that the bundle holds.
  ///
  /// Places are in the cart where all of these cameras have one there, else relative to the
  /// reference camera. Throws for a lens that the format cannot say exactly.
  public func exported(
    as format: ExportFormat, cameras: [String]? = nil
  ) throws(ExportError) -> [ExportedFile] {
    let source = try ExportSource(self, cameras, for: format)
    return switch format {
    case .opencv: source.opencv
    case .ros: source.ros
    case .kalibr: [source.kalibr]
    case .mrcal: source.mrcal
    case .colmap: [source.colmap]
    case .urdf: [source.urdf]
    case .csv: [source.csv]
    }
  }

  /// For each camera, named or all, two maps that take the distortion out of its pictures and leave
  /// focal lengths and centre as they are.
  public func undistortionMaps(
    as format: MapFormat, cameras: [String]? = nil
  ) throws(ExportError) -> [ExportedFile] {
    try ExportSource(self, cameras, for: .opencv).cameras.flatMap { camera in
      PictureMap(camera.lens, to: PinholeView(camera.lens)).files(camera.name, format)
    }
  }

  /// Maps for two cameras that stand side by side, after which a point stands on the same row of
  /// both pictures, and what they see then: `rectified.yaml`, a FileStorage of OpenCV.
  public func rectificationMaps(
    as format: MapFormat, left: String, right: String
  ) throws(ExportError) -> [ExportedFile] {
    let source = try ExportSource(self, [left, right], for: .opencv)
    guard let first = source.cameras.first(where: { $0.name == left }),
      let second = source.cameras.first(where: { $0.name == right }), left != right
    else { throw .notSideBySide(left: left, right: right, problem: "they are one camera") }
    let pair = try StereoRectification(first, second)
    let turns = [pair.rectifiedFromLeft, pair.rectifiedFromRight]
    return [source.file(pair, left: left, right: right)]
      + zip([first, second], turns).flatMap { camera, turn in
        PictureMap(camera.lens, to: pair.view, turned: turn.inverse)
          .files("\(camera.name).rectified", format)
      }
  }
}

extension PictureMap {
  func files(_ name: String, _ format: MapFormat) -> [ExportedFile] {
    [("x", x), ("y", y)].map { axis, values in
      ExportedFile(
        name: "\(name).map_\(axis).\(format.suffix)",
        bytes: format.bytes(values, width: width, height: height))
    }
  }
}

extension ExportSource {
  private var comments: String { origin.map { "# \($0)\n" }.joined() }

  /// Row by row, four by four.
  private static func matrix(_ pose: RigidTransform) -> [Double] {
    let axes = [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)].map { pose.rotation * $0 }
    let t = pose.translation
    var values: [Double] = []
    for row in 0..<3 { values += axes.map { $0[row] } + [t[row]] }
    return values + [0, 0, 0, 1]
  }

  // MARK: OpenCV

  private static func opencvMatrix(
    _ key: String, _ rows: Int, _ columns: Int, _ values: [Double]
  ) -> String {
    """
    \(key): !!opencv-matrix
       rows: \(rows)
       cols: \(columns)
       dt: d
       data: [ \(ExportNumbers.list(values)) ]

    """
  }

  /// Distortion in OpenCV's order; `camera_model: fisheye` says that it is for `cv::fisheye`.
  var opencv: [ExportedFile] {
    cameras.map { camera in
      var text = "%YAML:1.0\n---\n" + comments
      text += "camera_name: \"\(camera.name)\"\n"
      text += "camera_model: \"\(name(of: camera.lens.kind, in: .opencv))\"\n"
      text += "image_width: \(camera.lens.width)\nimage_height: \(camera.lens.height)\n"
      text += Self.opencvMatrix("camera_matrix", 3, 3, camera.matrix)
      // A pinhole camera has none; OpenCV takes five zeros.
      let distortion = camera.lens.kind == .pinhole ? camera.distortion(padded: 5) : nil
      let coefficients = distortion ?? camera.lens.distortion
      text += Self.opencvMatrix("distortion_coefficients", 1, coefficients.count, coefficients)
      if let pose = camera.baseFromCamera {
        text += "pose_frame: \"\(base)\"\n"
        text += Self.opencvMatrix("frame_from_camera", 4, 4, Self.matrix(pose))
        text += Self.opencvMatrix("camera_from_frame", 4, 4, Self.matrix(pose.inverse))
      }
      return ExportedFile(name: "\(camera.name).yaml", text: text)
    }
  }

  /// R1, R2, P1 and P2 as `cv::stereoRectify` gives them, and Q, which makes of column, row and
  /// disparity a point.
  func file(_ pair: StereoRectification, left: String, right: String) -> ExportedFile {
    let v = pair.view
    func turn(_ rotation: Rotation) -> [Double] {
      let values = Self.matrix(RigidTransform(rotation: rotation, translation: .zero))
      return (0..<3).flatMap { values[(4 * $0)..<(4 * $0 + 3)] }
    }
    var text = "%YAML:1.0\n---\n" + comments
    text += "left: \"\(left)\"\nright: \"\(right)\"\n"
    text += "image_width: \(v.width)\nimage_height: \(v.height)\n"
    text += Self.opencvMatrix("R1", 3, 3, turn(pair.rectifiedFromLeft))
    text += Self.opencvMatrix("R2", 3, 3, turn(pair.rectifiedFromRight))
    for (key, shift) in [("P1", 0), ("P2", -v.fx * pair.baseline)] {
      text += Self.opencvMatrix(
        key, 3, 4, [v.fx, 0, v.cx, shift, 0, v.fy, v.cy, 0, 0, 0, 1, 0])
    }
    text += Self.opencvMatrix(
      "Q", 4, 4,
      [1, 0, 0, -v.cx, 0, 1, 0, -v.cy, 0, 0, 0, v.fx, 0, 0, 1 / pair.baseline, 0])
    return ExportedFile(name: "rectified.yaml", text: text)
  }

  // MARK: ROS

  var ros: [ExportedFile] {
    cameras.map { camera in
      let m = camera.matrix
      let model = name(of: camera.lens.kind, in: .ros)
      let coefficients =
        model == "plumb_bob" ? camera.distortion(padded: 5) : camera.lens.distortion
      let projection = [m[0], m[1], m[2], 0, m[3], m[4], m[5], 0, m[6], m[7], m[8], 0]
      func matrix(_ key: String, _ rows: Int, _ values: [Double]) -> String {
        """
        \(key):
          rows: \(rows)
          cols: \(values.count / rows)
          data: [\(ExportNumbers.list(values))]

        """
      }
      return ExportedFile(
        name: "\(camera.name).yaml",
        text: comments + "image_width: \(camera.lens.width)\nimage_height: \(camera.lens.height)\n"
          + "camera_name: \"\(camera.name)\"\n" + matrix("camera_matrix", 3, m)
          + "distortion_model: \(model)\n" + matrix("distortion_coefficients", 1, coefficients)
          + matrix("rectification_matrix", 3, [1, 0, 0, 0, 1, 0, 0, 0, 1])
          + matrix("projection_matrix", 3, projection))
    }
  }

  // MARK: Kalibr

  /// `T_cn_cnm1` takes points of the camera before to this one.
  var kalibr: ExportedFile {
    var text = comments
    for (index, camera) in cameras.enumerated() {
      let p = camera.lens.parameters
      let model = name(of: camera.lens.kind, in: .kalibr)
      text += "cam\(index):\n"
      if index > 0, let here = camera.baseFromCamera, let before = cameras[index - 1].baseFromCamera
      {
        text += "  T_cn_cnm1:\n"
        let values = Self.matrix(here.inverse * before)
        for row in 0..<4 {
          text += "  - [\(ExportNumbers.list(Array(values[(4 * row)..<(4 * row + 4)])))]\n"
        }
      }
      text += "  camera_model: pinhole\n"
      text += "  intrinsics: [\(ExportNumbers.list([p[0], p[1], p[2], p[3]]))]\n"
      text += "  distortion_model: \(model.dropFirst("pinhole-".count))\n"
      let coefficients = camera.lens.distortion.prefix(4)
      text += "  distortion_coeffs: [\(ExportNumbers.list(Array(coefficients)))]\n"
      text += "  resolution: [\(camera.lens.width), \(camera.lens.height)]\n"
      text += "  rostopic: /\(camera.name)/image_raw\n"
    }
    return ExportedFile(name: "camchain.yaml", text: text)
  }

  // MARK: mrcal

  /// `extrinsics` take points of the base to the camera: rotation vector, then translation.
  var mrcal: [ExportedFile] {
    cameras.map { camera in
      let cameraFromBase = (camera.baseFromCamera ?? .identity).inverse
      let (r, t) = (cameraFromBase.rotation.rotationVector, cameraFromBase.translation)
      let p = camera.lens.parameters
      let intrinsics = Array(p[..<4]) + camera.lens.distortion
      return ExportedFile(
        name: "\(camera.name).cameramodel",
        text: comments + """
          {
              'lensmodel':  '\(name(of: camera.lens.kind, in: .mrcal))',

              # fx, fy, cx, cy, then the distortion
              'intrinsics': [ \(ExportNumbers.list(intrinsics)) ],

              # camera from \(base): rotation vector, translation
              'extrinsics': [ \(ExportNumbers.list([r.x, r.y, r.z, t.x, t.y, t.z])) ],

              'imagersize': [ \(camera.lens.width), \(camera.lens.height) ]
          }

          """)
    }
  }

  // MARK: COLMAP

  /// Its pixels are counted from the corner of the top-left pixel: the principal point is half a
  /// pixel further.
  var colmap: ExportedFile {
    let reference = cameras.first
    let rows = cameras.enumerated().map { index, camera in
      let p = camera.lens.parameters
      let model = name(of: camera.lens.kind, in: .colmap)
      let count = model == "FULL_OPENCV" ? 8 : camera.lens.distortion.count
      let parameters = [p[0], p[1], p[2] + 0.5, p[3] + 0.5] + camera.distortion(padded: count)
      var fields = ["\"image_prefix\": \"\(camera.name)/\""]
      if index == 0 {
        fields.append("\"ref_sensor\": true")
      } else if let here = camera.baseFromCamera, let rig = reference?.baseFromCamera {
        let pose = PoseRecord(here.inverse * rig)
        fields.append("\"cam_from_rig_rotation\": [\(ExportNumbers.list(pose.rotation))]")
        fields.append("\"cam_from_rig_translation\": [\(ExportNumbers.list(pose.translation))]")
      }
      fields.append("\"camera_model_name\": \"\(model)\"")
      fields.append("\"camera_params\": [\(ExportNumbers.list(parameters))]")
      return "      {" + fields.joined(separator: ",\n       ") + "}"
    }
    return ExportedFile(
      name: "rig_config.json",
      text: "[\n  {\n    \"cameras\": [\n" + rows.joined(separator: ",\n") + "\n    ]\n  }\n]\n")
  }

  // MARK: URDF

  /// Links stand for optical frames: z looks forward.
  var urdf: ExportedFile {
    let baseLink = isInCart ? base : "\(base)_optical_frame"
    var lines = ["<?xml version=\"1.0\"?>"]
    lines += origin.map { "<!-- \($0.replacing("--", with: "- -")) -->" }
    lines += ["<robot name=\"\(bundle.cartSerial)\">", "  <link name=\"\(baseLink)\"/>"]
    for camera in cameras where camera.name != base {
      guard let pose = camera.baseFromCamera else { continue }
      let (t, angles) = (pose.translation, RollPitchYaw(pose.rotation))
      let xyz = [t.x, t.y, t.z].map(ExportNumbers.text).joined(separator: " ")
      let rpy = [angles.roll, angles.pitch, angles.yaw].map(ExportNumbers.text)
        .joined(separator: " ")
      lines += [
        "  <link name=\"\(camera.name)_optical_frame\"/>",
        "  <joint name=\"\(baseLink)_to_\(camera.name)_optical_frame\" type=\"fixed\">",
        "    <parent link=\"\(baseLink)\"/>",
        "    <child link=\"\(camera.name)_optical_frame\"/>",
        "    <origin xyz=\"\(xyz)\" rpy=\"\(rpy)\"/>", "  </joint>",
      ]
    }
    return ExportedFile(
      name: "cameras.urdf", text: (lines + ["</robot>"]).joined(separator: "\n") + "\n")
  }

  // MARK: CSV

  var csv: ExportedFile {
    let most = cameras.map(\.lens.distortion.count).max() ?? 0
    var header = ["camera", "model", "width", "height", "fx", "fy", "cx", "cy"]
    header += (0..<most).map { "distortion_\($0)" }
    header += ["frame"] + ["qw", "qx", "qy", "qz"].map { "frame_from_camera_\($0)" }
    header += ["x", "y", "z"].map { "frame_from_camera_\($0)_m" }
    var lines = [header]
    for camera in cameras {
      let distortion = camera.lens.distortion.map(ExportNumbers.text)
      let pose = camera.baseFromCamera.map(PoseRecord.init)
      let place = pose.map { ($0.rotation + $0.translation).map(ExportNumbers.text) }
      lines.append(
        [camera.name, camera.lens.kind.rawValue, "\(camera.lens.width)", "\(camera.lens.height)"]
          + camera.lens.parameters[..<4].map(ExportNumbers.text) + distortion
          + Array(repeating: "", count: most - distortion.count)
          + [pose == nil ? "" : base] + (place ?? Array(repeating: "", count: 7)))
    }
    return ExportedFile(
      name: "cameras.csv", text: lines.map { $0.joined(separator: ",") + "\n" }.joined())
  }

  private func name(of kind: LensKind, in format: ExportFormat) -> String {
    switch format.fit(kind) {
    case .exact(let name), .exactWithout(let name, _): name
    case .notCarried, .refused: ""
    }
  }
}
