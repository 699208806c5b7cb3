import Bundles
import Documents
import Geometry
import LensModels
import Measurements
import ScaleModels
import Simulation

/// What readers in other languages are held against: random cameras of every model and a scale in a
/// bundle, and what the Swift modules make of points, pixels and counts.
struct ReaderSamples: Encodable {
  /// By camera: x, y, z (metres, in the camera), its pixel; then the direction of that pixel.
  var sights: [String: [[Double]]] = [:]
  /// By camera: directions that it does not see.
  var unseen: [String: [[Double]]] = [:]
  /// By camera: a point in the camera and the same in the cart.
  var places: [String: [[Double]]] = [:]
  var weighings: [Weighing] = []

  struct Weighing: Encodable {
    var counts: [Double]
    var temperature: Double
    var tilt: [Double]
    var gravity: Double
    /// Mass, x, y, then the covariance by rows.
    var expected: [Double]
  }

  /// Writes the bundle of cart READ-1 into `store`.
  init(in store: BundleStore) throws {
    var numbers = SeededNumbers(9300)
    var cameras: [String: CameraRecord] = [:]
    for kind in LensKind.allCases {
      cameras[kind.rawValue] = try camera(kind, &numbers)
    }
    var draft = BundleDraft(
      cart: try Name("READ-1", of: .cartSerial), created: UTCTime(seconds: 1_790_000_000),
      software: .init(name: "cartcal", version: "0"), board: nil, cameras: cameras,
      referenceCamera: "pinhole", rmsPixels: 0, findings: [], verdict: .pass,
      evidence: ["evidence/corners.json": Array("{}".utf8)])
    draft.scale = try scale(&numbers)
    _ = try store.write(draft, activate: true)
  }

  /// The same as lines of words, for readers that know no JSON.
  var text: String {
    func line(_ words: [String], _ numbers: [Double]) -> String {
      (words + numbers.map { "\($0)" }).joined(separator: " ") + "\n"
    }
    var text = ""
    for name in sights.keys.sorted() {
      for row in sights[name] ?? [] { text += line(["sight", name], row) }
      for row in unseen[name] ?? [] { text += line(["unseen", name], row) }
      for row in places[name] ?? [] { text += line(["place", name], row) }
    }
    for row in weighings {
      text += line(
        ["weighing"], row.counts + [row.temperature] + row.tilt + [row.gravity] + row.expected)
    }
    return text
  }

  private mutating func camera(
    _ kind: LensKind, _ numbers: inout SeededNumbers
  ) throws -> CameraRecord {
    let name = kind.rawValue
    let lens = try Lens.drawn(kind, focal: 0.45, &numbers)
    let pose = RigidTransform(
      rotation: numbers.rotation(upTo: .pi),
      translation: Vector3(numbers.normal(), numbers.normal(), numbers.normal()))
    sights[name] = (0..<300).compactMap { _ in
      let aim = Vector2(
        numbers.uniform(0, Double(lens.width - 1)), numbers.uniform(0, Double(lens.height - 1)))
      guard let ray = lens.unproject(aim) else { return nil }
      let point = ray * numbers.uniform(0.1, 5)
      guard let pixel = lens.project(point), let back = lens.unproject(pixel) else { return nil }
      return [point.x, point.y, point.z, pixel.x, pixel.y, back.x, back.y, back.z]
    }
    unseen[name] = (0..<200).compactMap { _ in
      let point = numbers.direction()
      return lens.project(point) == nil ? [point.x, point.y, point.z] : nil
    }
    places[name] = (0..<20).map { _ in
      let point = numbers.direction() * numbers.uniform(0.1, 3)
      let place = pose * point
      return [point.x, point.y, point.z, place.x, place.y, place.z]
    }
    var camera = CameraRecord(
      lens: lens, width: lens.width, height: lens.height, referenceFromCamera: PoseRecord(pose),
      views: 1, unanchoredViews: 0, corners: 1, rmsPixels: 0, holdoutRMSPixels: nil)
    camera.cartPose = CartPoseRecord(cartFromCamera: PoseRecord(pose))
    return camera
  }

  private mutating func scale(_ numbers: inout SeededNumbers) throws -> ScaleSection {
    let corners = [(-0.25, -0.2), (0.25, -0.2), (0.25, 0.2), (-0.25, 0.2)]
    let cells = corners.map { x, y in
      ScaleCell(
        x: x + 0.001 * numbers.normal(), y: y, kilogramsPerCount: 1e-5 * numbers.uniform(0.9, 1.1),
        quadraticPerKilogram: 1e-5 * numbers.normal(), spanPerKelvin: 2e-5 * numbers.normal(),
        zeroCountsPerKelvin: 10 * numbers.normal())
    }
    var covariance = Array(repeating: 0.0, count: 400)
    let sigmas = [1e-10, 1e-3, 1e-3, 1e-6, 1e-6]
    for row in 0..<20 {
      for column in 0..<20 {
        covariance[row * 20 + column] =
          sigmas[row % 5] * sigmas[column % 5] * (row == column ? 1 : 0.1)
      }
    }
    let model = try ScaleModel(
      cells: cells,
      zero: ScaleZero(counts: [1000, 2000, 3000, 4000], sigmas: [1, 2, 1, 3], temperature: 20),
      referenceTemperature: 21, gravity: 9.8, forceScatter: 1e-5, massScatter: 1e-3,
      covariance: covariance)
    for _ in 0..<50 {
      let counts = (0..<4).map { _ in numbers.uniform(5000, 500_000) }
      let temperature = numbers.uniform(5, 35)
      let tilt = SIMD2(numbers.uniform(-0.05, 0.05), numbers.uniform(-0.05, 0.05))
      let gravity = numbers.uniform(9.78, 9.83)
      let reading = try model.reading(
        counts: counts, temperature: temperature, tilt: tilt, gravity: gravity)
      weighings.append(
        Weighing(
          counts: counts, temperature: temperature, tilt: [tilt.x, tilt.y], gravity: gravity,
          expected: [reading.mass, reading.x, reading.y] + reading.covariance))
    }
    let record = ScaleRecord(
      model: model, parameters: [],
      conditions: .init(lowestTemperature: 20, highestTemperature: 20, tilt: nil, duration: 1),
      gravity: .init(value: 9.8, source: .measured), masses: [], verdicts: [], uncertainty: [])
    return ScaleSection(
      created: UTCTime(seconds: 1_790_000_000), software: .init(name: "cartcal", version: "0"),
      record: record, findings: [], verdict: .notAsked)
  }
}
