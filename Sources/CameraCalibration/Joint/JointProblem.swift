import Execution
import Geometry

/// All cameras that could be solved by themselves, in one adjustment.
struct JointProblem {
  var problem: AdjustmentProblem
  /// By camera of the problem: the input's camera.
  var cameras: [Int]
  /// By camera of the problem: which component it belongs to; 0 is the largest.
  var componentOfCamera: [Int]
  /// By frame of the problem: the input's frame, nil for an unanchored view's own frame.
  var frames: [Int?]
  /// By camera of the problem: picture size, pixels.
  var sizes: [(width: Int, height: Int)]
  /// By view of the problem: the prepared view it shows.
  var views: [PreparedView]

  /// Puts components side by side. Cameras of different components share no frames; each
  /// component's first camera is held, and all share one board with one bend.
  init(
    _ evidence: [CameraEvidence], _ solutions: [CameraSolution], _ cameraViews: [CameraViews],
    _ components: [CameraComponent], boardCentre: Vector3
  ) {
    problem = AdjustmentProblem(
      cameras: [], frames: [], views: [], corners: [], boardCentre: boardCentre)
    cameras = []
    componentOfCamera = []
    frames = []
    views = []
    sizes = []
    for (number, component) in components.enumerated() {
      var members: [JointMember] = []
      for (place, index) in component.cameras.enumerated() {
        let solution = solutions[index]
        problem.cameras.append(
          AdjustedCamera(
            kind: solution.kind, parameters: solution.parameters,
            parameterIsFree: solution.problem.cameras[0].parameterIsFree,
            pullStrength: solution.problem.cameras[0].pullStrength,
            cameraFromReference: component.referenceFromCamera[place].inverse,
            poseIsFree: place > 0))
        cameras.append(evidence[index].camera)
        componentOfCamera.append(number)
        sizes.append((cameraViews[index].width, cameraViews[index].height))
        members.append(
          JointMember(
            camera: problem.cameras.count - 1, evidence: evidence[index],
            views: cameraViews[index], solution: solution,
            referenceFromCamera: component.referenceFromCamera[place]))
      }
      addFrames(of: members)
    }
  }

  private struct JointMember {
    var camera: Int
    var evidence: CameraEvidence
    var views: CameraViews
    var solution: CameraSolution
    var referenceFromCamera: RigidTransform
  }

  private mutating func addFrames(of members: [JointMember]) {
    let shared = Set(members.flatMap { $0.evidence.views.keys }).sorted()
    var place: [Int: Int] = [:]
    for frame in shared {
      guard let pose = Self.framePose(frame, members) else { continue }
      place[frame] = problem.frames.count
      problem.frames.append(AdjustedFrame(referenceFromBoard: pose))
      frames.append(frame)
    }
    for member in members {
      for (index, source) in member.solution.views.enumerated() {
        let view = member.views.views[source]
        var frame: Int
        if view.isAnchored {
          guard let known = place[view.frame] else { continue }
          frame = known
        } else {
          frame = problem.frames.count
          problem.frames.append(
            AdjustedFrame(
              referenceFromBoard: member.referenceFromCamera
                * member.solution.problem.frames[index].referenceFromBoard))
          frames.append(nil)
        }
        let first = problem.corners.count
        let solved = member.solution.problem.views[index]
        problem.corners += member.solution.problem.corners[solved.corners]
        problem.views.append(
          AdjustedView(
            camera: member.camera, frame: frame, corners: first..<problem.corners.count))
        views.append(view)
      }
    }
    sortViewsByFrame()
  }

  /// Normal equations run over the views frame by frame.
  mutating func sortViewsByFrame() {
    let order = problem.views.indices.sorted {
      (problem.views[$0].frame, $0) < (problem.views[$1].frame, $1)
    }
    problem.views = order.map { problem.views[$0] }
    views = order.map { views[$0] }
  }

  /// Of the poses that the cameras give a frame's board, the one that all pictures together agree
  /// with most.
  private static func framePose(_ frame: Int, _ members: [JointMember]) -> RigidTransform? {
    var best: (pose: RigidTransform, score: Double)?
    let seeing = members.filter { $0.evidence.views[frame] != nil }
    for proposer in seeing {
      guard let own = proposer.evidence.views[frame] else { continue }
      let pose = proposer.referenceFromCamera * own.pose
      guard seeing.count > 1 else { return pose }
      var score = 0.0
      for judge in seeing {
        guard let view = judge.evidence.views[frame] else { continue }
        score += min(
          1000,
          medianDistance(
            judge.evidence, view.corners, judge.referenceFromCamera.inverse * pose))
      }
      if score < best?.score ?? .infinity { best = (pose, score) }
    }
    return best?.pose
  }
}
