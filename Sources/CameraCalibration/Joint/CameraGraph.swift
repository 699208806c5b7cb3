import Geometry
import LensModels

/// What links two cameras: the frames in which both see the board.
struct CameraLink {
  var first: Int
  var second: Int
  /// Frames of the input, ascending.
  var frames: [Int]
  /// Places points given in the second camera's coordinates into the first one's.
  var firstFromSecond: RigidTransform
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
  /// By frame of the input.
  var views: [Int: (pose: RigidTransform, corners: [ObservedCorner])]
}

/// Joins cameras into components along the links with the most shared frames (a maximum spanning
/// tree, built as J. B. Kruskal describes, 1956), and chains their poses from each component's
/// first camera. Cameras in `isolated` are linked to none. Components are sorted by size, then by
/// first camera.
func cameraComponents(
  _ evidence: [CameraEvidence], isolated: Set<Int> = []
) -> [CameraComponent] {
  var pairs: [(first: Int, second: Int, frames: [Int])] = []
  for i in evidence.indices where !isolated.contains(i) {
    for j in evidence.indices where j > i && !isolated.contains(j) {
      let shared = evidence[i].views.keys.filter { evidence[j].views[$0] != nil }.sorted()
      if !shared.isEmpty { pairs.append((i, j, shared)) }
    }
  }
  pairs.sort { ($1.frames.count, $0.first, $0.second) < ($0.frames.count, $1.first, $1.second) }
  var group = Array(evidence.indices)
  var links: [CameraLink] = []
  for pair in pairs where group[pair.first] != group[pair.second] {
    guard
      let pose = relativePose(evidence[pair.first], evidence[pair.second], pair.frames)
    else { continue }
    links.append(
      CameraLink(
        first: pair.first, second: pair.second, frames: pair.frames, firstFromSecond: pose))
    let (from, to) = (group[pair.second], group[pair.first])
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
private let framesInVote = 16

/// The pose between two cameras that most shared frames agree with.
///
/// Each shared frame proposes the pose that its two board poses give, and, as a board seen nearly
/// flat has two poses, those with one or both mirrored. A proposal is judged by carrying the board
/// poses of one camera over to the other and looking at the pixels there.
private func relativePose(
  _ first: CameraEvidence, _ second: CameraEvidence, _ frames: [Int]
) -> RigidTransform? {
  let step = max(1, (frames.count + framesInVote - 1) / framesInVote)
  let voters = stride(from: 0, to: frames.count, by: step).map { frames[$0] }
  var best: (pose: RigidTransform, score: Double)?
  for frame in voters {
    guard let a = first.views[frame], let b = second.views[frame] else { continue }
    var firstPoses = [a.pose]
    var secondPoses = [b.pose]
    if voters.count <= 4 {
      firstPoses.append(mirroredPose(a.pose, boardCentre: first.boardCentre))
      secondPoses.append(mirroredPose(b.pose, boardCentre: second.boardCentre))
    }
    for x in firstPoses {
      for y in secondPoses {
        let pose = x * y.inverse
        let score = disagreement(first, second, voters, firstFromSecond: pose)
        if score < best?.score ?? .infinity { best = (pose, score) }
      }
    }
  }
  return best?.pose
}

/// The sum over frames of the median distance in both pictures, each counted up to a limit so that
/// frames that are wrong themselves do not decide.
private func disagreement(
  _ first: CameraEvidence, _ second: CameraEvidence, _ frames: [Int],
  firstFromSecond: RigidTransform
) -> Double {
  var sum = 0.0
  for frame in frames {
    guard let a = first.views[frame], let b = second.views[frame] else { continue }
    let there = medianDistance(second, b.corners, firstFromSecond.inverse * a.pose)
    let back = medianDistance(first, a.corners, firstFromSecond * b.pose)
    sum += min(there, 100) + min(back, 100)
  }
  return sum
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
