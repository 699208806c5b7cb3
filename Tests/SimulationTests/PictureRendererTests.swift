import Boards
import Execution
import Geometry
import LensModels
import Testing

@testable import Simulation

struct PictureRendererTests {
  private let spec: BoardSpec
  private let camera: SimulatedCamera
  private let pose: RigidTransform

  init() throws {
    spec = try BoardSpec(columns: 6, rows: 5, squareSize: 0.025)
    camera = SimulatedCamera(
      name: "one",
      lens: try Lens(
        kind: .opencv4, width: 320, height: 240,
        parameters: [300, 300, 159, 120, -0.08, 0.02, 0, 0]), worldFromCamera: .identity)
    pose = RigidTransform(
      rotation: Rotation(rotationVector: Vector3(0.2, -0.3, 0.2)),
      translation: Vector3(-0.07, -0.05, 0.27))
  }

  private func renderer(_ response: SensorResponse) -> PictureRenderer {
    var numbers = SeededNumbers(5)
    return PictureRenderer(
      camera: camera,
      optics: CameraOptics(spread: PointSpread(sigma: 0.8), vignetting: 0.2, response: response),
      board: SimulatedBoard(spec), look: BoardLook(), basket: Basket(), &numbers,
      threads: ThreadCount(1))
  }

  private func scene(_ hand: Hand? = nil) -> PictureScene {
    PictureScene(
      exposure: [(pose, 1)], centre: pose, light: SceneLight(white: 210), hand: hand)
  }

  /// The bound, which is made of differences between neighbouring pixels, is the one that comes of
  /// pictures of a camera that is truly moved by a fiftieth of a pixel.
  @Test func boundsAreThoseOfMovedPictures() throws {
    let response = SensorResponse(read: 1, shot: 0.02)
    let look = BoardLook()
    func painter(_ x: Double, _ y: Double) throws -> BoardPainter {
      var parameters = camera.lens.parameters
      parameters[2] += x
      parameters[3] += y
      let lens = try Lens(kind: .opencv4, width: 320, height: 240, parameters: parameters)
      return BoardPainter(
        board: SimulatedBoard(spec), look: look, lens: lens,
        rays: RayTable(lens, threads: ThreadCount(1)), spread: PointSpread(sigma: 0.8))
    }
    func light(_ painter: BoardPainter) -> (BoardFootprint, [Double]) {
      let footprint = painter.footprint([(pose, 1)], centre: pose)
      var values = Array(repeating: 40.0, count: 320 * 240)
      for row in 0..<footprint.area.height {
        for column in 0..<footprint.area.width {
          let index = row * footprint.area.width + column
          let (sheet, black) = (Double(footprint.sheet[index]), Double(footprint.black[index]))
          values[(footprint.area.top + row) * 320 + footprint.area.left + column] =
            210 * (sheet * look.white - black * (look.white - look.black)) + 40 * (1 - sheet)
        }
      }
      return (footprint, values)
    }
    let step = 0.02
    let (footprint, middle) = light(try painter(0, 0))
    let moved = try [(step, 0), (-step, 0), (0, step), (0, -step)].map {
      light(try painter($0.0, $0.1)).1
    }
    let bounds = CornerBound(
      response: response, light: middle.map { Float($0) }, width: 320, height: 240
    ).deviations(footprint, spec)
    for (corner, bound) in bounds.enumerated() {
      var (xx, xy, yy) = (0.0, 0.0, 0.0)
      for (index, place) in footprint.places.enumerated()
      where abs(place.x - Double(corner % 6)) < 0.5 && abs(place.y - Double(corner / 6)) < 0.5 {
        let pixel =
          (footprint.area.top + index / footprint.area.width) * 320 + footprint.area.left
          + index % footprint.area.width
        let x = (moved[0][pixel] - moved[1][pixel]) / (2 * step)
        let y = (moved[2][pixel] - moved[3][pixel]) / (2 * step)
        let variance = response.variance(middle[pixel])
        xx += x * x / variance
        xy += x * y / variance
        yy += y * y / variance
      }
      let exact = (0.5 * (xx + yy) / (xx * yy - xy * xy)).squareRoot()
      #expect(abs(try #require(bound) / exact - 1) < 0.03, "\(corner)")
    }
  }

  @Test func handsCoverCorners() throws {
    let renderer = renderer(SensorResponse(read: 1, shot: 0.02))
    var numbers = SeededNumbers(1)
    let free = renderer.picture(scene(), &numbers)
    #expect(free.isCovered.allSatisfy { !$0 } && free.bounds.allSatisfy { $0 != nil })
    let under = try #require(camera.lens.project(pose * spec.position(column: 2, row: 2)))
    let hand = Hand(
      fingers: [.init(from: under, to: under + Vector2(0, 200), radius: 5)], reflectance: 0.4)
    var again = SeededNumbers(1)
    let held = renderer.picture(scene(hand), &again)
    #expect(held.isCovered[2 * 6 + 2] && !held.isCovered[0])
    let pixel = Int(under.y.rounded()) * 320 + Int(under.x.rounded())
    #expect(abs(Int(held.image.pixels[pixel]) - 82) < 12)
    #expect(held.image.pixels[0] == free.image.pixels[0])
  }

  /// A board that moves while the shutter is open is where its middle position is, blurred.
  @Test func motionBlursEvenly() throws {
    let response = SensorResponse(read: 0.01, shot: 0)
    let renderer = renderer(response)
    let rule = GaussLegendre(8)
    func moved(_ pixels: Double) -> RigidTransform {
      RigidTransform(
        rotation: pose.rotation, translation: pose.translation + Vector3(pixels * 0.27 / 300, 0, 0))
    }
    var scene = scene()
    scene.exposure = zip(rule.nodes, rule.weights).map { (moved(3 * $0), 0.5 * $1) }
    #expect(abs(scene.exposure.reduce(0) { $0 + $1.part } - 1) < 1e-12)
    var numbers = SeededNumbers(1)
    let blurred = renderer.picture(scene, &numbers)
    let sharp = renderer.picture(self.scene(), &numbers)
    // Sharpness is lost, light is not.
    func light(_ picture: RenderedPicture) -> Double {
      picture.image.pixels.reduce(0) { $0 + Double($1) }
    }
    #expect(abs(light(blurred) / light(sharp) - 1) < 1e-3)
    for (soft, hard) in zip(blurred.bounds, sharp.bounds) {
      #expect(try #require(soft) > 1.2 * #require(hard))
    }
  }

  @Test func aPictureWithoutABoardKnowsNoCorners() {
    let renderer = renderer(SensorResponse(read: 1, shot: 0.02))
    var numbers = SeededNumbers(1)
    let empty = PictureScene(exposure: [], centre: .identity, light: SceneLight(white: 200))
    let picture = renderer.picture(empty, &numbers)
    #expect(picture.bounds.allSatisfy { $0 == nil } && picture.image.width == 320)
  }
}
