import Documents
import Geometry
import LensModels
import Testing

@testable import Bundles

struct ExportTests {
  private let pose = RigidTransform(
    rotation: Rotation(rotationVector: Vector3(0.01, -0.02, 0.03)),
    translation: Vector3(0.1, 0.002, -0.003))

  private func lens(_ kind: LensKind) throws -> Lens {
    let distortion = [-0.28, 0.05, 0.001, -0.0002, 1e-5, 0.01, 0.02, 0.001]
    return try Lens(
      kind: kind, width: 640, height: 480,
      parameters: [533, 534.5, 320.25, 239.75] + distortion.prefix(kind.parameterCount - 4))
  }

  /// Two cameras, left of one kind and right a pinhole, in the cart when asked for.
  private func bundle(_ kind: LensKind, inCart: Bool = false) throws -> CartBundle {
    var cameras: [String: CameraRecord] = [:]
    for (name, kind, pose) in [("left", kind, .identity), ("right", .pinhole, pose)] {
      var camera = CameraRecord(
        lens: try lens(kind), width: 640, height: 480, referenceFromCamera: PoseRecord(pose),
        views: 1, unanchoredViews: 0, corners: 1, rmsPixels: 0.1, holdoutRMSPixels: nil)
      if inCart { camera.cartPose = CartPoseRecord(cartFromCamera: PoseRecord(pose)) }
      cameras[name] = camera
    }
    let draft = BundleDraft(
      cart: try Name("A--7", of: .cartSerial), created: UTCTime(seconds: 1_790_000_000),
      software: .init(name: "cartcal\n", version: "0.1"), board: nil, cameras: cameras,
      referenceCamera: "left", rmsPixels: 0.1, findings: [], verdict: .notAsked, evidence: [:])
    return CartBundle(draft, revision: 3, parent: nil)
  }

  private func text(_ file: ExportedFile) -> String { String(decoding: file.bytes, as: UTF8.self) }

  @Test func everyModelIsWrittenExactlyOrRefused() throws {
    for kind in LensKind.allCases {
      for format in ExportFormat.allCases {
        let isExact =
          switch format.fit(kind) {
          case .exact, .notCarried: true
          case .exactWithout, .refused: false
          }
        do throws(ExportError) {
          let files = try bundleOrFail(kind).exported(as: format)
          #expect(isExact && !files.isEmpty, "\(kind) as \(format)")
        } catch {
          guard case .refused("left", kind, format, _) = error else {
            Issue.record("\(kind) as \(format): \(error)")
            continue
          }
          #expect(!isExact, "\(kind) as \(format)")
        }
      }
    }
  }

  private func bundleOrFail(_ kind: LensKind) throws(ExportError) -> CartBundle {
    do { return try bundle(kind) } catch { throw .noCameras }
  }

  @Test func aCoefficientThatAFormatLacksMayBeZero() throws {
    var flat = try bundle(.opencv5)
    flat.cameras["left"]?.parameters?.distortion[4] = 0
    let chain = text(try flat.exported(as: .kalibr)[0])
    #expect(chain.contains("distortion_model: radtan\n  distortion_coeffs: [-0.28, 0.05, 0.001, "))
  }

  @Test func pixelsOfColmapBeginAtTheCorner() throws {
    let file = text(try bundle(.kannalaBrandt4).exported(as: .colmap)[0])
    #expect(file.contains("\"camera_params\": [533.0, 534.5, 320.75, 240.25, -0.28"))
    #expect(file.contains("OPENCV_FISHEYE"))
  }

  @Test func kalibrTakesPointsFromTheCameraBefore() throws {
    let chain = text(try bundle(.opencv4).exported(as: .kalibr)[0])
    // Of right from left: the left camera stands 0.1 m to the left.
    let row = try #require(chain.split(separator: "\n").first { $0.hasPrefix("  - [") })
    let last = try #require(row.dropLast().split(separator: " ").last.flatMap { Double($0) })
    #expect(abs(last - pose.inverse.translation.x) < 1e-12 && last < -0.09)
  }

  @Test func numbersAreReadAsNumbersEverywhere() {
    #expect(ExportNumbers.text(1e-05) == "1.0e-05")
    #expect(ExportNumbers.text(-2.5e-300) == "-2.5e-300")
    #expect(ExportNumbers.text(5) == "5.0")
    #expect(ExportNumbers.text(0.1 + 0.2) == "0.30000000000000004")
  }

  @Test func whatPeopleWroteDoesNotBreakAFormat() throws {
    for format in ExportFormat.allCases {
      for file in try bundle(.opencv4, inCart: true).exported(as: format) {
        let text = text(file)
        if format == .urdf {
          let comments = text.split(separator: "\n").filter { $0.hasPrefix("<!--") }
          #expect(comments.allSatisfy { !$0.dropFirst(4).dropLast(3).contains("--") })
          #expect(text.contains("<link name=\"cart\"/>"))
        }
        #expect(!text.contains("cartcal\n 0.1"))
      }
    }
  }

  @Test func rollPitchAndYawTurnAboutFixedAxes() {
    func turn(_ axis: Vector3, _ angle: Double) -> Rotation {
      Rotation(rotationVector: axis * angle)
    }
    for (roll, pitch, yaw) in [
      (0.1, -0.2, 2.5), (-3, 1.2, -2), (0, .pi / 2, 0.3), (1, -.pi / 2, 0.3),
    ] {
      let rotation =
        turn(Vector3(0, 0, 1), yaw) * turn(Vector3(0, 1, 0), pitch) * turn(Vector3(1, 0, 0), roll)
      let angles = RollPitchYaw(rotation)
      let again =
        turn(Vector3(0, 0, 1), angles.yaw) * turn(Vector3(0, 1, 0), angles.pitch)
        * turn(Vector3(1, 0, 0), angles.roll)
      #expect((again.inverse * rotation).angle < 1e-7, "\(roll) \(pitch) \(yaw)")
    }
  }

  @Test func camerasThatCannotBeWrittenAreNamed() throws {
    var dark = try bundle(.opencv4)
    #expect(throws: ExportError.unknownCamera("up", cameras: ["left", "right"])) {
      try dark.exported(as: .csv, cameras: ["up"])
    }
    dark.cameras["right"]?.referenceFromCamera = nil
    #expect(throws: ExportError.noPlace(camera: "right", .mrcal)) { try dark.exported(as: .mrcal) }
    #expect(try dark.exported(as: .ros).count == 2)
    #expect(try dark.exported(as: .mrcal, cameras: ["right"]).count == 1)
    dark.cameras["left"]?.parameters = nil
    #expect(throws: ExportError.noLens(camera: "left")) { try dark.exported(as: .ros) }
    dark.cameras = [:]
    #expect(throws: ExportError.noCameras) { try dark.exported(as: .ros) }
  }

  @Test func mapsTakeEachPixelToWhereItsRayIsSeen() throws {
    let lens = try lens(.opencv5)
    let map = PictureMap(lens, to: PinholeView(lens))
    let index = 100 * 640 + 50
    let ray = Vector3((50 - 320.25) / 533, (100 - 239.75) / 534.5, 1)
    let pixel = try #require(lens.project(ray))
    #expect(
      abs(Double(map.x[index]) - pixel.x) < 1e-4 && abs(Double(map.y[index]) - pixel.y) < 1e-4)
    let files = try bundle(.opencv5).undistortionMaps(as: .npy, cameras: ["left"])
    #expect(files.map(\.name) == ["left.map_x.npy", "left.map_y.npy"])
    let bytes = files[0].bytes
    #expect(bytes.count % 64 == 640 * 480 * 4 % 64 && bytes.starts(with: [0x93, 0x4E, 0x55, 0x4D]))
    let raw = try bundle(.opencv5).undistortionMaps(as: .raw, cameras: ["left"])
    #expect(
      raw[0].bytes.count == 640 * 480 * 4 && bytes.suffix(raw[0].bytes.count) == raw[0].bytes[...])
  }

  @Test func rectifiedPicturesHaveAPointOnOneRow() throws {
    let bundle = try bundle(.opencv5)
    let source = try ExportSource(bundle, nil, for: .opencv)
    let pair = try StereoRectification(source.cameras[0], source.cameras[1])
    #expect(abs(pair.baseline - pose.translation.length) < 1e-12)
    for point in [Vector3(0.1, 0.05, 1), Vector3(-0.3, -0.2, 0.7), Vector3(2, 1, 9)] {
      let left = pair.rectifiedFromLeft * point
      let right = pair.rectifiedFromRight * (pose.inverse * point)
      #expect(abs(left.y / left.z - right.y / right.z) < 1e-12)
      let disparity = pair.view.fx * (left.x / left.z - right.x / right.z)
      #expect(abs(pair.view.fx * pair.baseline / disparity - left.z) < 1e-9)
    }
    #expect(throws: ExportError.self) {
      try StereoRectification(source.cameras[1], source.cameras[0])
    }
    #expect(throws: ExportError.self) {
      try bundle.rectificationMaps(as: .raw, left: "left", right: "left")
    }
  }
}
