import Boards
import CameraCalibration
import Devices
import Documents
import Geometry
import LensModels
import Weighing

extension Rig {
  /// The rig that a YAML file (`cartcal.rig/1`) describes.
  package init(file path: String) throws(RigError) {
    do throws(YAMLError) {
      self = try RigReader.rig(YAMLDocument.parse(file: path))
    } catch {
      throw .yaml(error)
    }
  }

  /// The rig that the bytes of a YAML file describe; `file` stands in messages.
  package init(bytes: [UInt8], file: String) throws(RigError) {
    do throws(YAMLError) {
      self = try RigReader.rig(YAMLDocument.parse(bytes, file: file))
    } catch {
      throw .yaml(error)
    }
  }
}

/// Makes a rig of the values of a YAML file. What is wrong is named with its line and column.
enum RigReader {
  static let maximumCameras = 64
  static let maximumDatumPoses = 256
  /// Carts are smaller than 10 m.
  static let metres = -10.0...10.0

  static func rig(_ node: YAMLNode) throws(YAMLError) -> Rig {
    try checkSchema(node)
    let fields = try YAMLFields(
      node, of: "a rig",
      known: [
        "schema", "name", "description", "board", "basket", "cameras", "datum", "limits",
        "sync_tolerance_ms", "scale",
      ])
    let cameras = try self.cameras(
      fields.required("cameras", example: "a mapping of roles, as in rigs/virtual-cart4.yaml"))
    var datum: [DatumPose] = []
    if let node = fields.optional("datum") { datum = try self.datum(node) }
    var scale: (spec: ScaleSpec?, wiring: ScaleWiring?)
    if let node = fields.optional("scale") { scale = try ScaleReader.section(node) }
    var rig = Rig(
      name: try name(
        fields.required("name", example: "a short name of the design"), of: .rigName),
      description: try fields.optional("description")?.text() ?? "",
      board: try board(fields.required("board", example: "checkerboard:10x7:25mm")),
      basket: try basket(fields.optional("basket")), cameras: cameras,
      datum: datum, limits: try RigLimit.read(fields.optional("limits")),
      scale: scale.spec)
    rig.scaleWiring = scale.wiring
    rig.syncTolerance = try RigDevices.syncTolerance(fields.optional("sync_tolerance_ms"))
    return rig
  }

  private static func checkSchema(_ node: YAMLNode) throws(YAMLError) {
    guard case .mapping(let members) = node.value,
      let member = members.first(where: { $0.key == "schema" })
    else {
      throw node.mismatch(
        "this is no rig: it does not say its kind", "Begin with the line schema: \(Rig.schemaName)")
    }
    let found = try member.value.text()
    guard found == Rig.schemaName else {
      let isNewer = found.hasPrefix("cartcal.rig/")
      throw member.value.mismatch(
        "this is \(SafeText.line(found, limit: 60)), but \(Rig.schemaName) is read here",
        isNewer ? "Update the software." : "Name the right file.")
    }
  }

  private static func name(
    _ node: YAMLNode, of subject: Name.Subject
  ) throws(YAMLError) -> String {
    let text = try node.text()
    do throws(NameError) {
      return try Name(text, of: subject).text
    } catch {
      throw node.mismatch("\(error)", "")
    }
  }

  private static func board(_ node: YAMLNode) throws(YAMLError) -> BoardSpec {
    let word = try node.text()
    do throws(BoardError) {
      return try BoardSpec(word: word)
    } catch {
      throw node.mismatch("\(error)", "")
    }
  }

  private static func basket(_ node: YAMLNode?) throws(YAMLError) -> RigBasket? {
    guard let node else { return nil }
    let fields = try YAMLFields(node, of: "a basket", known: ["size_m"])
    let size = try fields.required("size_m", example: "[0.6, 0.45, 0.5]")
      .numbers("a size in metres", count: 3, in: 0.01...10)
    return RigBasket(size: Vector3(size[0], size[1], size[2]))
  }

  // MARK: cameras

  private static func cameras(_ node: YAMLNode) throws(YAMLError) -> [RigCamera] {
    guard case .mapping(let members) = node.value, !members.isEmpty else {
      throw node.mismatch(
        "the cameras were expected as a mapping of roles",
        "Write the role as a key, for example front_left:, and below it what it is.")
    }
    guard members.count <= maximumCameras else {
      throw node.mismatch(
        "\(members.count) cameras are more than the \(maximumCameras) a rig may have",
        "Check that it is the file you mean.")
    }
    var cameras: [RigCamera] = []
    for member in members {
      do throws(NameError) {
        _ = try Name(member.key, of: .role)
      } catch {
        throw .mismatch(member.keyPlace, detail: "\(error)", remedy: "")
      }
      cameras.append(try camera(member))
    }
    return cameras
  }

  private static func camera(_ member: YAMLMember) throws(YAMLError) -> RigCamera {
    let fields = try YAMLFields(
      member.value, of: "camera \(member.key)",
      known: ["lens", "size_px", "cart_from_camera", "tolerance", "device", "stream", "controls"])
    let lens = try self.lens(fields.required("lens", example: "{kind: wide}"))
    let size = try fields.required("size_px", example: "[1280, 800]").list("a picture size")
    guard size.count == 2 else {
      throw fields.node.mismatch(
        "a picture size has width and height", "Write size_px: [1280, 800].")
    }
    let pose = try RigPoses.camera(
      fields.required(
        "cart_from_camera", example: "{translation_m: [0.3, 0.2, 0.5], looks_at_m: [0, 0, 0.1]}"))
    let tolerance = try fields.required("tolerance", example: "{position_mm: 20, angle_deg: 4}")
    let (position, angle) = try RigPoses.pair(tolerance, of: "a tolerance")
    var camera = RigCamera(
      role: member.key, lens: lens, width: try size[0].integer("a width", in: 16...65536),
      height: try size[1].integer("a height", in: 16...65536),
      place: NominalPlace(
        cartFromCamera: pose, positionTolerance: position, angleTolerance: angle))
    try RigDevices.read(fields, into: &camera)
    return camera
  }

  private static func lens(_ node: YAMLNode) throws(YAMLError) -> RigLens {
    let fields = try YAMLFields(node, of: "a lens", known: ["kind", "model", "focal_px"])
    let families = RigLens.Family.allCases.map(\.rawValue)
    let kind = try fields.required("kind", example: "wide")
    guard let family = RigLens.Family(rawValue: try kind.text()) else {
      throw kind.mismatch("there is no such kind of lens", choice(of: families))
    }
    var model: LensKind? = family.model
    if let node = fields.optional("model") {
      let word = try node.text()
      model = LensKind(rawValue: word)
      guard model != nil || word == "auto" else {
        throw node.mismatch(
          "there is no such lens model", choice(of: ["auto"] + LensKind.allCases.map(\.rawValue)))
      }
    }
    let focal = try fields.optional("focal_px")?
      .number("a focal length in pixels", in: 10...1e6)
    return RigLens(family: family, model: model, focal: focal)
  }

  private static func choice(of words: [String]) -> String {
    "Write one of \(words.joined(separator: ", "))."
  }

  // MARK: datum

  private static func datum(_ node: YAMLNode) throws(YAMLError) -> [DatumPose] {
    var poses: [DatumPose] = []
    for element in try node.list("the datum") {
      guard poses.count < maximumDatumPoses else {
        throw element.mismatch(
          "a rig has at most \(maximumDatumPoses) datum poses",
          "Check that it is the file you mean.")
      }
      let fields = try YAMLFields(
        element, of: "a datum pose", known: ["frame", "cart_from_board", "sigma"])
      let frame = try fields.required("frame", example: "\"0000\"")
      let name = try frame.text()
      let (position, angle) = try RigPoses.pair(
        fields.required("sigma", example: "{position_mm: 0.1, angle_deg: 0.05}"), of: "a sigma")
      let pose = DatumPose(
        frame: name,
        cartFromBoard: try RigPoses.board(
          fields.required(
            "cart_from_board", example: "{translation_m: [-0.1, 0, 0.006], lies_turned_deg: 0}")),
        positionSigma: position, angleSigma: angle)
      guard pose.index(in: poses.map(\.frame)) == nil else {
        throw frame.mismatch(
          "frame \(SafeText.line(name, limit: 60)) has a datum pose already",
          "Give each frame one pose.")
      }
      poses.append(pose)
    }
    return poses
  }
}
