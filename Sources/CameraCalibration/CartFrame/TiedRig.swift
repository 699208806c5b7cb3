import Execution
import Geometry
import LinearAlgebra

/// A joint problem in the cart frame: the frame of its poses, called reference elsewhere, is the
/// cart, held by what is known of some board poses.
struct TiedRig {
  /// A datum pose that the problem sees.
  struct Sighting {
    /// Index into the rig's datum.
    var datum: Int
    /// Index into the problem's frames.
    var frame: Int
    /// Index into the problem's components (see `JointProblem`).
    var component: Int
  }

  private(set) var problem: AdjustmentProblem
  let sightings: [Sighting]
  /// Components that see a datum pose: their cameras' poses are in the cart frame.
  let components: Set<Int>
  /// Standard deviation of a corner of weight 1, pixels.
  let unitDeviation: Double
  private let componentOfCamera: [Int]
  private let datum: [DatumPose]

  /// Board poses further from what others make of them than this say nothing of where the cart is:
  /// metres and radians.
  private static let farthest = (move: 0.02, turn: 0.05)

  /// The joint problem at its optimum, moved as it is into the cart frame; nil when it sees no datum
  /// pose. `frames` are the names of the input's frames.
  init?(_ joint: JointProblem, _ datum: [DatumPose], frames: [String], unitDeviation: Double) {
    self.datum = datum
    // No corner is better known than this: exact ones would leave the datum no weight at all.
    self.unitDeviation = max(unitDeviation, 1e-4)
    componentOfCamera = joint.componentOfCamera
    problem = joint.problem
    sightings = Self.sightings(joint, datum, frames)
    components = Set(sightings.map(\.component))
    guard !sightings.isEmpty else { return nil }
    for component in components {
      move(component, by: Self.cartFromReference(sightings, component, joint.problem, datum))
    }
    for sighting in sightings { setPrior(sighting) }
  }

  /// The frames of the datum whose boards were seen with known corners.
  private static func sightings(
    _ joint: JointProblem, _ datum: [DatumPose], _ names: [String]
  ) -> [Sighting] {
    var componentOfFrame: [Int: Int] = [:]
    for view in joint.problem.views where joint.problem.isUsed(view) {
      componentOfFrame[view.frame] = joint.componentOfCamera[view.camera]
    }
    var sightings: [Sighting] = []
    for (index, pose) in datum.enumerated() {
      guard let source = pose.index(in: names) else { continue }
      for frame in joint.frames.indices where joint.frames[frame] == source {
        guard let component = componentOfFrame[frame] else { continue }
        sightings.append(Sighting(datum: index, frame: frame, component: component))
      }
    }
    return sightings
  }

  /// Of the cart frames that single datum poses give a component, the one that most others agree
  /// with.
  private static func cartFromReference(
    _ sightings: [Sighting], _ component: Int, _ problem: AdjustmentProblem, _ datum: [DatumPose]
  ) -> RigidTransform {
    let own = sightings.filter { $0.component == component }
    var best: (pose: RigidTransform, score: Double)?
    for proposer in own {
      let pose =
        datum[proposer.datum].cartFromBoard
        * problem.frames[proposer.frame].referenceFromBoard.inverse
      var score = 0.0
      for judge in own {
        let found = pose * problem.frames[judge.frame].referenceFromBoard
        let meant = datum[judge.datum].cartFromBoard
        let move = (found * problem.boardCentre - meant * problem.boardCentre).length
        let turn = (meant.rotation.inverse * found.rotation).angle
        score += min(1, move / farthest.move) + min(1, turn / farthest.turn)
      }
      if score < best?.score ?? .infinity { best = (pose, score) }
    }
    return best?.pose ?? .identity
  }

  /// Moves a component's cameras and boards into another frame, and frees its first camera, which
  /// was held.
  private mutating func move(_ component: Int, by cartFromReference: RigidTransform) {
    let referenceFromCart = cartFromReference.inverse
    for camera in problem.cameras.indices where componentOfCamera[camera] == component {
      problem.cameras[camera].cameraFromReference =
        problem.cameras[camera].cameraFromReference * referenceFromCart
      problem.cameras[camera].poseIsFree = true
    }
    for frame in Set(
      problem.views.filter { componentOfCamera[$0.camera] == component }.map(\.frame))
    {
      problem.frames[frame].referenceFromBoard =
        cartFromReference * problem.frames[frame].referenceFromBoard
    }
  }

  private mutating func setPrior(_ sighting: Sighting) {
    problem.frames[sighting.frame].prior = prior(sighting)
  }

  /// What is known of a board pose, were true lengths `ratio` times those of the problem, and every
  /// sigma `inflation` times what the rig says.
  func prior(_ sighting: Sighting, ratio: Double = 1, inflation: Double = 1) -> PosePrior {
    let pose = datum[sighting.datum]
    let variance = unitDeviation * unitDeviation / (inflation * inflation)
    // About the middle of all datum poses, so that the cart frame hardly moves with the ratio.
    let middle =
      sightings.reduce(Vector3.zero) {
        $0 + datum[$1.datum].cartFromBoard * problem.boardCentre
      } / Double(sightings.count)
    let place = pose.cartFromBoard * problem.boardCentre
    let shift = (place - middle) * (1 / ratio - 1)
    return PosePrior(
      referenceFromBoard: RigidTransform(
        rotation: pose.cartFromBoard.rotation, translation: pose.cartFromBoard.translation + shift),
      turnWeight: variance / (pose.angleSigma * pose.angleSigma),
      moveWeight: variance / (pose.positionSigma * pose.positionSigma))
  }

  /// Sets what is known of each sighted board pose; nil for nothing.
  mutating func setPriors(_ prior: (_ index: Int, _ sighting: Sighting) -> PosePrior?) {
    for (index, sighting) in sightings.enumerated() {
      problem.frames[sighting.frame].prior = prior(index, sighting)
    }
  }

  /// Adjusts everything with corners and datum poses; nil when the state cannot be evaluated.
  mutating func adjustAll(threads: ThreadCount) -> AdjustmentSummary? {
    adjust(
      &problem,
      limits: AdjustmentLimits(iterations: 50, relativeDecrease: 1e-10, initialDamping: 1e-9),
      threads: threads)
  }

  func covariance(threads: ThreadCount) -> StateCovariance? {
    StateCovariance(problem, unitDeviation: unitDeviation, threads: threads)
  }

  /// How far the board of a sighting lies from where the datum says: its middle, metres, and the
  /// turn, radians.
  func distance(_ sighting: Sighting) -> (move: Double, turn: Double) {
    let distance = prior(sighting).distance(
      to: problem.frames[sighting.frame].referenceFromBoard, boardCentre: problem.boardCentre)
    return (distance.move.length, distance.turn.length)
  }

  /// The same state with each component's poses relative to its first camera again, as they are in
  /// `joint`.
  func untied(_ joint: JointProblem) -> AdjustmentProblem {
    var result = problem
    for index in result.frames.indices { result.frames[index].prior = nil }
    for component in components {
      let cameras = joint.cameras.indices.filter { componentOfCamera[$0] == component }
      guard let first = cameras.first(where: { !joint.problem.cameras[$0].poseIsFree }) else {
        continue
      }
      let referenceFromCart = problem.cameras[first].cameraFromReference
      let cartFromReference = referenceFromCart.inverse
      for camera in cameras {
        result.cameras[camera].cameraFromReference =
          problem.cameras[camera].cameraFromReference * cartFromReference
      }
      result.cameras[first].cameraFromReference = .identity
      result.cameras[first].poseIsFree = false
      let frames = Set(
        problem.views.filter { componentOfCamera[$0.camera] == component }.map(\.frame))
      for frame in frames {
        result.frames[frame].referenceFromBoard =
          referenceFromCart * problem.frames[frame].referenceFromBoard
      }
    }
    return result
  }
}
