import Execution
import Geometry
import LensModels
import LinearAlgebra

extension CalibrationRun {
  /// What a held camera sees with the lens that it is known to have.
  func heldSolution(_ index: Int, _ held: StoredRig.Camera) -> CameraSolution {
    let camera = cameraViews[index]
    let poses = camera.views.map {
      bestPose($0.corners[...], held.lens.kind, held.lens.parameters, camera)
    }
    let usable = poses.indices.filter { poses[$0] != nil }
    var problem = cameraProblem(
      camera, usable, poses, kind: held.lens.kind, parameters: held.lens.parameters)
    problem.cameras[0].freeLens()
    // What is known of a rational lens has been pulled already.
    problem.cameras[0].pullStrength = 0
    problem.warp = options.stored?.warp ?? BoardWarp()
    return CameraSolution(
      problem: problem, views: usable, kind: held.lens.kind, summary: AdjustmentSummary())
  }

  /// True for cameras of the input that are held at what is stored of them.
  func isHeld(_ camera: Int) -> Bool { options.stored?.held[camera] != nil }

  /// Where held cameras are in the frame of the stored rig, by place in the evidence. Left out are
  /// cameras that most others they see boards with contradict: those moved far.
  func knownPlaces(_ evidence: [CameraEvidence]) -> [Int: RigidTransform] {
    guard let stored = options.stored, !posesAreAmbiguous else { return [:] }
    var known: [Int: RigidTransform] = [:]
    for (place, camera) in evidence.enumerated() {
      known[place] = stored.held[camera.camera]?.frameFromCamera
    }
    while true {
      var worst: (place: Int, balance: Int)?
      for (place, pose) in known.sorted(by: { $0.key < $1.key }) {
        var balance = 0
        for (other, otherPose) in known.sorted(by: { $0.key < $1.key }) where other != place {
          guard
            let agree = evidence[place].agrees(
              with: evidence[other], firstFromSecond: pose.inverse * otherPose)
          else { continue }
          balance += agree ? 1 : -1
        }
        if balance < worst?.balance ?? 0 { worst = (place, balance) }
      }
      // With two cameras, neither is to be believed more.
      guard let worst, known.count > 2 else { return known }
      known[worst.place] = nil
    }
  }

  /// Components with the stored cameras first, relative to the first one of them.
  func arranged(
    _ components: [CameraComponent], _ known: [Int: RigidTransform]
  ) -> [CameraComponent] {
    guard let main = components.firstIndex(where: { $0.cameras.contains { known[$0] != nil } })
    else { return components }
    var result = components
    let component = result.remove(at: main)
    guard let home = component.cameras.firstIndex(where: { known[$0] != nil }) else {
      return components
    }
    let homeFromReference = component.referenceFromCamera[home].inverse
    var cameras = component.cameras
    var poses = component.referenceFromCamera.map { homeFromReference * $0 }
    cameras.insert(cameras.remove(at: home), at: 0)
    poses.remove(at: home)
    poses.insert(.identity, at: 0)
    result.insert(CameraComponent(cameras: cameras, referenceFromCamera: poses), at: 0)
    return result
  }

  /// Gives a joint problem what is known of its rig, with cameras free to have moved a little, so
  /// that one that did moves nothing else, and none of its corners is thrown out for it.
  func holdLoosely(_ joint: inout JointProblem) {
    guard let stored = options.stored else { return }
    joint.problem.warp = stored.warp
    // The median of a two-dimensional normal error is 1.18 times its sigma.
    let scatter = median(of: cameraMedians(joint.problem).filter(\.isFinite)) / 1.1774
    joint.problem.rigPrior = RigPrior(stored)?.loosened(
      turn: Self.loose.turn, move: Self.loose.move)?
      .relative(in: joint)?.weighted(by: scatter.isFinite ? max(1e-3, scatter) : 1)
  }

  /// How far a knock moves a camera: radians and metres.
  private static let loose = (turn: 0.05, move: 0.03)

  /// The parts of the pictures where corners were used, this time or when a held camera was solved.
  func coverage(_ place: Int, _ lens: Lens, _ joint: JointProblem) -> PictureCoverage {
    var coverage = joint.problem.coverage(camera: place, width: lens.width, height: lens.height)
    if let held = options.stored?.held[joint.cameras[place]] { coverage.add(held.coverage) }
    return coverage
  }

  /// The smallest convex region that holds a camera's corners, those of the cells where it was solved
  /// before included.
  func usedRegion(_ place: Int, _ joint: JointProblem, _ problem: AdjustmentProblem) -> ConvexHull {
    guard let held = options.stored?.held[joint.cameras[place]], !held.coverage.isEmpty else {
      return problem.usedRegion(camera: place)
    }
    var points = problem.usedPixels(camera: place)
    let cells = PictureCoverage(width: held.lens.width, height: held.lens.height)
    for (cell, count) in held.coverage.enumerated() where count > 0 {
      points.append(cells.centre(cell: cell))
    }
    return ConvexHull(points)
  }
}

extension RigPrior {
  /// The same for the cameras of a joint problem, relative to its first camera. Of cameras that are
  /// not linked to that one, no pose is known.
  func relative(in joint: JointProblem) -> RigPrior? {
    guard let home = joint.cameras.first else { return nil }
    var own: RigPrior? = self
    for (place, camera) in joint.cameras.enumerated() where joint.componentOfCamera[place] != 0 {
      own = own?.withoutPose(of: camera)
    }
    return own?.relative(to: home)?.renumbered(
      Dictionary(uniqueKeysWithValues: joint.cameras.enumerated().map { ($1, $0) }))
  }
}

extension CameraEvidence {
  /// True when most frames that two cameras share agree with a pose between them; nil when they
  /// share none.
  fileprivate func agrees(with other: CameraEvidence, firstFromSecond: RigidTransform) -> Bool? {
    let shared = views.keys.filter { other.views[$0] != nil }.sorted()
    guard !shared.isEmpty else { return nil }
    let agreeing = agreement(self, other, shared, firstFromSecond: firstFromSecond)
    return 2 * agreeing >= shared.count
  }
}
