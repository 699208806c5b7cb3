import Documents
import Geometry
import LensModels
import Measurements
import ScaleModels
import Testing

@testable import Bundles

/// Bundles beside each other, against differences that were put in.
struct BundleDifferenceTests {
  private func lens(_ focal: Double = 500, cx: Double = 320, k1: Double = -0.2) throws -> Lens {
    try Lens(
      kind: .opencv5, width: 640, height: 480,
      parameters: [focal, focal, cx, 240, k1, 0.05, 0.001, -0.0002, 0.01])
  }

  private func certainty(_ pixels: Double, pose: Double = 1e-8) -> CertaintyRecord {
    var certainty = CertaintyRecord()
    certainty.coverage = CoverageRecord(
      columns: 8, rows: 6, fraction: 1, corners: Array(repeating: 9, count: 48))
    certainty.projection = ProjectionRecord(ranges: [
      .init(
        range: nil, centre: pixels, worstCovered: pixels,
        cells: Array(repeating: pixels, count: 48))
    ])
    certainty.poseCovariance = CovarianceRecord(pose: (0..<36).map { $0 % 7 == 0 ? pose : 0 })
    return certainty
  }

  /// Four cameras around a basket, with a datum or without.
  private func bundle(
    inCart: Bool, revision: Int = 1,
    _ change: (String, inout Lens, inout RigidTransform) throws -> Void = { _, _, _ in }
  ) throws -> CartBundle {
    var draft = try sampleDraft()
    draft.cameras = [:]
    var home: RigidTransform?
    for (index, name) in ["a", "b", "c", "d"].enumerated() {
      let turn = Rotation(rotationVector: Vector3(0, 0, 1.57 * Double(index)))
      // Down from the rim, a little towards the middle.
      let down = Rotation(rotationVector: Vector3(.pi + 0.4, 0, 0))
      var pose = RigidTransform(
        rotation: turn * down, translation: turn * Vector3(0, -0.25, 0.6))
      var lens = try self.lens()
      let original = pose
      try change(name, &lens, &pose)
      if index == 0 { home = original }
      let reference = (home ?? original).inverse * pose
      var record = CameraRecord(
        lens: lens, width: 640, height: 480, referenceFromCamera: PoseRecord(reference), views: 9,
        unanchoredViews: 0, corners: 400, rmsPixels: 0.1, holdoutRMSPixels: 0.1,
        certainty: certainty(0.02))
      if inCart {
        record.cartPose = CartPoseRecord(
          cartFromCamera: PoseRecord(pose),
          covariance: CovarianceRecord(pose: (0..<36).map { $0 % 7 == 0 ? 1e-8 : 0 }))
      }
      draft.cameras[name] = record
    }
    draft.referenceCamera = "a"
    if inCart {
      draft.cartFrame.source = .datum
      let grid = [5, 5, 3]
      draft.cartFrame.basketError = BasketErrorRecord(
        frame: .cart, size: [0.4, 0.3, 0.2], grid: grid,
        cameras: Array(repeating: 2, count: 75), best: Array(repeating: 2e-4, count: 75),
        median: Array(repeating: 3e-4, count: 75), perPixel: Array(repeating: 1e-3, count: 75),
        pairs: [], covered: 1, rms: 2e-4, worst: 2e-4)
    }
    return CartBundle(draft, revision: revision, parent: nil)
  }

  private func turned(_ pose: RigidTransform, _ turn: Vector3) -> RigidTransform {
    RigidTransform(
      rotation: pose.rotation * Rotation(rotationVector: turn), translation: pose.translation)
  }

  @Test(arguments: [true, false])
  func aBundleIsTheSameAsItself(_ inCart: Bool) throws {
    let bundle = try bundle(inCart: inCart)
    let difference = BundleDifference(bundle, bundle)
    #expect(difference.isSame && difference.frame == (inCart ? .cart : .camera))
    for camera in difference.cameras.values {
      #expect(camera.judgement == .same)
      #expect((camera.lens?.rms ?? 9) < 1e-9 && (camera.lens?.turned ?? 9) < 1e-9)
      #expect(abs((camera.lens?.expected ?? 0) - 0.02 * 2.0.squareRoot()) < 1e-9)
      #expect((camera.pose?.shifted ?? 0) < 1e-12)
    }
    #expect((difference.basket?.worst ?? (inCart ? 9 : 0)) < 1e-9)
    #expect((difference.basket != nil) == inCart)
  }

  @Test(arguments: [true, false])
  func aMovedCameraIsNamedByHowFarItMoved(_ inCart: Bool) throws {
    let before = try bundle(inCart: inCart)
    let after = try bundle(inCart: inCart, revision: 2) { name, _, pose in
      guard name == "b" else { return }
      pose = turned(pose, Vector3(0, 0.01, 0))
      pose.translation = pose.translation + Vector3(0.002, 0, 0)
    }
    let difference = BundleDifference(before, after)
    #expect(!difference.isSame)
    #expect(difference.cameras.filter { $0.value.judgement == .moved }.map(\.key) == ["b"])
    let pose = try #require(difference.cameras["b"]?.pose)
    #expect(abs(pose.turned - 0.01) < 1e-9 && abs(pose.shifted - 0.002) < 1e-9)
    #expect((pose.deviations ?? 0) > 6)
    if inCart { #expect((difference.basket?.rms ?? 0) > 1e-3) }
  }

  /// Where the camera that poses are relative to moved, it is that one, and not all the others.
  @Test func aMovedReferenceCameraIsTheOneThatMoved() throws {
    let before = try bundle(inCart: false)
    var after = try bundle(inCart: false)
    let motion = RigidTransform(
      rotation: Rotation(rotationVector: Vector3(0.01, 0, 0)), translation: Vector3(0, 0.001, 0))
    for name in ["b", "c", "d"] {
      let pose = try #require(after.cameras[name]?.referenceFromCamera).transform
      after.cameras[name]?.referenceFromCamera = PoseRecord(motion * pose)
    }
    let difference = BundleDifference(before, after)
    #expect(difference.cameras.filter { $0.value.judgement == .moved }.map(\.key) == ["a"])
    #expect(difference.referenceCamera != "a")
  }

  @Test func anotherLensIsNamed() throws {
    let before = try bundle(inCart: true)
    let after = try bundle(inCart: true) { name, lens, _ in
      if name == "c" { lens = try self.lens(505) }
    }
    let difference = BundleDifference(before, after)
    #expect(difference.cameras.filter { $0.value.judgement != .same }.map(\.key) == ["c"])
    let camera = try #require(difference.cameras["c"])
    #expect(camera.judgement == .differentLens && (camera.lens?.rms ?? 0) > 0.5)
    // Nearly nothing in the middle, most at the edge.
    let cells = try #require(camera.lens?.cells)
    #expect((cells[0] ?? 0) > 3 * (cells[27] ?? 9))
  }

  /// An optical axis further right and a camera turned as much the other way see the same.
  @Test func whatALensTakesFromThePoseIsGivenBack() throws {
    let before = try bundle(inCart: true)
    let after = try bundle(inCart: true) { name, lens, pose in
      guard name == "d" else { return }
      // Seen by the shifted lens at the same pixel, a direction is turned about y.
      lens = try self.lens(cx: 323, k1: -0.2)
      pose = turned(pose, Vector3(0, 3.0 / 500, 0))
    }
    let difference = BundleDifference(before, after)
    let camera = try #require(difference.cameras["d"])
    #expect(abs((camera.lens?.turned ?? 0) - 3.0 / 500) < 5e-4)
    #expect((camera.pose?.turned ?? 9) < 5e-4, "\(String(describing: camera.pose))")
    #expect(camera.judgement == .same)
  }

  @Test func uncertaintyExcusesADifference() throws {
    let before = try bundle(inCart: true)
    var after = try bundle(inCart: true) { _, _, pose in
      pose.translation = pose.translation + Vector3(0.002, 0, 0)
    }
    #expect(BundleDifference(before, after).cameras.values.allSatisfy { $0.judgement == .moved })
    for name in after.cameras.keys {
      after.cameras[name]?.cartPose?.covariance = CovarianceRecord(
        pose: (0..<36).map { $0 % 7 == 0 ? 1e-6 : 0 })
    }
    #expect(BundleDifference(before, after).isSame)
  }

  @Test func otherCamerasAndNoLensesAreSaid() throws {
    let before = try bundle(inCart: true)
    var after = try bundle(inCart: true)
    after.cameras["e"] = after.cameras["a"]
    after.cameras["a"] = nil
    after.cameras["b"]?.model = nil
    after.cameras["b"]?.parameters = nil
    let difference = BundleDifference(before, after)
    #expect(difference.onlyInA == ["a"] && difference.onlyInB == ["e"])
    #expect(difference.cameras["b"]?.judgement == .notCompared)
    #expect(!difference.isSame)
    // Pictures of another size: nothing to compare by pixels, so it is another lens.
    after.cameras["c"]?.width = 1280
    #expect(BundleDifference(before, after).cameras["c"]?.judgement == .differentLens)
  }

  // MARK: scales

  private func scale(gain: Double = 1, sigma: Double = 1e-6) throws -> ScaleModel {
    let cells = [(-0.2, -0.15), (0.2, -0.15), (0.2, 0.15), (-0.2, 0.15)].map {
      ScaleCell(
        x: $0.0, y: $0.1, kilogramsPerCount: 2e-5 * gain, quadraticPerKilogram: 1e-5)
    }
    return try ScaleModel(
      cells: cells,
      zero: ScaleZero(counts: [1e4, 2e4, 3e4, 4e4], sigmas: [1, 1, 1, 1], temperature: 20),
      referenceTemperature: 20, gravity: 9.81, forceScatter: 0,
      covariance: (0..<400).map { $0 % 21 == 0 && ($0 / 21) % 5 == 0 ? sigma * sigma * 4e-10 : 0 })
  }

  private func section(_ model: ScaleModel) -> ScaleSection {
    ScaleSection(
      created: UTCTime(seconds: 1_790_000_000), software: .init(name: "cartcal", version: "0"),
      record: ScaleRecord(
        model: model, parameters: [],
        conditions: .init(lowestTemperature: 20, highestTemperature: 20, tilt: nil, duration: 60),
        gravity: .init(value: 9.81, source: .standard), masses: [], verdicts: [], uncertainty: []),
      findings: [], verdict: .pass)
  }

  @Test func loadsAreReadApartByWhatTheGainsDifferBy() throws {
    let a = try section(scale())
    let same = try #require(ScaleDifference(a, a))
    #expect(same.isSame && same.worst < 1e-12 && same.loads.count == 6)
    let b = try section(scale(gain: 1.001))
    let other = try #require(ScaleDifference(a, b))
    #expect(!other.isSame)
    for load in other.loads {
      #expect(abs(load.difference - 0.001 * load.mass) < 2e-4 * load.mass)
    }
    // As uncertain as that, it is no difference.
    let vague = try section(scale(gain: 1.001, sigma: 2e-3))
    #expect(try #require(ScaleDifference(a, vague)).isSame)
    #expect(ScaleDifference(a, nil) == nil)
  }
}
