import Geometry
import LensModels
import LinearAlgebra
import Measurements
import Simulation
import Testing

@testable import CameraCalibration

/// A rig that is held on to while some of its cameras are solved anew.
struct RepairTests {
  private let kinds: [LensKind] = [.opencv5, .kannalaBrandt4, .opencv5, .opencv4]

  /// What is stored of a result, in the cart where it has one.
  private func stored(
    _ result: CalibrationResult, replaced: [Int]
  ) throws -> StoredRig {
    let isInCart = result.cartFrame?.information != nil
    var held: [Int: StoredRig.Camera] = [:]
    for (index, camera) in result.cameras.enumerated() where !replaced.contains(index) {
      let pose =
        isInCart ? result.cartFrame?.cartFromCamera[index] : camera.referenceFromCamera
      held[index] = StoredRig.Camera(
        lens: try #require(camera.lens), frameFromCamera: try #require(pose),
        coverage: camera.certainty?.coverage.counts ?? [])
    }
    let information = isInCart ? result.cartFrame?.information : result.information
    return StoredRig(
      held: held, replaced: replaced, warp: result.boardWarp ?? BoardWarp(),
      frame: isInCart ? .cart : .reference(try #require(result.reference)),
      information: try #require(information))
  }

  private func options(_ stored: StoredRig, _ spec: CartFrameSpec? = nil) -> CalibrationOptions {
    let names = kinds.indices.map { "camera\($0)" }
    return CalibrationOptions(
      lens: .perCamera(Dictionary(uniqueKeysWithValues: zip(names, kinds))), cartFrame: spec,
      stored: stored)
  }

  private func change(_ camera: Int, of rig: inout SimulatedRig, turn: Vector3, move: Vector3) {
    let motion = RigidTransform(rotation: Rotation(rotationVector: turn), translation: move)
    rig.cameras[camera].worldFromCamera = rig.cameras[camera].worldFromCamera * motion
  }

  /// How far a is from b: radians and metres.
  private func distance(_ a: RigidTransform, _ b: RigidTransform) -> (turn: Double, move: Double) {
    let change = a.inverse * b
    return (change.rotation.angle, change.translation.length)
  }

  // MARK: what is known, in equations

  private func problem(_ seed: UInt64) throws -> (RigPrior, AdjustmentProblem) {
    var numbers = SeededNumbers(seed)
    let cart = try SimulatedCart(frames: 20, &numbers)
    let result = try cart.solve(&numbers)
    let prior = try #require(RigPrior(try stored(result, replaced: [1])))
    var problem = AdjustmentProblem(
      cameras: [], frames: [], views: [], corners: [], warp: BoardWarp(x: 1e-4, y: -2e-4),
      warpIsFree: true, boardCentre: .zero)
    for (index, camera) in result.cameras.enumerated() {
      let lens = try #require(camera.lens)
      let pose = try #require(result.cartFrame?.cartFromCamera[index])
      var adjusted = AdjustedCamera(
        kind: lens.kind, parameters: lens.parameters.map { $0 + 1e-4 * numbers.normal() },
        parameterIsFree: [], cameraFromReference: pose.inverse, poseIsFree: true)
      adjusted.freeLens()
      let turn = Rotation(rotationVector: numbers.direction() * 0.2)
      adjusted.cameraFromReference = RigidTransform(
        rotation: turn * adjusted.cameraFromReference.rotation,
        translation: adjusted.cameraFromReference.translation + numbers.direction() * 0.02)
      problem.cameras.append(adjusted)
    }
    return (prior, problem)
  }

  /// The gradient is that of the cost, also for cameras turned by 10 degrees.
  @Test func theGradientIsThatOfTheCost() throws {
    let (prior, problem) = try problem(11)
    let layout = StateLayout(problem)
    var normal = Matrix(rows: layout.count, columns: layout.count)
    var gradient = Array(repeating: 0.0, count: layout.count)
    prior.add(to: &normal, &gradient, problem, layout)
    var largest = 0.0
    for place in 0..<layout.count where normal[place, place] > 0 {
      let size = 1e-3 / normal[place, place].squareRoot()
      func cost(_ part: Double) -> Double {
        var step = Array(repeating: 0.0, count: layout.count)
        step[place] = part * size
        return prior.cost(problem.moved(by: step, [], layout))
      }
      let slope = (cost(1) - cost(-1)) / (2 * size)
      let scale = normal[place, place].squareRoot() * prior.cost(problem).squareRoot()
      largest = max(largest, abs(slope - 2 * gradient[place]) / scale)
    }
    #expect(largest < 1e-5, "\(largest)")
    // Nothing is known of the camera that was replaced.
    for place in layout.places[1].dropLast(2) { #expect(normal[place, place] == 0) }
  }

  /// Knowing a rig in its cart is knowing it relative to any of its cameras, wherever the cart is.
  @Test func whatIsKnownRelativelyDoesNotHangOnTheReference() throws {
    let (prior, problem) = try problem(12)
    func best(_ reference: Int) throws -> Double {
      let relative = try #require(prior.relative(to: reference))
      var own = problem
      let home = problem.cameras[reference].cameraFromReference.inverse
      for index in own.cameras.indices {
        own.cameras[index].cameraFromReference = own.cameras[index].cameraFromReference * home
      }
      return relative.cost(own)
    }
    // Small errors, where turns add up as vectors do.
    let costs = try [0, 2, 3].map { try best($0) }
    let spread = (costs.max() ?? 1) / (costs.min() ?? 0)
    #expect(spread < 1.6, "\(costs)")
    #expect(prior.rank - 6 == (try #require(prior.relative(to: 2))).rank)
  }

  @Test func knowingLessIsLess() throws {
    let (prior, problem) = try problem(13)
    let loose = try #require(prior.loosened(turn: 0.05, move: 0.03))
    #expect(loose.cost(problem) < 1e-3 * prior.cost(problem))
    let without = try #require(prior.withoutPose(of: 2))
    #expect(without.cost(problem) < prior.cost(problem))
    #expect(without.placedCameras == [0, 3])
    let weighted = prior.weighted(by: 0.1).cost(problem)
    #expect(abs(weighted / prior.cost(problem) - 0.01) < 1e-9)
  }

  // MARK: repairs

  @Test func aReplacedCameraComesIntoTheOldCart() throws {
    var numbers = SeededNumbers(21)
    var cart = try SimulatedCart(frames: 30, &numbers)
    let before = try cart.solve(&numbers)
    let known = try stored(before, replaced: [2])
    #expect(known.frame == .cart)
    change(2, of: &cart.rig, turn: Vector3(0.02, -0.01, 0.015), move: Vector3(2e-3, 1e-3, -1e-3))
    cart.rig.cameras[2].lens = try Lens.drawn(.opencv5, focal: 0.51, &numbers)
    cart.rig.frames = []
    // Nobody lays the board on its stops again.
    cart.rig.addFrames(12, .init(seenBy: 2), cameras: [2], &numbers)
    let result = try calibrate(
      cart.rig.input(noise: 0.05, &numbers), options: options(known, cart.spec))
    let frame = try #require(result.cartFrame)
    #expect(frame.source == .datum && frame.information != nil)
    #expect(frame.datum.allSatisfy { !$0.isUsed })
    for camera in cart.rig.cameras.indices {
      let error = try #require(cart.error(frame, camera: camera))
      #expect(Vector3(error[3], error[4], error[5]).length < 1.2e-3, "\(camera)")
      let covariance = try matrix(frame.covariance[camera], count: 6)
      let squared = zip(error, try Cholesky(covariance).solve(error)).reduce(0) {
        $0 + $1.0 * $1.1
      }
      // Chance exceeds it once in 10 000 times.
      #expect(squared < 27.9, "\(camera)")
      guard camera != 2 else { continue }
      let moved = distance(
        try #require(known.held[camera]?.frameFromCamera),
        try #require(frame.cartFromCamera[camera]))
      #expect(moved.move < 0.3e-3 && moved.turn < 1e-3, "\(camera) is held")
    }
    let repair = try #require(result.repair)
    #expect(repair.replaced == [2] && repair.held.map(\.camera) == [0, 1, 3])
    #expect(!repair.held.contains { $0.hasMoved })
    // What is known afterwards includes the new camera: the next repair can hold it.
    let next = try stored(result, replaced: [0])
    let again = try calibrate(
      cart.rig.input(noise: 0.05, &numbers), options: options(next, cart.spec))
    #expect(again.repair?.held.contains { $0.hasMoved } == false)
    #expect(again.cartFrame?.source == .datum)
  }

  @Test func theReferenceCameraMayBeReplaced() throws {
    var numbers = SeededNumbers(22)
    var cart = try SimulatedCart(datum: 0, frames: 36, &numbers)
    let before = try cart.solve(&numbers)
    var plain = before
    plain.cartFrame = nil
    let known = try stored(plain, replaced: [0])
    #expect(known.frame == .reference(0))
    change(0, of: &cart.rig, turn: Vector3(0, 0.02, 0), move: Vector3(1e-3, 0, 0))
    cart.rig.frames = []
    cart.rig.addFrames(14, .init(seenBy: 2), cameras: [0], &numbers)
    let result = try calibrate(cart.rig.input(noise: 0.05, &numbers), options: options(known))
    #expect(result.reference == 1)
    #expect(result.cameras[1].referenceFromCamera == .identity)
    for camera in [0, 2, 3] {
      let truth =
        cart.rig.cameras[1].worldFromCamera.inverse * cart.rig.cameras[camera].worldFromCamera
      let error = distance(truth, try #require(result.cameras[camera].referenceFromCamera))
      #expect(error.move < 1.5e-3 && error.turn < 3e-3, "\(camera)")
    }
  }

  @Test(arguments: [0.3, 12.0])
  func aHeldCameraThatMovedIsNamed(_ degrees: Double) throws {
    var numbers = SeededNumbers(23)
    var cart = try SimulatedCart(frames: 30, &numbers)
    let known = try stored(try cart.solve(&numbers), replaced: [2])
    change(
      0, of: &cart.rig, turn: numbers.direction() * (degrees * .pi / 180),
      move: Vector3(0, 0, degrees > 1 ? 0.02 : 0))
    cart.rig.frames = []
    cart.rig.addFrames(8, .init(seenBy: 2), cameras: [2], &numbers)
    cart.rig.addFrames(9, .init(seenBy: 2), cameras: [0, 1, 3], &numbers)
    let result = try calibrate(
      cart.rig.input(noise: 0.05, &numbers), options: options(known, cart.spec))
    let named = result.findings.filter { $0.code == "moved_since_stored" }
    #expect(named.map(\.subject) == ["camera0"], "\(result.findings)")
    let held = try #require(result.repair?.held.first { $0.camera == 0 })
    #expect(held.hasMoved && (held.deviations ?? 0) > 6)
    #expect(abs((held.turn ?? 0) * 180 / .pi - degrees) < 0.1 * degrees)
    // It is where it is now, not where it was.
    let frame = try #require(result.cartFrame)
    let error = try #require(cart.error(frame, camera: 0))
    #expect(Vector3(error[0], error[1], error[2]).length < 2e-3)
    #expect(Vector3(error[3], error[4], error[5]).length < 2e-3)
  }

  /// Of two held cameras that see boards together, either may have moved.
  @Test func whereItCannotBeToldWhichMovedBothAreNamed() throws {
    var numbers = SeededNumbers(24)
    var cart = try SimulatedCart(frames: 30, &numbers)
    let known = try stored(try cart.solve(&numbers), replaced: [2, 3])
    change(0, of: &cart.rig, turn: numbers.direction() * 0.01, move: .zero)
    cart.rig.frames = []
    cart.rig.addFrames(24, .init(seenBy: 2), &numbers)
    let result = try calibrate(
      cart.rig.input(noise: 0.05, &numbers), options: options(known))
    let named = result.findings.filter { $0.code == "moved_since_stored" }
    #expect(named.count == 1 && named.first?.severity == .unusable, "\(result.findings)")
    #expect(named.first?.text.contains("camera0 and camera1") == true)
    #expect(result.verdict == .notDetermined)
  }

  /// A camera that has no pictures is held where it was.
  @Test func aCameraWithoutPicturesStaysWhereItWas() throws {
    var numbers = SeededNumbers(25)
    var cart = try SimulatedCart(frames: 30, &numbers)
    let before = try cart.solve(&numbers)
    let known = try stored(before, replaced: [2])
    cart.rig.frames = []
    cart.rig.addFrames(12, .init(seenBy: 2), cameras: [2], &numbers)
    var input = cart.rig.input(noise: 0.05, &numbers)
    input.views.removeAll { $0.camera == 3 }
    let result = try calibrate(input, options: options(known, cart.spec))
    let frame = try #require(result.cartFrame)
    let moved = distance(
      try #require(known.held[3]?.frameFromCamera), try #require(frame.cartFromCamera[3]))
    #expect(moved.move < 0.2e-3 && moved.turn < 1e-3)
    let lens = try #require(result.cameras[3].lens)
    let old = try #require(before.cameras[3].lens)
    #expect(abs(lens.parameters[0] - old.parameters[0]) < 0.5)
    #expect(result.repair?.held.first { $0.camera == 3 }?.deviations == nil)
    #expect(!result.findings.contains { $0.subject == "camera3" && $0.severity != .note })
  }

  /// Another camera in the mount, though nobody said so: another lens.
  @Test func anExchangedLensIsNamed() throws {
    var numbers = SeededNumbers(26)
    var cart = try SimulatedCart(frames: 30, &numbers)
    let known = try stored(try cart.solve(&numbers), replaced: [2])
    var parameters = cart.rig.cameras[0].lens.parameters
    parameters[0] *= 1.02
    parameters[1] *= 1.02
    let old = cart.rig.cameras[0].lens
    cart.rig.cameras[0].lens = try Lens(
      kind: old.kind, width: old.width, height: old.height, parameters: parameters)
    cart.rig.frames = []
    cart.rig.addFrames(20, .init(seenBy: 2), &numbers)
    let result = try calibrate(
      cart.rig.input(noise: 0.05, &numbers), options: options(known))
    #expect(
      result.findings.contains {
        $0.code == "lens_changed_since_stored" && $0.subject == "camera0"
      },
      "\(result.findings)")
    #expect(result.verdict == .notDetermined)
  }

  @Test func anotherBoardOfTheSameKindIsNoted() throws {
    var numbers = SeededNumbers(27)
    var cart = try SimulatedCart(frames: 30, &numbers)
    let known = try stored(try cart.solve(&numbers), replaced: [2])
    cart.rig.board.warp = BoardWarp(x: -6e-4, y: 5e-4)
    cart.rig.frames = []
    cart.rig.addFrames(20, .init(seenBy: 2), &numbers)
    let result = try calibrate(
      cart.rig.input(noise: 0.05, &numbers), options: options(known))
    #expect(result.findings.contains { $0.code == "board_changed_since_stored" })
    let warp = try #require(result.boardWarp)
    #expect(abs(warp.x + 6e-4) < 1e-4 && abs(warp.y - 5e-4) < 1e-4)
  }

  /// The same for any number of threads, as every calibration.
  @Test func threadsDoNotMatter() throws {
    var numbers = SeededNumbers(28)
    let cart = try SimulatedCart(frames: 24, &numbers)
    let known = try stored(try cart.solve(&numbers), replaced: [1])
    let input = cart.rig.input(noise: 0.05, &numbers)
    var one = options(known, cart.spec)
    one.threads = .init(1)
    var two = one
    two.threads = .init(2)
    var a = try calibrate(input, options: one)
    var b = try calibrate(input, options: two)
    (a.times, b.times) = (CalibrationTimes(), CalibrationTimes())
    #expect(a == b)
  }

  // MARK: hostile

  @Test func whatIsNoInformationIsSeen() {
    let unknowns: [RigInformation.Unknown] = [.warp(axis: 0), .warp(axis: 1)]
    func isPossible(_ matrix: [Double]) -> Bool {
      RigInformation(unknowns: unknowns, matrix: matrix, rank: 2).isPossible
    }
    #expect(isPossible([4, 1, 1, 9]))
    #expect(isPossible([0, 0, 0, 9]))
    #expect(!isPossible([4, 7, 7, 9]), "a negative eigenvalue")
    #expect(!isPossible([-4, 0, 0, 9]))
    #expect(!isPossible([4, 1, 2, 9]), "not symmetric")
    #expect(!isPossible([.infinity, 0, 0, 9]))
    #expect(!isPossible([0, 1, 1, 9]))
    #expect(!isPossible([4, 1, 1]))
  }
}
