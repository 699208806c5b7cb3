import Geometry
import LinearAlgebra
import Measurements

extension CalibrationRun {
  /// Where a held rig is in its cart, as what is held tells: nothing moves with the cameras that were
  /// replaced. Nil where the stored rig was in no cart, or no camera of it is where it was.
  ///
  /// Datum poses in the new pictures take no part; how far boards lie from them is said.
  mutating func tieToStored(
    _ joint: JointProblem, _ covariance: StateCovariance, _ held: HeldRig, _ stored: StoredRig
  ) -> CartFrame? {
    guard let frame = frameFromReference(held.prior, joint) else { return nil }
    switch stored.frame {
    case .cart: return tieToCart(joint, frame, held)
    case .reference:
      guard !stored.nominalPlaces.isEmpty else { return nil }
      return chainToNominal(joint, covariance, held, stored)
    }
  }

  private mutating func tieToCart(
    _ joint: JointProblem, _ cartFromReference: RigidTransform, _ held: HeldRig
  ) -> CartFrame? {
    var problem = joint.problem
    let referenceFromCart = cartFromReference.inverse
    let places = joint.cameras.indices.filter { joint.componentOfCamera[$0] == 0 }
    for place in places {
      problem.cameras[place].cameraFromReference =
        problem.cameras[place].cameraFromReference * referenceFromCart
      problem.cameras[place].poseIsFree = true
    }
    for frame in Set(
      problem.views.filter { joint.componentOfCamera[$0.camera] == 0 }.map(\.frame))
    {
      problem.frames[frame].referenceFromBoard =
        cartFromReference * problem.frames[frame].referenceFromBoard
    }
    var prior: RigPrior? = held.prior
    for (place, camera) in joint.cameras.enumerated() where joint.componentOfCamera[place] != 0 {
      prior = prior?.withoutPose(of: camera)
    }
    problem.rigPrior = prior?.renumbered(
      Dictionary(uniqueKeysWithValues: joint.cameras.enumerated().map { ($1, $0) }))?
      .weighted(by: held.unitDeviation)
    guard problem.rigPrior != nil,
      let summary = adjust(
        &problem,
        limits: AdjustmentLimits(iterations: 50, relativeDecrease: 1e-10, initialDamping: 1e-9),
        threads: options.threads)
    else { return nil }
    log.append(
      StageRecord(
        name: "cart_adjustment", iterations: summary.iterations, initialCost: summary.initialCost,
        finalCost: summary.finalCost, corners: problem.usedCornerCount,
        termination: summary.termination))
    let covariance = StateCovariance(
      problem, unitDeviation: held.unitDeviation, threads: options.threads)
    var cart = emptyCart(.datum)
    for place in places {
      let camera = problem.cameras[place]
      cart.cartFromCamera[joint.cameras[place]] = camera.cameraFromReference.inverse
      cart.covariance[joint.cameras[place]] = covariance.flatMap {
        poseCovariance(place, camera, $0)?.elements
      }
    }
    cart.information = covariance.flatMap {
      information(joint.cameras, problem, $0) { joint.componentOfCamera[$0] == 0 }
    }
    measureDatum(&cart, joint) { problem.frames[$0].referenceFromBoard }
    if let size = options.cartFrame?.basket, let covariance {
      cart.basketError = BasketTriangulation(
        basketCameras(places, joint, problem, covariance), covariance
      ).errors(in: size, relativeTo: .cart)
    }
    findStoredRoles(cart)
    return cart
  }

  /// By a camera that is where it was: its stored place in the cart, and the others' beside it.
  private mutating func chainToNominal(
    _ joint: JointProblem, _ covariance: StateCovariance, _ held: HeldRig, _ stored: StoredRig
  ) -> CartFrame? {
    let unmoved = held.prior.placedCameras.first {
      stored.nominalPlaces[$0] != nil && joint.cameras.contains($0)
    }
    guard let unmoved, let home = stored.nominalPlaces[unmoved],
      let place = joint.cameras.firstIndex(of: unmoved), joint.componentOfCamera[place] == 0
    else { return nil }
    let cartFromReference =
      home.cartFromCamera * joint.problem.cameras[place].cameraFromReference
    var cart = emptyCart(.nominal)
    for (place, camera) in joint.cameras.enumerated() where joint.componentOfCamera[place] == 0 {
      let pose = cartFromReference * joint.problem.cameras[place].cameraFromReference.inverse
      cart.cartFromCamera[camera] = pose
      guard let values = home.covariance, values.count == 36,
        let own = poseCovariance(place, joint.problem.cameras[place], covariance)
      else { continue }
      // The home camera's place turns about itself, which moves the other cameras; what is between
      // them comes on top.
      let lever = Matrix3.skew(pose.translation - home.cartFromCamera.translation)
      let rotation = cartFromReference.rotation.matrix
      var carried = Matrix.identity(6)
      var turned = Matrix(rows: 6, columns: 6)
      for row in 0..<3 {
        for column in 0..<3 {
          carried[row + 3, column] = -lever[row, column]
          turned[row, column] = rotation[row, column]
          turned[row + 3, column + 3] = rotation[row, column]
        }
      }
      let common = carried * Matrix(rows: 6, columns: 6, elements: values) * carried.transposed
      let between = turned * own * turned.transposed
      cart.covariance[camera] = zip(common.elements, between.elements).map { $0 + $1 }
    }
    measureDatum(&cart, joint) { cartFromReference * joint.problem.frames[$0].referenceFromBoard }
    findStoredRoles(cart)
    return cart
  }

  private func emptyCart(_ source: CartFrame.Source) -> CartFrame {
    CartFrame(
      source: source, cartFromCamera: input.cameras.map { _ in nil },
      covariance: input.cameras.map { _ in nil },
      datum: (options.cartFrame?.datum ?? []).map {
        CartFrame.Datum(frame: $0.frame, isUsed: false)
      })
  }

  /// Says how far boards lie from where the datum has them.
  private func measureDatum(
    _ cart: inout CartFrame, _ joint: JointProblem,
    cartFromBoard: (_ frame: Int) -> RigidTransform
  ) {
    for (index, datum) in (options.cartFrame?.datum ?? []).enumerated() {
      guard let source = datum.index(in: input.frames),
        let frame = joint.frames.firstIndex(of: source),
        joint.problem.views.contains(where: {
          $0.frame == frame && joint.componentOfCamera[$0.camera] == 0
            && joint.problem.isUsed($0)
        })
      else { continue }
      let found = cartFromBoard(frame)
      let centre = joint.problem.boardCentre
      cart.datum[index].distance = (found * centre - datum.cartFromBoard * centre).length
      cart.datum[index].angle = (datum.cartFromBoard.rotation.inverse * found.rotation).angle
    }
  }

  private mutating func findStoredRoles(_ cart: CartFrame) {
    guard let spec = options.cartFrame else { return }
    findRoles(spec, RoleTest(placed(cart.cartFromCamera, spec), isInCart: true), isInCart: true)
  }

  /// What became of a held rig; nil where none was.
  func repair(_ joint: JointProblem, _ held: HeldRig?) -> RepairOutcome? {
    guard let held, let stored = options.stored, let first = joint.cameras.first else { return nil }
    return RepairOutcome(reference: first, held: held.held, replaced: stored.replaced.sorted())
  }
}
