import Boards
import CameraCalibration
import Documents
import Files
import Geometry
import LensModels
import TestSupport
import Testing

@testable import Rigs

/// The root of the package.
private let package = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

/// A rig that uses every key.
private let whole = """
  schema: cartcal.rig/1
  name: test
  description: "two cameras: \\"a\\" and b"
  board: checkerboard:9x6:25mm
  basket: {size_m: [0.6, 0.45, 0.5]}
  cameras:
    a:
      lens: {kind: wide, model: auto, focal_px: 640}
      size_px: [1280, 800]
      cart_from_camera: {translation_m: [0, -0.2, 0.5], looks_at_m: [0, 0.3, 0], roll_deg: 90}
      tolerance: {position_mm: 20, angle_deg: 4.5}
    b:
      lens: {kind: fisheye}
      size_px: [640, 480]
      cart_from_camera: {translation_m: [0, 0.2, 0.5], rotation_wxyz: [0, 1, 0, 0]}
      tolerance: {position_mm: 10, angle_deg: 2}
      device: {serial: CAM7, port: "usb-0:1", usb_id: "32e4:9230"}
      stream: {format: MJPG, rate_hz: 30}
      controls:
        {exposure_ms: 8, gain: 3, focus: 1, white_balance_k: 4600, power_line_hz: 50, brightness: 9}
  datum:
    - frame: 7
      cart_from_board: {translation_m: [-0.1, 0.05, 0.006], lies_turned_deg: 90}
      sigma: {position_mm: 0.1, angle_deg: 0.05}
    - frame: start
      cart_from_board: {translation_m: [0, 0, 0], rotation_wxyz: [0, 1, 0, 0]}
      sigma: {position_mm: 0.2, angle_deg: 0.1}
  limits:
    holdout_rms_px: 0.3
    projection_sigma_px: 0.1
    cross_validation_px: 0.2
    lens_error_px: 0.15
    disagreement_px: 0.12
    outlier_share: 0.02
    coverage: 0.6
    position_sigma_mm: 0.25
    direction_sigma_deg: 0.05
    board_bend_mm: 1
    board_stretch: 0.001
    guard_band: 0.2
  sync_tolerance_ms: 12
  """

private func rig(_ text: String) throws(RigError) -> Rig {
  try Rig(bytes: Array(text.utf8), file: "r.yaml")
}

/// The rig above with one text in place of another, which must be in it.
private func changed(_ old: String, _ new: String) throws -> String {
  let text = whole.replacing(old, with: new, maxReplacements: 1)
  try #require(text != whole, "\(old) is not in the rig")
  return text
}

extension String {
  /// The lines before the first that begins with `word`.
  fileprivate func components(upTo word: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.hasPrefix(word) }
      .joined(separator: "\n")
  }
}

private func isNear(_ a: Vector3, _ b: Vector3) -> Bool { (a - b).length < 1e-12 }

@Test func everyKeyIsRead() throws {
  let rig = try rig(whole)
  #expect(rig.name == "test")
  #expect(rig.description == "two cameras: \"a\" and b")
  #expect(rig.board == (try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)))
  #expect(rig.basket == RigBasket(size: Vector3(0.6, 0.45, 0.5)))
  #expect(rig.cameras.map(\.role) == ["a", "b"])
  #expect(rig.cameras[0].lens == RigLens(family: .wide, model: nil, focal: 640))
  #expect(
    rig.cameras[1].lens == RigLens(family: .fisheye, model: .kannalaBrandt4, focal: nil))
  #expect(rig.lensKinds == ["b": .kannalaBrandt4])
  #expect(rig.cameras[0].width == 1280 && rig.cameras[0].height == 800)
  #expect(rig.cameras[0].place.positionTolerance == 0.02)
  #expect(abs(rig.cameras[0].place.angleTolerance - 4.5 * .pi / 180) < 1e-15)
  #expect(rig.cameras[1].place.cartFromCamera.rotation == Rotation(w: 0, x: 1, y: 0, z: 0))
  #expect(rig.datum.map(\.frame) == ["7", "start"])
  #expect(rig.datum[0].positionSigma == 1e-4)
  #expect(rig.cartFrame.nominal.keys.sorted() == ["a", "b"])
  #expect(rig.cartFrame.datum == rig.datum)
}

@Test func limitsAreReadInTheirUnits() throws {
  let limits = try rig(whole).limits
  #expect(limits.holdoutRMSPixels == 0.3 && limits.guardBand == 0.2 && limits.coverage == 0.6)
  #expect(abs(limits.positionSigma - 0.25e-3) < 1e-18 && abs(limits.boardBend - 1e-3) < 1e-18)
  #expect(abs(limits.directionSigma - 0.05 * .pi / 180) < 1e-18)
  let without = try rig(whole.components(upTo: "limits:"))
  #expect(without.limits == CalibrationLimits())
}

@Test func aCameraLooksWhereItIsTold() throws {
  // Looks forward and down at 45 degrees; then turned by a quarter, clockwise seen from behind, so
  // that its x axis points where down was.
  let rotation = try rig(whole).cameras[0].place.cartFromCamera.rotation
  let half = 0.5.squareRoot()
  #expect(isNear(rotation * Vector3(0, 0, 1), Vector3(0, half, -half)))
  #expect(isNear(rotation * Vector3(1, 0, 0), Vector3(0, -half, -half)))
  let upright = try rig(changed(", roll_deg: 90", "")).cameras[0].place.cartFromCamera.rotation
  #expect(isNear(upright * Vector3(1, 0, 0), Vector3(1, 0, 0)))
}

@Test func aBoardLiesFaceUp() throws {
  let rotation = try rig(whole).datum[0].cartFromBoard.rotation
  // A quarter anticlockwise from above: columns run forward, rows to the right; away is down.
  #expect(isNear(rotation * Vector3(1, 0, 0), Vector3(0, 1, 0)))
  #expect(isNear(rotation * Vector3(0, 1, 0), Vector3(1, 0, 0)))
  #expect(isNear(rotation * Vector3(0, 0, 1), Vector3(0, 0, -1)))
}

@Test func framesAreNamedByTextOrNumber() throws {
  let datum = try rig(whole).datum
  #expect(datum[0].index(in: ["0006", "0007"]) == 1)
  #expect(datum[0].index(in: ["0007", "7"]) == 1)
  #expect(datum[0].index(in: ["x7", "70"]) == nil)
  #expect(datum[1].index(in: ["0000", "start"]) == 1)
}

@Test(arguments: [
  ("schema: cartcal.rig/1\n", "", "1:1", "does not say its kind"),
  ("cartcal.rig/1", "cartcal.rig/2", "1:9", "Update the software"),
  ("cartcal.rig/1", "cartcal.bundle/1", "1:9", "Name the right file"),
  ("name: test", "nam: test", "2:1", "Did you mean \"name\"?"),
  ("name: test", "name: a b", "2:7", "rig name"),
  ("9x6", "9x", "4:8", "whole numbers"),
  ("[0.6, 0.45, 0.5]", "[0.6, 0.45]", "5:18", "3 numbers"),
  ("[0.6, 0.45, 0.5]", "[0.6, 0.45, 500]", "5:30", "from 0.01 to 10"),
  ("  a:\n", "  .a:\n", "7:3", "camera name"),
  ("  b:\n", "  a:\n", "12:3", "already in line 7"),
  ("kind: wide", "kind: tele", "8:18", "pinhole, wide, fisheye"),
  ("model: auto", "model: opencv9", "8:31", "opencv8"),
  ("focal_px: 640", "focal_mm: 4", "8:37", "Did you mean \"focal_px\"?"),
  ("[1280, 800]", "[1280, 8.5]", "9:21", "whole number"),
  ("looks_at_m: [0, 0.3, 0]", "looks_at_m: [0, -0.2, 0]", "10:67", "rotation_wxyz"),
  ("looks_at_m: [0, 0.3, 0], ", "", "10:23", "looks_at_m"),
  ("rotation_wxyz: [0, 1, 0, 0]", "rotation_wxyz: [0, 1, 0, 1]", "15:69", "length 1"),
  (
    "rotation_wxyz: [0, 1, 0, 0]", "looks_at_m: [0, 0, 0], rotation_wxyz: [0, 1, 0, 0]", "15:23",
    "exactly one"
  ),
  ("angle_deg: 4.5", "angle_deg: -1", "11:45", "from 1e-05 to 180"),
  ("tolerance: {position_mm: 20, angle_deg: 4.5}", "tolerances: x", "11:5", "\"tolerance\""),
  ("frame: start", "frame: 007", "25:12", "already"),
  ("sigma: {position_mm: 0.2, angle_deg: 0.1}", "sigma: 0.2", "27:12", "position_mm, angle_deg"),
  ("  coverage: 0.6", "  coverage: 60", "35:13", "from 0 to 1"),
  ("  coverage: 0.6", "  covrage: 0.6", "35:3", "Did you mean \"coverage\"?"),
  ("  - frame: 7", "  - fram: 7", "22:5", "Did you mean \"frame\"?"),
])
func whatIsNoRigIsNamedWithItsPlace(
  old: String, new: String, place: String, words: String
) throws {
  let text = try changed(old, new)
  let error = #expect(throws: RigError.self) { try rig(text) }
  let message = error.map { "\($0)" } ?? ""
  #expect(message.hasPrefix("r.yaml:\(place): "), "\(message)")
  #expect(message.contains(words), "\(message)")
}

@Test func aRigWrittenReadsBackTheSame() throws {
  let once = try rig(whole)
  let twice = try rig(once.yaml)
  #expect(twice.yaml == once.yaml)
  #expect(twice.description == once.description && twice.board == once.board)
  #expect(twice.basket == once.basket && twice.lensKinds == once.lensKinds)
  for (a, b) in zip(once.cameras, twice.cameras) {
    #expect(a.role == b.role && a.lens == b.lens && a.width == b.width)
    let turn = a.place.cartFromCamera.rotation.inverse * b.place.cartFromCamera.rotation
    #expect(turn.angle < 1e-11)
    #expect(abs(a.place.angleTolerance - b.place.angleTolerance) < 1e-12)
  }
  #expect(once.datum.map(\.frame) == twice.datum.map(\.frame))
  #expect(abs(once.limits.directionSigma - twice.limits.directionSigma) < 1e-12)
  #expect(once.limits.outlierShare == twice.limits.outlierShare)
}

@Test(arguments: ["~", "007", "a: b", "x\u{1}y\n\u{85}", "'\"\\", "null", "- a", "#", "é"])
func anyDescriptionSurvivesWriting(text: String) throws {
  var rig = try rig(whole)
  rig.description = text
  #expect(try Rig(bytes: Array(rig.yaml.utf8), file: "f").description == text)
}

@Test func everyDamageEndsWithARigOrAnError() throws {
  let bytes = Array(whole.utf8)
  var state: UInt64 = 7
  func random(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
  var refused = 0
  for round in 0..<3000 {
    var damaged = bytes
    if round.isMultiple(of: 3) {
      damaged.removeLast(random(bytes.count))
    } else {
      let letters = Array("0123456789-:[]{}.,ae#&*'\"\n ".utf8)
      for _ in 0...random(2) { damaged[random(damaged.count)] = letters[random(letters.count)] }
    }
    do throws(RigError) {
      let rig = try Rig(bytes: damaged, file: "r")
      _ = RigCheckup(rig)
    } catch {
      refused += 1
      #expect("\(error)".hasPrefix("r:"), "\(error)")
    }
  }
  #expect(refused > 1000)
}

// MARK: the shipped rigs and the schema

/// A YAML tree as the JSON text of the same values.
private func json(_ node: YAMLNode) throws -> String {
  switch node.value {
  case .scalar(let text, let isPlain):
    if isPlain, let number = Double(text), number.isFinite { return "\(text)" }
    return String(decoding: try JSONDocument.encode([text]).dropFirst().dropLast(2), as: UTF8.self)
  case .list(let elements): return "[" + (try elements.map(json)).joined(separator: ",") + "]"
  case .mapping(let members):
    let pairs = try members.map {
      "\(String(decoding: try JSONDocument.encode([$0.key]).dropFirst().dropLast(2), as: UTF8.self)):"
        + (try json($0.value))
    }
    return "{" + pairs.joined(separator: ",") + "}"
  }
}

@Test(arguments: ["virtual-cart4", "virtual-cart6", "virtual-charuco4"])
func shippedRigsAreRigsBySchemaAndReader(name: String) throws {
  let path = "\(package)/rigs/\(name).yaml"
  let rig = try Rig(file: path)
  #expect(rig.name == name)
  let checkup = RigCheckup(rig)
  #expect(checkup.findings == [], "\(checkup.findings)")
  #expect(checkup.groups.count == 1)
  let schema = try SchemaFile("Rigs/Schemas/rig-1.schema.json")
  // A frame written as a number is a text to the reader; the schema says text.
  let bytes = Array(
    try json(YAMLDocument.parse(file: path)).replacing(#/"frame":(\d)/#) { "\"frame\":\"\($0.1)\"" }
      .utf8)
  #expect(try schema.problems(in: bytes) == [])
  #expect(schema.omissions == [])
}

@Test func theSchemaKnowsEveryKeyTheReaderKnows() throws {
  let schema = try SchemaFile("Rigs/Schemas/rig-1.schema.json")
  let tree = try YAMLDocument.parse(Array(whole.utf8), file: "r")
  let text = try json(tree).replacing("\"frame\":7", with: "\"frame\":\"7\"")
  #expect(try schema.problems(in: Array(text.utf8)) == [])
  let models = Set(LensKind.allCases.map(\.rawValue)).union(["auto"])
  #expect(schema.words("rig_lens_model") == models)
  #expect(schema.words("rig_lens_kind") == Set(RigLens.Family.allCases.map(\.rawValue)))
}

/// What the documentation says of limits that a rig does not name.
@Test func theSchemaNamesTheUsualLimits() throws {
  let stated = try SchemaFile("Rigs/Schemas/rig-1.schema.json").absences("rig_limits")
  #expect(Set(stated.keys) == Set(RigLimit.all.map(\.key)))
  for limit in RigLimit.all {
    let usual = CalibrationLimits()[keyPath: limit.path] / limit.unit
    let number = try #require(stated[limit.key].flatMap(Double.init), "\(limit.key)")
    #expect(abs(number - usual) <= 0.003 * usual, "\(limit.key): \(number), \(usual)")
  }
}
