import Documents
import Files
import Geometry
import TestSupport
import Testing

@testable import Rigs

private let plain = """
  {"cameras": [
    {"name": "cam0", "width": 1280, "height": 720, "lens": "pinhole", "nominal_focal_px": 704,
     "nominal_pose_cart_from_camera":
       {"rotation": [1, 0, 0, 0, -1, 0, 0, 0, -1], "translation": [0.1, 0.2, 0.5]},
     "images": "cam0/%04d.png"}],
   "board": {"kind": "checkerboard", "columns": 10, "rows": 7, "square_m": 0.025},
   "datum": [{"index": 3, "pose_cart_from_board":
       {"rotation": [0, 1, 0, 1, 0, 0, 0, 0, -1], "translation": [0.025, -0.06, 0.006]}}],
   "basket": {"x": 0.6, "y": 0.45, "z": 0.5}}
  """

private func imported(_ text: String) throws -> Rig {
  let folder = try TemporaryFolder()
  try folder.write("rig.json", Array(text.utf8))
  return try Rig(plainFile: folder("rig.json"), name: "test")
}

@Test func thePlainFormIsImported() throws {
  let rig = try imported(plain)
  #expect(rig.board.word == "checkerboard:10x7:25mm")
  #expect(rig.cameras[0].lens.model == .opencv5 && rig.cameras[0].lens.focal == 704)
  #expect(rig.cameras[0].place.cartFromCamera.translation == Vector3(0.1, 0.2, 0.5))
  #expect(rig.datum[0].frame == "0003")
  let along = rig.datum[0].cartFromBoard.rotation * Vector3(1, 0, 0)
  #expect((along - Vector3(0, 1, 0)).length < 1e-15)
  #expect(try Rig(bytes: Array(rig.yaml.utf8), file: "f").yaml == rig.yaml)
}

@Test(arguments: [
  ("\"pinhole\"", "\"tele\"", "no kind of lens"),
  ("[1, 0, 0, 0, -1, 0, 0, 0, -1]", "[1, 0, 0, 0, -1, 0, 0, 0, 1]", "not a rotation"),
  ("[1, 0, 0, 0, -1, 0, 0, 0, -1]", "[0, 0, 0, 0, 0, 0, 0, 0, 0]", "not a rotation"),
  ("[1, 0, 0, 0, -1, 0, 0, 0, -1]", "[1, 0, 0]", "nine numbers"),
  ("\"cam0\",", "\"../x\",", "camera name"), ("\"columns\": 10", "\"columns\": 1", "inner corners"),
  ("\"index\": 3", "\"index\": -1", "no number of a frame"),
  ("\"checkerboard\"", "\"circles\"", "no board known"),
  ("\"width\": 1280, ", "", "\"width\" is missing"), ("{\"cameras\"", "{cameras", "not JSON"),
])
func whatIsNoPlainRigIsRefused(old: String, new: String, words: String) throws {
  let text = plain.replacing(old, with: new, maxReplacements: 1)
  try #require(text != plain)
  let error = #expect(throws: RigError.self) { try imported(text) }
  #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
}
