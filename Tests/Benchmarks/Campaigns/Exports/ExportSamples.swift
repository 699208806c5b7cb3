import Bundles
import Documents
import Geometry
import LensModels
import Measurements
import Simulation

/// Random pairs of cameras of every lens model, written for other tools, with points and where the
/// cameras see them: what `benchmark/exports.py` holds foreign readers against.
enum ExportSamples {
  private static let pairsByKind = 3
  private static let pointsByCamera = 400

  struct Points: Encodable {
    var model: String
    var width: Int
    var height: Int
    /// By camera: x, y, z in the camera (metres), and its pixel x, y.
    var seen: [String: [[Double]]]
    /// x, y, z in the cart, the left camera's pixel, the right camera's.
    var shared: [[Double]]
    /// Formats that cannot say the model, with the reason.
    var refused: [String: String]
  }

  /// Makes the folder `path`, with one folder for each pair.
  static func write(to path: String, seed: UInt64) throws {
    var files: [(path: String, bytes: [UInt8])] = []
    var numbers = SeededNumbers(seed)
    for kind in LensKind.allCases {
      for index in 0..<pairsByKind {
        files += try pair(kind, "\(kind.rawValue)-\(index)", &numbers)
      }
    }
    let (parent, name) = AtomicFile.split(path)
    try AtomicFolder.write(files, as: name, in: parent)
  }

  private static func pair(
    _ kind: LensKind, _ folder: String, _ numbers: inout SeededNumbers
  ) throws -> [(path: String, bytes: [UInt8])] {
    let cartFromLeft = RigidTransform(
      rotation: numbers.rotation(upTo: .pi),
      translation: Vector3(numbers.normal(), numbers.normal(), numbers.normal()) * 0.3)
    let leftFromRight = RigidTransform(
      rotation: numbers.rotation(upTo: 0.2),
      translation: Vector3(0.1, numbers.uniform(-0.01, 0.01), numbers.uniform(-0.01, 0.01)))
    let poses = ["left": cartFromLeft, "right": cartFromLeft * leftFromRight]
    var lenses: [String: Lens] = [:]
    var cameras: [String: CameraRecord] = [:]
    for name in ["left", "right"] {
      let lens = try Lens.drawn(kind, focal: 0.5, width: 320, height: 200, &numbers)
      lenses[name] = lens
      var camera = CameraRecord(
        lens: lens, width: lens.width, height: lens.height,
        referenceFromCamera: PoseRecord(name == "left" ? .identity : leftFromRight), views: 1,
        unanchoredViews: 0, corners: 1, rmsPixels: 0, holdoutRMSPixels: nil)
      camera.cartPose = poses[name].map { CartPoseRecord(cartFromCamera: PoseRecord($0)) }
      cameras[name] = camera
    }
    let draft = BundleDraft(
      cart: try Name("SAMPLE", of: .cartSerial), created: UTCTime(seconds: 1_790_000_000),
      software: .init(name: "cartcal", version: "0"), board: nil, cameras: cameras,
      referenceCamera: "left", rmsPixels: 0, findings: [], verdict: .notAsked, evidence: [:])
    let bundle = CartBundle(draft, revision: 1, parent: nil)
    var points = Points(
      model: kind.rawValue, width: 320, height: 200, seen: [:], shared: [], refused: [:])
    var files: [(path: String, bytes: [UInt8])] = []
    for format in ExportFormat.allCases {
      do throws(ExportError) {
        for file in try bundle.exported(as: format) {
          files.append(("\(folder)/\(format.rawValue)/\(file.name)", file.bytes))
        }
      } catch {
        guard case .refused(_, _, _, let reason) = error else { throw error }
        points.refused[format.rawValue] = reason
      }
    }
    let maps =
      try bundle.undistortionMaps(as: .npy)
      + bundle.rectificationMaps(as: .npy, left: "left", right: "right")
    files += maps.map { ("\(folder)/maps/\($0.name)", $0.bytes) }
    for (name, lens) in lenses {
      points.seen[name] = sights(lens, &numbers).map { [$0.x, $0.y, $0.z, $1.x, $1.y] }
    }
    guard let left = lenses["left"], let right = lenses["right"] else { return files }
    for (point, pixel) in sights(left, &numbers) {
      guard let other = right.project(leftFromRight.inverse * point) else { continue }
      let place = cartFromLeft * point
      points.shared.append([place.x, place.y, place.z, pixel.x, pixel.y, other.x, other.y])
    }
    files.append(("\(folder)/points.json", try JSONDocument.encode(points)))
    return files
  }

  /// Points 0.2 to 3 m away that a lens sees in its picture.
  private static func sights(
    _ lens: Lens, _ numbers: inout SeededNumbers
  ) -> [(point: Vector3, pixel: Vector2)] {
    var found: [(Vector3, Vector2)] = []
    for _ in 0..<(20 * pointsByCamera) where found.count < pointsByCamera {
      let aim = Vector2(
        numbers.uniform(0, Double(lens.width - 1)), numbers.uniform(0, Double(lens.height - 1)))
      // Foreign readers know no directions behind the picture plane.
      guard let ray = lens.unproject(aim), ray.z > 0.05 else { continue }
      let point = ray * numbers.uniform(0.2, 3)
      guard let pixel = lens.project(point) else { continue }
      found.append((point, pixel))
    }
    return found
  }
}
