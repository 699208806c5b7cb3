import Geometry
import LensModels
import LinearAlgebra
import Measurements
import Simulation
import Testing

@testable import CameraCalibration

/// Findings about the cart, in the order they were made.
private func cartFindings(_ result: CalibrationResult) -> [Finding] {
  let codes: Set<String> = [
    "cart_frame_nominal", "datum_not_seen", "datum_pose_off", "datum_poses_disagree",
    "board_size_wrong", "cameras_swapped", "camera_far_from_nominal",
  ]
  return result.findings.filter { codes.contains($0.code) }
}

private func codes(_ result: CalibrationResult) -> [String] { cartFindings(result).map(\.code) }

struct CartFrameTests {
  // MARK: by datum

  @Test func camerasAreWhereTheyAreAsSurelyAsIsSaid() throws {
    let draws: UInt64 = 24
    var sum = 0.0
    var freedom = 0
    for draw in 0..<draws {
      var numbers = SeededNumbers(5000 + draw)
      let cart = try SimulatedCart(&numbers)
      // A camera that does not see the datum is tied to the cart through the others.
      let camera = Int(draw) % cart.rig.cameras.count
      let result = try cart.solve(datumHiddenFrom: camera, &numbers)
      #expect(codes(result) == [], "\(draw): \(cartFindings(result))")
      let frame = try #require(result.cartFrame)
      #expect(frame.source == .datum && frame.datum.map(\.isUsed) == [true, true, true])
      for camera in cart.rig.cameras.indices {
        let error = try #require(cart.error(frame, camera: camera))
        #expect(Vector3(error[3], error[4], error[5]).length < 1.2e-3)
      }
      // Cameras share the error of the datum, so that one of each rig is one of its own.
      let error = try #require(cart.error(frame, camera: camera))
      let covariance = try matrix(frame.covariance[camera], count: 6)
      sum += zip(error, try Cholesky(covariance).solve(error)).reduce(0) { $0 + $1.0 * $1.1 }
      freedom += 6
    }
    #expect(chiSquareBounds(freedom).contains(sum), "\(sum) of \(freedom)")
  }

  @Test func lensesAndRelativePosesAreThoseOfTheSameSolution() throws {
    var numbers = SeededNumbers(6000)
    let cart = try SimulatedCart(&numbers)
    let result = try cart.solve(&numbers)
    let frame = try #require(result.cartFrame)
    let first = try #require(frame.cartFromCamera[0])
    for (index, camera) in result.cameras.enumerated() {
      let relative = try #require(camera.referenceFromCamera)
      let both = first.inverse * (try #require(frame.cartFromCamera[index]))
      #expect((relative.translation - both.translation).length < 1e-12)
      #expect((relative.rotation.inverse * both.rotation).angle < 1e-9)
    }
    // Board poses too: that of a datum frame, seen from the first camera.
    let board = first * (try #require(result.referenceFromBoard[0]))
    let middle = cart.rig.board.middle
    let distance = (board * middle - cart.spec.datum[0].cartFromBoard * middle).length
    #expect(abs(distance - (try #require(frame.datum[0].distance))) < 1e-9)
  }

  @Test func aDatumWithoutTellingSigmasFixesTheCartExactly() throws {
    // With datum poses said to be exact, and exact corners, cameras are exactly where they are.
    var numbers = SeededNumbers(6001)
    var cart = try SimulatedCart(&numbers)
    for index in cart.spec.datum.indices {
      cart.spec.datum[index].cartFromBoard = cart.rig.frames[index].worldFromBoard
      cart.spec.datum[index].positionSigma = 1e-7
      cart.spec.datum[index].angleSigma = 1e-7
    }
    let result = try cart.solve(noise: 0, &numbers)
    let frame = try #require(result.cartFrame)
    for camera in cart.rig.cameras.indices {
      let error = try #require(cart.error(frame, camera: camera))
      #expect(error.allSatisfy { abs($0) < 1e-6 }, "\(error)")
    }
    #expect(codes(result) == [])
  }

  @Test func oneDatumPosePlacesTheCartAndSaysNothingOfTheBoard() throws {
    var numbers = SeededNumbers(6002)
    let cart = try SimulatedCart(datum: 1, &numbers)
    let result = try cart.solve(&numbers)
    let frame = try #require(result.cartFrame)
    #expect(frame.source == .datum && frame.boardScale == nil && codes(result) == [])
    for camera in cart.rig.cameras.indices {
      let error = try #require(cart.error(frame, camera: camera))
      let covariance = try #require(frame.covariance[camera])
      for axis in 0..<6 {
        #expect(abs(error[axis]) < 4.5 * covariance[7 * axis].squareRoot())
      }
    }
  }

  // MARK: what is wrong is named

  @Test(arguments: [0.99, 1.01])
  func aBoardOfAnotherSizeIsNamed(ratio: Double) throws {
    for draw in 0..<12 as Range<UInt64> {
      var numbers = SeededNumbers(7000 + draw)
      var cart = try SimulatedCart(datum: draw.isMultiple(of: 2) ? 2 : 3, &numbers)
      cart.rig.board.printScale = Vector2(ratio, ratio)
      // The middle stays where the datum has it.
      for index in cart.spec.datum.indices {
        let pose = cart.rig.frames[index].worldFromBoard
        cart.rig.frames[index].worldFromBoard.translation -=
          pose.rotation * cart.rig.board.middle * (ratio - 1)
      }
      let result = try cart.solve(&numbers)
      let middles = cart.spec.datum.map { $0.cartFromBoard * cart.rig.board.middle }
      // Two poses on one spot say nothing of lengths.
      guard (middles[0] - middles[1]).length > 0.06 || middles.count > 2 else { continue }
      #expect(codes(result) == ["board_size_wrong"], "\(draw): \(cartFindings(result))")
      let scale = try #require(result.cartFrame?.boardScale)
      #expect(abs(scale.ratio - ratio) < 5 * scale.sigma, "\(scale)")
      #expect(result.verdict == .notDetermined)
    }
  }

  @Test func oneDatumPoseThatIsOffIsNamedAndLeftOut() throws {
    for draw in 0..<10 as Range<UInt64> {
      var numbers = SeededNumbers(7100 + draw)
      var cart = try SimulatedCart(datum: 4, &numbers)
      let wrong = Int(draw % 4)
      cart.spec.datum[wrong].cartFromBoard.translation += numbers.direction() * 3e-3
      let result = try cart.solve(&numbers)
      let found = cartFindings(result)
      #expect(found.map(\.code) == ["datum_pose_off"], "\(draw): \(found)")
      #expect(found.first?.subject == "frame\(wrong)")
      let frame = try #require(result.cartFrame)
      #expect(frame.datum.map(\.isUsed) == (0..<4).map { $0 != wrong })
      #expect(abs((frame.datum[wrong].distance ?? 0) - 3e-3) < 1e-3)
      for camera in cart.rig.cameras.indices {
        let error = try #require(cart.error(frame, camera: camera))
        #expect(Vector3(error[3], error[4], error[5]).length < 1.2e-3)
      }
    }
  }

  @Test func aBoardLaidTheWrongWayRoundIsNamed() throws {
    var numbers = SeededNumbers(7200)
    var cart = try SimulatedCart(&numbers)
    let half = Rotation(rotationVector: Vector3(0, 0, Double.pi))
    let pose = cart.spec.datum[1].cartFromBoard
    let middle = cart.rig.board.middle
    let turned = pose.rotation * half
    cart.spec.datum[1].cartFromBoard = RigidTransform(
      rotation: turned, translation: pose * middle - turned * middle)
    let found = cartFindings(try cart.solve(&numbers))
    #expect(found.map(\.code) == ["datum_pose_off"] && found.first?.subject == "frame1")
  }

  @Test func twoDatumPosesThatContradictAreBothNamed() throws {
    var numbers = SeededNumbers(7300)
    var cart = try SimulatedCart(datum: 2, &numbers)
    cart.spec.datum[0].cartFromBoard.translation += Vector3(0, 0, 2e-3)
    let found = cartFindings(try cart.solve(&numbers))
    #expect(found.map(\.code) == ["datum_poses_disagree"])
    #expect(found.first?.text.contains("frame0, frame1") == true)
  }

  @Test func exchangedPlugsAreNamed() throws {
    for draw in 0..<12 as Range<UInt64> {
      var numbers = SeededNumbers(7400 + draw)
      var cart = try SimulatedCart(
        kinds: [.opencv5, .opencv5, .opencv4, .opencv5, .opencv5], &numbers)
      let a = numbers.index(5)
      let b = (a + 1 + numbers.index(4)) % 5
      cart.exchange(a, b)
      // The even draws have no datum: the other cameras say where the cart is.
      if draw.isMultiple(of: 2) { cart.spec.datum = [] }
      let result = try cart.solve(&numbers)
      let found = cartFindings(result).filter { $0.code != "cart_frame_nominal" }
      #expect(found.map(\.code) == ["cameras_swapped"], "\(draw): \(found)")
      let names = ["camera\(min(a, b))", "camera\(max(a, b))"]
      #expect(found.first?.text.hasPrefix("\(names[0]) and \(names[1]) look exchanged") == true)
      #expect(result.verdict == .notDetermined)
    }
  }

  @Test func threeCamerasInARingAreNamed() throws {
    var numbers = SeededNumbers(7500)
    var cart = try SimulatedCart(
      kinds: [.opencv5, .opencv5, .opencv4, .opencv5, .opencv5], &numbers)
    cart.exchange(0, 2)
    cart.exchange(2, 4)
    let found = cartFindings(try cart.solve(&numbers))
    #expect(found.map(\.code) == ["cameras_swapped"], "\(found)")
    #expect(["camera0", "camera2", "camera4"].allSatisfy { found[0].text.contains($0) })
  }

  @Test func aLooseCameraIsNamed() throws {
    for draw in 0..<10 as Range<UInt64> {
      var numbers = SeededNumbers(7600 + draw)
      var cart = try SimulatedCart(&numbers)
      let loose = numbers.index(4)
      let name = cart.rig.cameras[loose].name
      if draw.isMultiple(of: 2) {
        cart.spec.nominal[name]?.cartFromCamera.translation += numbers.direction() * 0.08
      } else {
        let place = try #require(cart.spec.nominal[name]).cartFromCamera.rotation
        cart.spec.nominal[name]?.cartFromCamera.rotation =
          place * Rotation(rotationVector: numbers.direction() * 0.25)
      }
      if draw % 3 == 0 { cart.spec.datum = [] }
      let found = cartFindings(try cart.solve(&numbers)).filter { $0.code != "cart_frame_nominal" }
      #expect(found.map(\.code) == ["camera_far_from_nominal"], "\(draw): \(found)")
      #expect(found.first?.subject == name)
    }
  }

  // MARK: without a datum

  @Test func withoutADatumTheNominalPlacesDecide() throws {
    var worst = 0.0
    for draw in 0..<10 as Range<UInt64> {
      var numbers = SeededNumbers(7700 + draw)
      var cart = try SimulatedCart(&numbers)
      cart.spec.datum = []
      let result = try cart.solve(&numbers)
      #expect(codes(result) == ["cart_frame_nominal"])
      let frame = try #require(result.cartFrame)
      #expect(frame.source == .nominal && frame.boardScale == nil)
      for camera in cart.rig.cameras.indices {
        let error = try #require(cart.error(frame, camera: camera))
        let covariance = try #require(frame.covariance[camera])
        for axis in 0..<6 {
          worst = max(worst, abs(error[axis]) / covariance[7 * axis].squareRoot())
        }
        #expect(Vector3(error[3], error[4], error[5]).length < SimulatedCart.positionTolerance)
      }
    }
    #expect(worst < 4)
  }

  @Test func aDatumThatNobodySeesIsSaid() throws {
    var numbers = SeededNumbers(7800)
    var cart = try SimulatedCart(&numbers)
    let frames = cart.spec.datum.map(\.frame)
    for index in cart.spec.datum.indices { cart.spec.datum[index].frame = "elsewhere\(index)" }
    var result = try cart.solve(&numbers)
    #expect(codes(result) == ["datum_not_seen", "cart_frame_nominal"])
    #expect(result.cartFrame?.datum.map(\.isUsed) == [false, false, false])
    cart.spec.datum[0].frame = frames[0]
    result = try cart.solve(&numbers)
    #expect(codes(result) == ["datum_not_seen"])
    #expect(result.cartFrame?.source == .datum)
  }

  @Test func camerasWithoutPlaceAndNothingAtAllAreNoMatter() throws {
    var numbers = SeededNumbers(7900)
    var cart = try SimulatedCart(&numbers)
    cart.spec.nominal = ["stranger": try #require(cart.spec.nominal["camera0"])]
    #expect(codes(try cart.solve(&numbers)) == [])
    cart.spec.datum = []
    let result = try cart.solve(&numbers)
    #expect(result.cartFrame == nil && codes(result) == [])
  }
}
