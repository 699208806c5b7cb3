import BoardDetection
import Devices
import Execution
import Geometry
import Imaging
import Synchronization
import Testing

@testable import Simulation

struct BoardPathTests {
  private let path = BoardPath(
    [
      RigidTransform(rotation: .identity, translation: Vector3(0, 0, 0.2)),
      RigidTransform(
        rotation: Rotation(rotationVector: Vector3(0, 0.4, 0)), translation: Vector3(0.1, 0, 0.3)),
    ], middle: Vector3(0.1, 0.05, 0), hold: 1, travel: 0.5)

  @Test func boardsRestAtTheirPlacesAndGoRound() {
    #expect(path.duration == 3)
    for time in [0, 0.5, 0.99, 3, 6.4, -2.5] {
      #expect(path.worldFromBoard(at: time) == path.places[0], "\(time)")
    }
    #expect(path.worldFromBoard(at: 2) == path.places[1])
  }

  @Test func theyMoveWithoutJerks() {
    let middle = path.middle
    var largest = 0.0
    for step in 0..<300 {
      let time = Double(step) * 0.01
      let move =
        (path.worldFromBoard(at: time + 0.01) * middle - path.worldFromBoard(at: time) * middle)
      largest = max(largest, move.length)
    }
    let whole = (path.places[1] * middle - path.places[0] * middle).length
    // The fastest hundredth of a second of 3 s^2 - 2 s^3 is 1.5 times the mean.
    #expect(largest < 1.6 * whole * 0.01 / 0.5 && largest > 1.3 * whole * 0.01 / 0.5)
    let half = path.worldFromBoard(at: 1.25)
    #expect(abs(half.rotation.angle - 0.2) < 1e-12)
  }
}

/// A clock that tests set forward.
private final class TestClock: Sendable {
  private let seconds = Mutex(100.0)
  var now: Double { seconds.withLock { $0 } }
  func pass(_ time: Double) { seconds.withLock { $0 += time } }

  var pace: VirtualPace {
    .clock(now: { self.now }, wait: { self.pass($0) })
  }
}

struct VirtualCameraTests {
  private let scene: VirtualScene

  init() throws {
    let cart = try VirtualCart(smallCartRig(), disturbance: .clean, seed: 4, frames: 4)
    scene = VirtualScene(cart, threads: ThreadCount(2))
  }

  @Test func picturesComeInOrderWithTheirTimes() throws {
    let camera = VirtualCamera(
      scene, camera: 0, rate: 10, start: 50, pace: .asRead, pictures: 12)
    #expect(camera.stream.pixelFormat.description == "GREY" && camera.stream.rate == 10)
    for number in 0..<12 {
      let picture = try camera.next(within: 1)
      #expect(picture.sequence == number && abs(picture.time - 50 - 0.1 * Double(number)) < 1e-9)
      #expect(picture.bytes.count == 320 * 240 && !picture.isDamaged)
    }
    #expect(throws: DeviceError.gone(node: "virtual:left")) { try camera.next(within: 1) }
  }

  /// What is seen is where the path has the board: its corners are found there.
  @Test func theBoardIsWhereThePathHasIt() throws {
    let camera = VirtualCamera(scene, camera: 0, rate: 20, start: 0, pace: .asRead)
    let first = try camera.next(within: 1)
    let again = VirtualCamera(scene, camera: 0, rate: 20, start: 7, pace: .asRead)
    #expect(try again.next(within: 1).bytes == first.bytes)
    let second = try camera.next(within: 1)
    #expect(second.bytes != first.bytes)
    let image = GreyImage(width: 320, height: 240, pixels: first.bytes)
    let found = BoardDetector(board: scene.cart.rig.board).detect(in: image)
    let board = try #require(found.boards.first)
    let exact = scene.cart.scene.corners(camera: 0, frame: 0)
    for corner in board.corners {
      let nearest = exact.compactMap { $0.map { ($0 - Vector2(corner.x, corner.y)).length } }.min()
      #expect(try #require(nearest) < 0.1)
    }
  }

  @Test func timeGoesWithTheClock() throws {
    let clock = TestClock()
    let camera = VirtualCamera(scene, camera: 1, rate: 10, start: 100.05, pace: clock.pace)
    #expect(try camera.next(within: 1).sequence == 0)
    #expect(abs(clock.now - 100.05) < 1e-9)
    // It is not due within a hundredth of a second.
    #expect(throws: DeviceError.silent(node: "virtual:right", seconds: 0.01)) {
      try camera.next(within: 0.01)
    }
    #expect(try camera.next(within: 1).sequence == 1)
    // Who is away for a second misses its pictures.
    clock.pass(1.02)
    let late = try camera.next(within: 1)
    #expect(late.sequence == 11 && abs(late.time - 101.15) < 1e-9)
  }

  @Test func aLineSendsJPEG() throws {
    let cart = try VirtualCart(smallCartRig(), disturbance: .line, seed: 1, frames: 2)
    let scene = VirtualScene(cart, threads: ThreadCount(1))
    let camera = VirtualCamera(scene, camera: 0, rate: 30, start: 0, pace: .asRead)
    #expect(camera.stream.pixelFormat.description == "MJPG" && camera.stream.bytesPerRow == 0)
    #expect(try camera.next(within: 1).bytes.prefix(2) == [0xFF, 0xD8])
  }
}
