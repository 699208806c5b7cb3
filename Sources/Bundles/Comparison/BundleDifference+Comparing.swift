import Documents
import Geometry
import LensModels

extension BundleDifference {
  /// Two bundles beside each other.
  public init(_ a: CartBundle, _ b: CartBundle) {
    self.a = Side(a)
    self.b = Side(b)
    let names = a.cameras.keys.filter { b.cameras[$0] != nil }.sorted(by: NaturalOrder.precedes)
    onlyInA = a.cameras.keys.filter { b.cameras[$0] == nil }.sorted(by: NaturalOrder.precedes)
    onlyInB = b.cameras.keys.filter { a.cameras[$0] == nil }.sorted(by: NaturalOrder.precedes)
    var pairs: [String: CameraPair] = [:]
    for name in names { pairs[name] = CameraPair(a.cameras[name], b.cameras[name]) }
    let comparison = PoseComparison(a, b, names, pairs)
    frame = comparison?.frame
    referenceCamera = comparison?.reference
    cameras = [:]
    for name in names {
      let pair = pairs[name]
      let pose = comparison?.poses[name]
      let judgement: CameraDifference.Judgement =
        if pair == nil {
          .notCompared
        } else if pair?.isOther ?? false { .differentLens } else if pose?.hasMoved ?? false {
          .moved
        } else { .same }
      cameras[name] = CameraDifference(judgement: judgement, lens: pair?.difference, pose: pose)
    }
    let exchanged = cameras.filter { $0.value.judgement == .differentLens }.map(\.key)
    basket = BasketDifference(a, b, leavingOut: Set(exchanged))
    scale = ScaleDifference(a.scale, b.scale)
    isSame =
      cameras.values.allSatisfy { $0.judgement == .same } && onlyInA.isEmpty && onlyInB.isEmpty
      && scale?.isSame ?? true
  }
}

/// The lenses of one camera in both bundles.
private struct CameraPair {
  /// Nil where pictures have another size, or too little can be compared.
  let difference: LensDifference?
  /// From a's directions to b's; the identity where they cannot be compared.
  let rotation: Rotation
  let isOther: Bool

  /// Nil where one has no lens.
  init?(_ a: CameraRecord?, _ b: CameraRecord?) {
    guard let a, let b else { return nil }
    do throws(LensError) {
      guard let first = try a.lens, let second = try b.lens else { return nil }
      difference = LensDifference(first, a.certainty, second, b.certainty)
      isOther = difference?.isOther ?? true
      rotation = isOther ? .identity : difference?.rotation ?? .identity
    } catch {
      return nil
    }
  }
}

/// The poses of all cameras in both bundles, in one frame.
private struct PoseComparison {
  let frame: BundleDifference.Frame
  let reference: String?
  let poses: [String: PoseDifference]

  /// In the cart where datum poses tell it in both; else from the camera that most others agree with.
  init?(
    _ a: CartBundle, _ b: CartBundle, _ names: [String], _ pairs: [String: CameraPair]
  ) {
    func known(
      _ bundle: CartBundle, _ name: String, isSecond: Bool, inCart: Bool
    ) -> KnownPose? {
      guard let camera = bundle.cameras[name] else { return nil }
      var pose: RigidTransform?
      var covariance: [Double]?
      if inCart {
        pose = camera.cartPose?.cartFromCamera.transform
        covariance = camera.cartPose?.covariance?.values
      } else {
        pose = camera.referenceFromCamera?.transform
        covariance = camera.certainty.poseCovariance?.values
      }
      guard var pose else { return nil }
      // What turns b's directions into a's belongs to the lens.
      if isSecond, let rotation = pairs[name]?.rotation {
        pose = RigidTransform(
          rotation: pose.rotation * rotation, translation: pose.translation)
      }
      return KnownPose(
        pose: pose, covariance: covariance.flatMap { $0.count == 36 ? $0 : nil })
    }
    func all(inCart: Bool) -> [(name: String, a: KnownPose, b: KnownPose)] {
      names.compactMap { name in
        guard let first = known(a, name, isSecond: false, inCart: inCart),
          let second = known(b, name, isSecond: true, inCart: inCart)
        else { return nil }
        return (name, first, second)
      }
    }
    if a.cartFrame.source == .datum, b.cartFrame.source == .datum, case let own = all(inCart: true),
      !own.isEmpty
    {
      frame = .cart
      reference = nil
      poses = Dictionary(
        uniqueKeysWithValues: own.map { ($0.name, PoseDifference($0.a, $0.b)) })
      return
    }
    let own = all(inCart: false)
    guard own.count >= 2 else { return nil }
    var best: (name: String, poses: [String: PoseDifference], still: Int)?
    for home in own {
      var poses: [String: PoseDifference] = [:]
      for camera in own where camera.name != home.name {
        poses[camera.name] = PoseDifference(
          camera.a.seen(from: home.a), camera.b.seen(from: home.b))
      }
      let still = poses.values.count { !$0.hasMoved }
      if still > best?.still ?? -1 { best = (home.name, poses, still) }
    }
    guard let best else { return nil }
    frame = .camera
    reference = best.name
    poses = best.poses
  }
}
