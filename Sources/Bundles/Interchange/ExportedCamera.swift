import Documents
import Geometry
import LensModels

/// A camera on its way into another format.
struct ExportedCamera {
  let name: String
  let lens: Lens
  /// Into the base frame; nil where it is not known, which only formats that need no place allow.
  let baseFromCamera: RigidTransform?

  /// [fx 0 cx; 0 fy cy; 0 0 1], row by row.
  var matrix: [Double] {
    let p = lens.parameters
    return [p[0], 0, p[2], 0, p[1], p[3], 0, 0, 1]
  }

  /// The distortion, with zeros behind it up to `count`.
  func distortion(padded count: Int) -> [Double] {
    lens.distortion + Array(repeating: 0, count: max(0, count - lens.distortion.count))
  }
}

/// What an export is made of.
struct ExportSource {
  let bundle: CartBundle
  let cameras: [ExportedCamera]
  /// What places are relative to: `cart`, or the reference camera's name.
  let base: String
  /// True when the base is the cart.
  let isInCart: Bool

  /// The cameras named, else all; each checked against what the format can say.
  init(
    _ bundle: CartBundle, _ wanted: [String]?, for format: ExportFormat
  ) throws(ExportError) {
    let names = bundle.cameras.keys.sorted(by: NaturalOrder.precedes)
    guard !names.isEmpty else { throw .noCameras }
    for name in wanted ?? [] where bundle.cameras[name] == nil {
      throw .unknownCamera(name, cameras: names)
    }
    let chosen = names.filter { wanted?.contains($0) ?? true }
    let records = chosen.compactMap { bundle.cameras[$0] }
    isInCart = records.allSatisfy { $0.cartPose != nil }
    base = isInCart ? "cart" : bundle.referenceCamera ?? "camera"
    self.bundle = bundle
    var cameras: [ExportedCamera] = []
    for (name, record) in zip(chosen, records) {
      let solved: Lens?
      do throws(LensError) { solved = try record.lens } catch {
        throw .lens(camera: name, error)
      }
      guard let lens = solved else { throw .noLens(camera: name) }
      try Self.check(lens, name, format)
      let place = isInCart ? record.cartPose?.cartFromCamera : record.referenceFromCamera
      // A camera by itself is its own reference.
      let pose = place?.transform ?? (chosen.count == 1 ? .identity : nil)
      guard pose != nil || !format.needsPlaces else { throw .noPlace(camera: name, format) }
      cameras.append(ExportedCamera(name: name, lens: lens, baseFromCamera: pose))
    }
    self.cameras = cameras
  }

  private static func check(
    _ lens: Lens, _ name: String, _ format: ExportFormat
  ) throws(ExportError) {
    switch format.fit(lens.kind) {
    case .exact, .notCarried: return
    case .exactWithout(_, let coefficient):
      let value = lens.distortion[coefficient]
      guard value != 0 else { return }
      throw .refused(
        camera: name, lens.kind, format,
        reason: "its coefficient \(lens.kind.parameterNames[4 + coefficient]) is "
          + "\(ExportNumbers.text(value)), which the format lacks")
    case .refused(let reason):
      throw .refused(camera: name, lens.kind, format, reason: reason)
    }
  }

  /// Where an export comes from, a line each, for formats with comments.
  var origin: [String] {
    [
      "Cart \(bundle.cartSerial), revision \(bundle.revision) of \(bundle.created), "
        + SafeText.line("\(bundle.software.name) \(bundle.software.version).", limit: 100),
      "Pixel (0, 0) is the centre of the top-left pixel. Camera axes: x right, y down, z forward. "
        + "Metres.",
    ]
  }
}
