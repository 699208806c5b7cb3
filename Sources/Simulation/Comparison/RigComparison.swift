import Geometry
import Glibc
import LensModels

/// Errors of a calibration against the truth.
///
/// A lens and a camera's direction can absorb each other: a lens whose principal point is off sees
/// the same with the camera turned. So lenses are compared after the rotation that brings their
/// projections nearest, and poses both as they are and with that rotation given back (`effective`).
package struct RigComparison: Equatable, Sendable {
  /// Differences of projections, pixels.
  package struct LensError: Equatable, Sendable {
    package var mean: Double
    package var largest: Double
  }

  package struct Camera: Equatable, Sendable {
    package var name: String
    /// Over the whole picture, and inside the region covered by corners.
    package var whole: LensError?
    package var covered: LensError?
    /// Radians and metres; nil where the result is not in the cart.
    package var cartAngle: Double?
    package var cartDistance: Double?
  }

  package struct Pair: Equatable, Sendable {
    package var first: String
    package var second: String
    /// Radians and metres.
    package var angle: Double
    package var distance: Double
    package var effectiveAngle: Double
    package var effectiveDistance: Double
  }

  /// Errors of triangulated points of the basket, after the best rigid motion, metres.
  package struct Points: Equatable, Sendable {
    package var count: Int
    package var rms: Double
    package var largest: Double
  }

  package var rms: Double?
  package var cameras: [Camera]
  /// Cameras that the result lacks.
  package var missing: [String]
  package var pairs: [Pair]
  /// Nil where fewer than 11 points are seen by two cameras.
  package var points: Points?
  /// Nil where the result foretells nothing of them in the cart.
  package var foretold: BasketForetold?

  /// A camera of both, with what the steps need.
  struct Common {
    var name: String
    var truth: ComparedCamera
    var result: ComparedCamera
    var covered: ConvexHull
    /// True from result, where corners were: see above.
    var lensRotation: Rotation
  }

  package init(_ truth: ComparedTruth, _ result: ComparedResult) throws(SimulationError) {
    missing = truth.cameras.map(\.name).filter { result.cameras[$0] == nil }
    guard missing.count < truth.cameras.count else {
      throw .nothingInCommon(
        truth: truth.cameras.map(\.name), result: result.cameras.keys.sorted())
    }
    rms = result.rms
    var common: [Common] = []
    cameras = []
    for camera in truth.cameras {
      guard let found = result.cameras[camera.name] else { continue }
      let hull = ConvexHull(camera.corners)
      let lenses = Self.lensErrors(camera.camera.lens, found.lens, hull)
      var compared = Camera(name: camera.name, whole: lenses.whole, covered: lenses.covered)
      if result.isInCart {
        let (t, r) = (camera.camera.frameFromCamera, found.frameFromCamera)
        compared.cartAngle = (t.rotation.inverse * r.rotation).angle
        compared.cartDistance = (t.translation - r.translation).length
      }
      cameras.append(compared)
      common.append(
        Common(
          name: camera.name, truth: camera.camera, result: found, covered: hull,
          lensRotation: lenses.rotation))
    }
    pairs = Self.pairs(common)
    points = BasketPoints.errors(common)
    foretold = result.isInCart ? BasketForetold(common, result.basket) : nil
  }

  /// Pixels on a grid over the picture, 61 x 41, its rim included.
  private static func grid(_ lens: Lens) -> [Vector2] {
    let (columns, rows) = (61, 41)
    return (0..<(columns * rows)).map { index in
      Vector2(
        Double(lens.width - 1) * Double(index % columns) / Double(columns - 1),
        Double(lens.height - 1) * Double(index / columns) / Double(rows - 1))
    }
  }

  private static func lensErrors(
    _ truth: Lens, _ result: Lens, _ hull: ConvexHull
  ) -> (whole: LensError?, covered: LensError?, rotation: Rotation) {
    let pixels = grid(truth)
    let directions = pixels.map { result.unproject($0) }
    let inside = pixels.indices.filter { hull.contains(pixels[$0]) }
    let whole = lensError(truth, directions, pixels)
    let covered = lensError(
      truth, inside.map { directions[$0] }, inside.map { pixels[$0] })
    return (whole?.error, covered?.error, covered?.rotation ?? .identity)
  }

  private static func lensError(
    _ truth: Lens, _ directions: [Vector3?], _ pixels: [Vector2]
  ) -> (error: LensError, rotation: Rotation)? {
    guard let rotation = BestRotation.ofPixels(truth, directions: directions, pixels: pixels)
    else { return nil }
    let distances = zip(directions, pixels).compactMap { direction, pixel in
      direction.flatMap { truth.project(rotation * $0) }.map { ($0 - pixel).length }
    }
    guard let largest = distances.max() else { return nil }
    let mean = distances.reduce(0, +) / Double(distances.count)
    return (LensError(mean: mean, largest: largest), rotation)
  }

  private static func pairs(_ cameras: [Common]) -> [Pair] {
    var pairs: [Pair] = []
    for (index, a) in cameras.enumerated() {
      for b in cameras.dropFirst(index + 1) {
        let expected = a.truth.frameFromCamera.inverse * b.truth.frameFromCamera
        let found = a.result.frameFromCamera.inverse * b.result.frameFromCamera
        let effective = a.effective.inverse * b.effective
        pairs.append(
          Pair(
            first: a.name, second: b.name,
            angle: (expected.rotation.inverse * found.rotation).angle,
            distance: (expected.translation - found.translation).length,
            effectiveAngle: (expected.rotation.inverse * effective.rotation).angle,
            effectiveDistance: (expected.translation - effective.translation).length))
      }
    }
    return pairs
  }
}

extension RigComparison.Common {
  /// The result's pose with what its lens absorbs given back.
  var effective: RigidTransform {
    RigidTransform(
      rotation: result.frameFromCamera.rotation * lensRotation.inverse,
      translation: result.frameFromCamera.translation)
  }
}
