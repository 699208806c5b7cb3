import Boards
import CameraCalibration
import Geometry
import Testing

@testable import Rigs

/// Two cameras above the basket that look straight down, a little apart.
private func rig(apart: Double = 0.1, datumAt place: Double = 0) throws -> Rig {
  let down = Rotation(w: 0, x: 1, y: 0, z: 0)
  func camera(_ role: String, _ x: Double) -> RigCamera {
    RigCamera(
      role: role, lens: RigLens(family: .pinhole, model: .opencv5, focal: 600), width: 1280,
      height: 960,
      place: NominalPlace(
        cartFromCamera: RigidTransform(rotation: down, translation: Vector3(x, 0, 0.8)),
        positionTolerance: 0.02, angleTolerance: 0.05))
  }
  let datum = DatumPose(
    frame: "0",
    cartFromBoard: RigidTransform(rotation: down, translation: Vector3(place - 0.1, 0.06, 0)),
    positionSigma: 1e-4, angleSigma: 1e-3)
  return Rig(
    name: "two", description: "", board: try BoardSpec(columns: 9, rows: 6, squareSize: 0.025),
    basket: RigBasket(size: Vector3(0.6, 0.45, 0.5)),
    cameras: [camera("left", -apart / 2), camera("right", apart / 2)], datum: [datum])
}

@Test func aSoundRigHasNothingToSay() throws {
  let checkup = RigCheckup(try rig())
  #expect(checkup.findings == [])
  #expect(checkup.verdict == .pass)
  #expect(checkup.places == 75 && checkup.datumSeenBy == [[0, 1]])
  #expect(checkup.together[0][1] == checkup.together[1][0] && checkup.together[0][1] > 10)
  // What both see together, each sees alone in at least about as many places.
  #expect((checkup.sees[0] ?? 0) > 20)
}

private func codes(_ rig: Rig) -> [String] { RigCheckup(rig).findings.map(\.code) }

@Test func camerasFarApartSeeNothingTogether() throws {
  #expect(codes(try rig(apart: 1.4)).contains("rig_cameras_apart"))
}

@Test func aCameraThatLooksAwayIsNamed() throws {
  var rig = try rig()
  rig.cameras[1].place.cartFromCamera.rotation = .identity
  let checkup = RigCheckup(rig)
  let finding = try #require(checkup.findings.first { $0.code == "rig_camera_blind" })
  #expect(finding.subject == "right")
}

@Test func aDatumOutOfSightIsNamed() throws {
  #expect(codes(try rig(datumAt: 2)) == ["rig_datum_unseen"])
  // Face down: its printed side is away from the cameras.
  var rig = try rig()
  rig.datum[0].cartFromBoard.rotation = .identity
  #expect(codes(rig) == ["rig_datum_unseen"])
}

@Test func whatCannotBeCheckedIsSaid() throws {
  var rig = try rig()
  rig.cameras[0].lens.focal = nil
  #expect(codes(rig) == ["rig_focal_unknown"])
  rig.basket = nil
  rig.datum = []
  #expect(codes(rig) == ["rig_focal_unknown", "rig_basket_unknown", "rig_without_datum"])
}

@Test func anAmbiguousBoardCannotWork() throws {
  var rig = try rig()
  rig.board = try BoardSpec(columns: 8, rows: 6, squareSize: 0.025)
  #expect(codes(rig) == ["rig_board_ambiguous"])
  #expect(RigCheckup(rig).verdict == .fail)
  rig.cameras.removeLast()
  #expect(RigCheckup(rig).verdict == .pass)
}

@Test func camerasInOnePlaceAreNamed() throws {
  #expect(codes(try rig(apart: 0.03)) == ["rig_cameras_alike"])
}
