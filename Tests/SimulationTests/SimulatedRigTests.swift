import BoardDetection
import CameraCalibration
import Geometry
import LensModels
import Simulation
import Testing

/// Three cameras and some boards.
func smallRig(_ seed: UInt64, frames: Int = 12) throws -> (SimulatedRig, SeededNumbers) {
  var numbers = SeededNumbers(seed)
  let lenses = try [LensKind.opencv5, .kannalaBrandt4, .pinhole].map {
    try Lens.drawn($0, focal: $0 == .kannalaBrandt4 ? 0.35 : 0.6, &numbers)
  }
  var rig = SimulatedRig.around(
    lenses, board: try SimulatedRig.standardBoard(), spread: 0.25, &numbers)
  rig.addFrames(frames, &numbers)
  return (rig, numbers)
}

struct SimulatedRigTests {
  @Test func theBoardIsBentAndPrintedAsStated() throws {
    var board = SimulatedBoard(try SimulatedRig.standardBoard())
    board.warp = BoardWarp(x: 1e-3, y: -4e-4)
    board.twist = 2e-4
    board.printScale = Vector2(1.01, 1)
    // In the middle all of the bend, nothing of the twist.
    let middle = board.surface(Vector2(0.1, 0.0625))
    #expect(abs(middle.z - 6e-4) < 1e-15 && abs(middle.x - 0.101) < 1e-15)
    #expect(abs(board.position(column: 0, row: 0).z - 2e-4) < 1e-15)
    #expect(abs(board.position(column: 8, row: 0).z + 2e-4) < 1e-15)
    #expect((board.middle - Vector3(0.1, 0.0625, 0)).length < 1e-15)
  }

  @Test func aLateCameraSeesTheBoardWhereItHasGone() throws {
    var (rig, numbers) = try smallRig(1)
    rig.addHandMotion(meanSpeed: 0.15, turnRate: 0.5, &numbers)
    let mean = rig.frames.reduce(0) { $0 + $1.velocity.length } / Double(rig.frames.count)
    #expect(abs(mean - 0.15) < 1e-12)
    let before = rig
    rig.cameras[1].clockOffset = 0.02
    for frame in rig.frames.indices {
      #expect(
        rig.cameraFromBoard(camera: 0, frame: frame)
          == before.cameraFromBoard(camera: 0, frame: frame))
      let was = before.cameraFromBoard(camera: 1, frame: frame)
      let isNow = rig.cameraFromBoard(camera: 1, frame: frame)
      let moved = isNow * rig.board.middle - was * rig.board.middle
      let expected = rig.frames[frame].velocity.length * 0.02
      #expect(abs(moved.length - expected) < 1e-12)
      let turned = (isNow.rotation * was.rotation.inverse).angle
      #expect(abs(turned - rig.frames[frame].turnRate.length * 0.02) < 1e-7)
    }
  }

  @Test func aBumpLasts() throws {
    var (rig, _) = try smallRig(2)
    let motion = RigidTransform(
      rotation: Rotation(rotationVector: Vector3(0, 0.01, 0)), translation: Vector3(0.001, 0, 0))
    let before = rig
    rig.cameras[2].bump = SimulatedCamera.Bump(frame: 6, motion: motion)
    for frame in rig.frames.indices {
      let was = before.cameraFromBoard(camera: 2, frame: frame)
      let isNow = rig.cameraFromBoard(camera: 2, frame: frame)
      let expected = frame < 6 ? was : motion.inverse * was
      #expect((isNow.translation - expected.translation).length < 1e-12)
      #expect((isNow.rotation * expected.rotation.inverse).angle < 1e-7)
    }
  }

  @Test(arguments: [2, 6, 12])
  func camerasOnTheRimLookIn(_ count: Int) throws {
    var numbers = SeededNumbers(UInt64(count))
    let lenses = try (0..<count).map { _ in
      try Lens.drawn(.opencv4, focal: 0.6, &numbers)
    }
    var rig = SimulatedRig.onRim(
      lenses, board: try SimulatedRig.standardBoard(), &numbers)
    for camera in rig.cameras {
      let place = camera.worldFromCamera.translation
      #expect(abs(place.z - 0.5) < 1e-12)
      #expect(abs(abs(place.x) - 0.3) < 1e-12 || abs(abs(place.y) - 0.225) < 1e-12)
      // Down and towards the middle; the picture is upright.
      let forward = camera.worldFromCamera.rotation * Vector3(0, 0, 1)
      #expect(forward.z < 0 && forward.dot(place - Vector3(0, 0, 0.5)) < 0)
      #expect((camera.worldFromCamera.rotation * Vector3(0, 1, 0)).z < 0)
    }
    rig.addFrames(10, SimulatedRig.Showing(seenBy: 2), &numbers)
    #expect(rig.whole().allSatisfy { $0.count >= 2 })
    #expect(rig.wholeCounts().reduce(0, +) >= 20)
  }

  @Test func connectionsAreCounted() throws {
    var (rig, _) = try smallRig(5, frames: 20)
    #expect(rig.isConnected())
    #expect(!rig.isConnected(sharedFrames: 21))
    // A camera that looks away hangs together with none.
    rig.cameras[1].worldFromCamera.rotation =
      rig.cameras[1].worldFromCamera.rotation
      * Rotation(rotationVector: Vector3(0, 3.1, 0))
    #expect(!rig.isConnected())
    #expect(rig.wholeCounts()[1] == 0)
  }

  @Test func aRoundPictureEndsAtItsRim() throws {
    var numbers = SeededNumbers(4)
    let lens = try Lens.drawn(.kannalaBrandt4, focal: 0.3, &numbers)
    var camera = SimulatedCamera(name: "a", lens: lens, worldFromCamera: .identity)
    let wide = Vector3(1, 0, -0.05)
    #expect(camera.pixel(wide) != nil)
    camera.largestAngle = 1.5
    #expect(camera.pixel(wide) == nil)
    #expect(camera.pixel(Vector3(0.1, 0, 1)) != nil)
  }

  /// Lenses show something all over their picture, or 190 degrees and more.
  @Test(arguments: LensKind.allCases)
  func drawnLensesCoverTheirPicture(_ kind: LensKind) throws {
    for seed in 0..<60 {
      var numbers = SeededNumbers(UInt64(seed))
      let focal = numbers.logUniform(0.3, 3)
      let lens = try Lens.drawn(kind, focal: focal, &numbers)
      #expect(abs(lens.parameters[0] / 1280 - focal) < 1e-12)
      if kind == .kannalaBrandt4, lens.project(Vector3(1, 0, -0.17)) != nil { continue }
      for pixel in [Vector2(0, 0), Vector2(1279, 0), Vector2(640, 799), Vector2(0, 799)] {
        let ray = try #require(lens.unproject(pixel))
        #expect((try #require(lens.project(ray)) - pixel).length < 1e-6)
      }
    }
  }
}
