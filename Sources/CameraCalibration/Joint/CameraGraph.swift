import Geometry
import LensModels

/// What links two cameras: the frames in which both see the board.
struct CameraLink {
  var first: Int
  var second: Int
  /// Places points given in the second camera's coordinates into the first one's.
  var firstFromSecond: RigidTransform
  /// About how many shared frames agree with it.
  var agreement: Double
}

/// Cameras that hang together, with their poses.
struct CameraComponent {
  /// Ascending; the first one is the reference of the poses.
  var cameras: [Int]
  /// By place in `cameras`.
  var referenceFromCamera: [RigidTransform]
}

/// One camera's board poses by frame, and what is needed to judge poses by corners.
struct CameraEvidence {
  var camera: Int
  var kind: LensKind
  var parameters: [Double]
  var warp: BoardWarp
  var boardCentre: Vector3
  /// Picture width, pixels.
  var width: Int
  /// By frame of the input.
  var views: [Int: View]

  struct View {
    /// camera_from_board.
    var pose: RigidTransform
    var corners: [ObservedCorner]
    /// Some of the corners, enough to judge a pose.
    var sample: [ObservedCorner]

    init(pose: RigidTransform, corners: [ObservedCorner]) {
      self.pose = pose
      self.corners = corners
      let used = corners.filter { $0.weight > 0 }
      let step = max(1, used.count / 16)
      sample = stride(from: 0, to: used.count, by: step).map { used[$0] }
    }
  }
}

/// Joins cameras into components along the links with the most shared frames that agree (a maximum
/// spanning tree, built as J. B. Kruskal describes, 1956), and chains their poses from each
/// component's first camera. Cameras in `isolated` are linked to none; those whose place in some
/// common frame is `known` are linked by that. Components are sorted by size, then by first camera.
func cameraComponents(
  _ evidence: [CameraEvidence], isolated: Set<Int> = [], known: [Int: RigidTransform] = [:]
) -> [CameraComponent] {
  var candidates: [CameraLink] = []
  if let first = known.keys.min(), let home = known[first]?.inverse {
    for (other, pose) in known where other != first {
      candidates.append(
        CameraLink(
          first: first, second: other, firstFromSecond: home * pose, agreement: .infinity))
    }
  }
  for i in evidence.indices where !isolated.contains(i) {
    for j in evidence.indices where j > i && !isolated.contains(j) {
      if let link = link(i, j, evidence) { candidates.append(link) }
    }
  }
  candidates.sort { ($1.agreement, $0.first, $0.second) < ($0.agreement, $1.first, $1.second) }
  var group = Array(evidence.indices)
  var links: [CameraLink] = []
  for link in candidates where group[link.first] != group[link.second] {
    links.append(link)
    let (from, to) = (group[link.second], group[link.first])
    for index in group.indices where group[index] == from { group[index] = to }
  }
  var components: [CameraComponent] = []
  for root in evidence.indices where !components.contains(where: { $0.cameras.contains(root) }) {
    components.append(component(root, links, evidence.count))
  }
  components.sort { ($1.cameras.count, $0.cameras[0]) < ($0.cameras.count, $1.cameras[0]) }
  return components
}

/// All cameras that links lead to from `root`, breadth first.
private func component(_ root: Int, _ links: [CameraLink], _ count: Int) -> CameraComponent {
  var poses: [RigidTransform?] = Array(repeating: nil, count: count)
  poses[root] = .identity
  var queue = [root]
  var next = 0
  while next < queue.count {
    let camera = queue[next]
    next += 1
    guard let pose = poses[camera] else { continue }
    for link in links {
      if link.first == camera, poses[link.second] == nil {
        poses[link.second] = pose * link.firstFromSecond
        queue.append(link.second)
      } else if link.second == camera, poses[link.first] == nil {
        poses[link.first] = pose * link.firstFromSecond.inverse
        queue.append(link.first)
      }
    }
  }
  let cameras = queue.sorted()
  return CameraComponent(cameras: cameras, referenceFromCamera: cameras.compactMap { poses[$0] })
}

/// At most this many shared frames propose a relative pose, and judge the proposals.
private let framesThatPropose = 10
private let framesThatJudge = 16

/// Two views agree when each predicts the other to this part of the picture width: a board pose
/// from one view is good to a few pixels when it is carried to another camera, a wrong one is off
/// by a hundred.
private let agreementInWidths = 0.02

/// The pose between two cameras that most shared frames agree with; nil when they share no frame,
/// or when hardly any two frames agree.
///
/// Each shared frame proposes the pose that its two board poses give, and, as a board seen nearly
/// flat has two poses, where frames are few also those with one or both mirrored. A proposal is
/// judged by carrying the board poses of one camera over to the other and looking at the pixels
/// there.
private func link(_ i: Int, _ j: Int, _ evidence: [CameraEvidence]) -> CameraLink? {
  let (first, second) = (evidence[i], evidence[j])
  let frames = first.views.keys.filter { second.views[$0] != nil }.sorted()
  guard !frames.isEmpty else { return nil }
  let judges = sample(frames, framesThatJudge)
  var best: (pose: RigidTransform, score: Double, agreeing: Int)?
  for frame in sample(frames, framesThatPropose) {
    guard let a = first.views[frame], let b = second.views[frame] else { continue }
    var firstPoses = [a.pose]
    var secondPoses = [b.pose]
    if frames.count <= 4 {
      firstPoses.append(mirroredPose(a.pose, boardCentre: first.boardCentre))
      secondPoses.append(mirroredPose(b.pose, boardCentre: second.boardCentre))
    }
    for x in firstPoses {
      for y in secondPoses {
        let pose = x * y.inverse
        let (score, agreeing) = disagreement(first, second, judges, firstFromSecond: pose)
        if score < best?.score ?? .infinity { best = (pose, score, agreeing) }
      }
    }
  }
  // A frame always agrees with what it proposes itself.
  guard let best, best.agreeing >= 2 || frames.count <= 2,
    6 * best.agreeing > judges.count
  else { return nil }
  return CameraLink(
    first: i, second: j, firstFromSecond: best.pose,
    agreement: Double(frames.count * best.agreeing) / Double(judges.count))
}

/// How many of some shared frames agree with a pose between two cameras.
func agreement(
  _ first: CameraEvidence, _ second: CameraEvidence, _ frames: [Int],
  firstFromSecond: RigidTransform
) -> Int {
  disagreement(first, second, frames, firstFromSecond: firstFromSecond).agreeing
}

/// Up to `count` of `frames`, evenly spaced.
private func sample(_ frames: [Int], _ count: Int) -> [Int] {
  let step = max(1, (frames.count + count - 1) / count)
  return stride(from: 0, to: frames.count, by: step).map { frames[$0] }
}

/// The sum over frames of the median distance in both pictures, in parts of their widths, each
/// counted up to a limit so that frames that are wrong themselves do not decide; and how many
/// frames agree.
private func disagreement(
  _ first: CameraEvidence, _ second: CameraEvidence, _ frames: [Int],
  firstFromSecond: RigidTransform
) -> (score: Double, agreeing: Int) {
  var score = 0.0
  var agreeing = 0
  let secondFromFirst = firstFromSecond.inverse
  for frame in frames {
    guard let a = first.views[frame], let b = second.views[frame] else { continue }
    let there =
      medianDistance(second, b.sample, secondFromFirst * a.pose) / Double(second.width)
    let back = medianDistance(first, a.sample, firstFromSecond * b.pose) / Double(first.width)
    score += min(there, 0.1) + min(back, 0.1)
    if max(there, back) < agreementInWidths { agreeing += 1 }
  }
  return (score, agreeing)
}

/// The median distance in pixels of a view's corners from where a board pose puts them; infinite
/// when it has no projection.
func medianDistance(
  _ camera: CameraEvidence, _ corners: [ObservedCorner], _ pose: RigidTransform
) -> Double {
  let residuals = viewResiduals(
    corners[...], camera.kind, camera.parameters, pose, warp: camera.warp)
  var distances: [Double] = []
  for (residual, corner) in zip(residuals, corners) where corner.weight > 0 {
    let distance = residual.length
    distances.append(distance.isFinite ? distance : .infinity)
  }
  return median(of: distances)
}

/// Predicted minus observed of one view's corners, pixels.
func viewResiduals(
  _ corners: ArraySlice<ObservedCorner>, _ kind: LensKind, _ parameters: [Double],
  _ pose: RigidTransform, warp: BoardWarp
) -> [Vector2] {
  Array(unsafeUninitializedCapacity: corners.count) { out, count in
    guard let residuals = out.baseAddress else { return }
    corners.withUnsafeBufferPointer { corners in
      parameters.withUnsafeBufferPointer { parameters in
        guard let first = parameters.baseAddress else { return }
        kind.withModel(
          ViewResiduals(
            parameters: first, cameraFromBoard: pose, warp: warp, corners: corners,
            residuals: residuals))
        count = corners.count
      }
    }
  }
}
