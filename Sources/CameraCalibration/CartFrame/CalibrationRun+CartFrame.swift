import Execution
import Geometry
import LensModels
import LinearAlgebra
import Measurements

extension CalibrationRun {
  /// Says where the solved cameras are in the cart, by datum poses where the session has them, else
  /// by nominal places; nil where that was not asked, or nothing tells.
  ///
  /// Datum poses are observations like corners: with them, `joint` is adjusted once more, and left
  /// at the optimum of both. `covariance` is that of `joint` without them.
  mutating func tieToCart(
    _ joint: inout JointProblem, _ covariance: StateCovariance?, _ held: HeldRig? = nil
  ) -> CartFrame? {
    if let held, let stored = options.stored, !posesAreAmbiguous, let covariance {
      if let cart = tieToStored(joint, covariance, held, stored) { return cart }
    }
    guard let spec = options.cartFrame, !posesAreAmbiguous, let covariance else { return nil }
    let rig =
      input.board.isAmbiguous
      ? nil
      : TiedRig(
        joint, spec.datum, frames: input.frames, unitDeviation: covariance.unitDeviation)
    noteUnseen(spec, rig)
    if var rig, let cart = tie(&rig, &joint, spec) {
      findRoles(spec, RoleTest(placed(cart.cartFromCamera, spec), isInCart: true), isInCart: true)
      return cart
    }
    return fitToNominal(joint, covariance, spec)
  }

  // MARK: by datum

  private mutating func tie(
    _ rig: inout TiedRig, _ joint: inout JointProblem, _ spec: CartFrameSpec
  ) -> CartFrame? {
    let test = DatumTest(rig, threads: options.threads)
    var isUsed = rig.sightings.map { _ in true }
    if case .poseIsOff(let index) = test.outcome { isUsed[index] = false }
    let sightings = rig.sightings
    let present = rig
    rig.setPriors { index, sighting in
      isUsed[index] ? present.prior(sighting, inflation: test.inflation) : nil
    }
    guard let summary = rig.adjustAll(threads: options.threads) else { return nil }
    log.append(
      StageRecord(
        name: "cart_adjustment", iterations: summary.iterations, initialCost: summary.initialCost,
        finalCost: summary.finalCost, corners: rig.problem.usedCornerCount,
        termination: summary.termination))
    findDatum(rig, test, spec)
    let covariance = rig.covariance(threads: options.threads)
    var cart = CartFrame(
      source: .datum, cartFromCamera: input.cameras.map { _ in nil },
      covariance: input.cameras.map { _ in nil },
      datum: spec.datum.map { CartFrame.Datum(frame: $0.frame, isUsed: false) },
      boardScale: test.scale)
    for (index, sighting) in sightings.enumerated() {
      let (move, turn) = rig.distance(sighting)
      cart.datum[sighting.datum].isUsed = isUsed[index]
      cart.datum[sighting.datum].distance = move
      cart.datum[sighting.datum].angle = turn
    }
    for (place, camera) in joint.cameras.enumerated()
    where rig.components.contains(joint.componentOfCamera[place]) {
      let adjusted = rig.problem.cameras[place]
      cart.cartFromCamera[camera] = adjusted.cameraFromReference.inverse
      cart.covariance[camera] = covariance.flatMap {
        poseCovariance(place, adjusted, $0)?.elements
      }
    }
    if let size = spec.basket, let covariance {
      let places = joint.cameras.indices.filter {
        rig.components.contains(joint.componentOfCamera[$0])
      }
      cart.basketError = BasketTriangulation(
        basketCameras(places, joint, rig.problem, covariance), covariance
      ).errors(in: size, relativeTo: .cart)
    }
    cart.information = covariance.flatMap {
      information(joint.cameras, rig.problem, $0) {
        rig.components.contains(joint.componentOfCamera[$0])
      }
    }
    joint.problem = rig.untied(joint)
    return cart
  }

  private mutating func noteUnseen(_ spec: CartFrameSpec, _ rig: TiedRig?) {
    guard !spec.datum.isEmpty else { return }
    let seen = Set((rig?.sightings ?? []).map(\.datum))
    let unseen = spec.datum.indices.filter { !seen.contains($0) }.map { spec.datum[$0].frame }
    if !unseen.isEmpty {
      findings.append(
        .datumNotSeen(
          unseen, of: spec.datum.count, boardIsAmbiguous: input.board.isAmbiguous))
    }
  }

  private mutating func findDatum(_ rig: TiedRig, _ test: DatumTest, _ spec: CartFrameSpec) {
    switch test.outcome {
    case .consistent: break
    case .boardSizeIsWrong:
      guard let scale = test.scale else { break }
      findings.append(
        .boardSizeWrong(ratio: scale.ratio, sigma: scale.sigma, square: input.board.squareSize))
    case .poseIsOff(let index):
      let (move, turn) = rig.distance(rig.sightings[index])
      findings.append(
        .datumPoseOff(spec.datum[rig.sightings[index].datum].frame, move: move, turn: turn))
    case .disagree:
      let distances = rig.sightings.map { rig.distance($0) }
      findings.append(
        .datumPosesDisagree(
          rig.sightings.map { spec.datum[$0.datum].frame },
          move: distances.map(\.move).max() ?? 0, turn: distances.map(\.turn).max() ?? 0))
    }
  }

  // MARK: by nominal places

  private mutating func fitToNominal(
    _ joint: JointProblem, _ covariance: StateCovariance, _ spec: CartFrameSpec
  ) -> CartFrame? {
    var poses: [RigidTransform?] = input.cameras.map { _ in nil }
    var places: [Int: Int] = [:]
    for (place, camera) in joint.cameras.enumerated() where joint.componentOfCamera[place] == 0 {
      poses[camera] = joint.problem.cameras[place].cameraFromReference.inverse
      places[camera] = place
    }
    let cameras = placed(poses, spec)
    let test = RoleTest(cameras, isInCart: false)
    guard let fit = test.fit else { return nil }
    findRoles(spec, test, isInCart: false)
    let sigma = fit.covariance.map { matrix in
      (3..<6).map { max(0, matrix[$0, $0]) }.reduce(0, +).squareRoot()
    }
    findings.append(.cartFrameNominal(cameras: cameras.count, sigma: sigma))
    var cart = CartFrame(
      source: .nominal, cartFromCamera: poses.map { $0.map { fit.cartFromFrame * $0 } },
      covariance: input.cameras.map { _ in nil },
      datum: spec.datum.map { CartFrame.Datum(frame: $0.frame, isUsed: false) })
    if let size = spec.basket {
      let frameFromCart = fit.cartFromFrame.inverse
      var cameras = basketCameras(
        joint.cameras.indices.filter { joint.componentOfCamera[$0] == 0 }, joint, joint.problem,
        covariance)
      for index in cameras.indices {
        cameras[index].cameraFromCart = cameras[index].cameraFromCart * frameFromCart
      }
      cart.basketError = BasketTriangulation(cameras, covariance)
        .errors(in: size, relativeTo: .reference)
    }
    for (camera, place) in places {
      guard let pose = cart.cartFromCamera[camera], let ofFit = fit.covariance,
        let own = poseCovariance(place, joint.problem.cameras[place], covariance)
      else { continue }
      // The fit turns about the cart's origin, which moves the camera too; the camera's own
      // covariance is turned into the cart's axes.
      var carried = Matrix.identity(6)
      var turned = Matrix(rows: 6, columns: 6)
      let lever = Matrix3.skew(pose.translation)
      let rotation = fit.cartFromFrame.rotation.matrix
      for row in 0..<3 {
        for column in 0..<3 {
          carried[row + 3, column] = -lever[row, column]
          turned[row, column] = rotation[row, column]
          turned[row + 3, column + 3] = rotation[row, column]
        }
      }
      let first = carried * ofFit * carried.transposed
      let second = turned * own * turned.transposed
      cart.covariance[camera] = zip(first.elements, second.elements).map { $0 + $1 }
    }
    return cart
  }

  /// Cameras by their places in the joint problem, in the frame that `problem` has them in.
  func basketCameras(
    _ places: [Int], _ joint: JointProblem, _ problem: AdjustmentProblem,
    _ covariance: StateCovariance
  ) -> [BasketTriangulation.Camera] {
    places.compactMap { place in
      let camera = problem.cameras[place]
      let input = self.input.cameras[joint.cameras[place]]
      do throws(LensError) {
        return BasketTriangulation.Camera(
          index: joint.cameras[place],
          lens: try Lens(
            kind: camera.kind, width: input.width, height: input.height,
            parameters: camera.parameters),
          cameraFromCart: camera.cameraFromReference,
          region: usedRegion(place, joint, problem),
          places: covariance.lensPlaces(camera: place)
            + (camera.poseIsFree ? covariance.posePlaces(camera: place) : []))
      } catch {
        return nil
      }
    }
  }

  // MARK: roles

  func placed(_ poses: [RigidTransform?], _ spec: CartFrameSpec) -> [PlacedCamera] {
    poses.indices.compactMap { camera in
      guard let pose = poses[camera], let nominal = spec.nominal[input.cameras[camera].name] else {
        return nil
      }
      return PlacedCamera(camera: camera, frameFromCamera: pose, nominal: nominal)
    }
  }

  mutating func findRoles(_ spec: CartFrameSpec, _ test: RoleTest, isInCart: Bool) {
    for cycle in test.cycles {
      findings.append(.camerasSwapped(cycle.map { input.cameras[$0].name }))
    }
    for camera in test.far {
      let name = input.cameras[camera.camera].name
      guard let nominal = spec.nominal[name] else { continue }
      findings.append(
        .cameraFarFromNominal(
          name, move: camera.move, turn: camera.turn, nominal: nominal, isInCart: isInCart))
    }
  }
}
