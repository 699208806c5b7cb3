package import Execution
package import Geometry
import Glibc
package import Imaging

/// The pictures of a capture.
extension VirtualCart {
  /// A picture of a session, and what is true of it.
  package struct View: Equatable, Sendable {
    package var frame: Int
    package var image: GreyImage
    /// Camera from board at the middle of the exposure; nil without a board.
    package var cameraFromBoard: RigidTransform?
    /// Row by row; empty without a board.
    package var corners: [Corner]
  }

  /// An inner corner in a picture.
  package struct Corner: Equatable, Sendable {
    /// Where it is exactly; nil outside the picture.
    package var pixel: Vector2?
    /// True where the picture shows it.
    package var isVisible: Bool
    /// See `CornerBound`; nil where it is not visible.
    package var bound: Double?
  }

  /// The frames of which a camera's picture is kept, in order.
  package func keptFrames(camera: Int) -> [Int] {
    let boards = scene.frames.indices.filter { frame in
      let pixels = scene.corners(camera: camera, frame: frame)
      let seen = pixels.count { $0 != nil }
      return Double(seen) >= conditions.leastSeen * Double(pixels.count) && scene.isLarge(pixels)
        && scene.faces(camera: camera, frame: frame)
    }
    return boards + Array(scene.frames.count..<frameNames.count)
  }

  /// The renderer of a camera; its backdrop is the same in every capture.
  package func renderer(camera: Int, threads: ThreadCount) -> PictureRenderer {
    var numbers = stream(0x5EED_0001, camera, 0)
    return PictureRenderer(
      camera: scene.cameras[camera], optics: optics[camera], board: scene.board,
      look: BoardLook(), basket: basket, &numbers, threads: threads)
  }

  /// A camera's picture of a frame.
  package func view(_ renderer: PictureRenderer, camera: Int, frame: Int) -> View {
    var numbers = stream(replaced == nil ? 0x5EED_0002 : 0x5EED_0003, camera, frame)
    let hasBoard = frame < scene.frames.count
    var picture = PictureScene(
      exposure: [], centre: .identity, light: light(camera: camera, &numbers))
    if hasBoard {
      picture.centre = scene.cameraFromBoard(camera: camera, frame: frame)
      picture.exposure = exposure(camera: camera, frame: frame)
      if !datumFrames.contains(frame) { disturb(&picture, camera: camera, &numbers) }
    }
    let rendered = renderer.picture(picture, &numbers)
    guard hasBoard else {
      return View(frame: frame, image: rendered.image, cameraFromBoard: nil, corners: [])
    }
    let pixels = scene.corners(camera: camera, frame: frame)
    let corners = pixels.indices.map { index in
      let isVisible = pixels[index] != nil && !rendered.isCovered[index]
      return Corner(
        pixel: pixels[index], isVisible: isVisible,
        bound: isVisible ? rendered.bounds[index] : nil)
    }
    return View(
      frame: frame, image: rendered.image, cameraFromBoard: picture.centre, corners: corners)
  }

  /// Random numbers of one purpose, whatever else is drawn.
  private func stream(_ purpose: UInt64, _ camera: Int, _ frame: Int) -> SeededNumbers {
    var numbers = SeededNumbers(UInt64(bitPattern: Int64(seed)) ^ (purpose << 20))
    numbers = SeededNumbers(numbers.next() &+ UInt64(camera))
    return SeededNumbers(numbers.next() &+ UInt64(frame))
  }

  /// A picture of a live stream: `worldFromBoard` tells where the board is some seconds from the
  /// middle of the exposure.
  func picture(
    _ renderer: PictureRenderer, camera: Int, sequence: Int,
    worldFromBoard: (Double) -> RigidTransform
  ) -> GreyImage {
    var numbers = stream(0x5EED_0004, camera, sequence)
    // Light changes from frame to frame of a session, not within a stream.
    var steady = stream(0x5EED_0005, camera, 0)
    let cameraFromWorld = scene.cameras[camera].worldFromCamera.inverse
    func pose(_ offset: Double) -> RigidTransform { cameraFromWorld * worldFromBoard(offset) }
    let picture = PictureScene(
      exposure: exposure(camera: camera, pose), centre: pose(0),
      light: light(camera: camera, &steady))
    return renderer.picture(picture, &numbers).image
  }

  /// Where the board is while the shutter is open.
  private func exposure(camera: Int, frame: Int) -> [(pose: RigidTransform, part: Double)] {
    let motion = scene.frames[frame]
    let still = scene.cameraFromBoard(camera: camera, frame: frame)
    guard motion.velocity != .zero || motion.turnRate != .zero else { return [(still, 1)] }
    let cameraFromWorld = scene.cameras[camera].worldFromCamera(frame: frame).inverse
    let clock = scene.cameras[camera].clockOffset
    return exposure(camera: camera) { offset in
      cameraFromWorld * motion.worldFromBoard(after: clock + offset, middle: scene.board.middle)
    }
  }

  /// The same for a pose by time from the middle of the exposure, as often as the motion asks for.
  private func exposure(
    camera: Int, _ pose: (Double) -> RigidTransform
  ) -> [(pose: RigidTransform, part: Double)] {
    let half = 0.5 * conditions.exposure
    let blur = largestMove(pose(-half), pose(half), camera)
    guard blur > 0.01 else { return [(pose(0), 1)] }
    // Gauss-Legendre in time: about one point for each standard deviation of the point spread.
    let count = max(2, min(24, Int((blur / optics[camera].spread.sigma).rounded(.up)) + 2))
    let rule = GaussLegendre(count)
    return zip(rule.nodes, rule.weights).map { node, weight in (pose(half * node), 0.5 * weight) }
  }

  /// How far a corner of the board goes in a picture, pixels.
  private func largestMove(_ a: RigidTransform, _ b: RigidTransform, _ camera: Int) -> Double {
    let lens = scene.cameras[camera].lens
    let last = scene.board.middle * 2
    var most = 0.0
    for corner in [Vector3.zero, Vector3(last.x, 0, 0), Vector3(0, last.y, 0), last] {
      guard let from = lens.project(a * corner), let to = lens.project(b * corner) else { continue }
      most = max(most, (to - from).length)
    }
    return most
  }

  private func light(camera: Int, _ numbers: inout SeededNumbers) -> SceneLight {
    let slope = conditions.lightSlope
    return SceneLight(
      white: numbers.uniform(conditions.white.lowerBound, conditions.white.upperBound),
      slope: Vector2(numbers.uniform(-slope, slope), numbers.uniform(-slope, slope)),
      vignetting: optics[camera].vignetting)
  }

  /// Adds what a view meets with: a hand, glare, shade.
  private func disturb(
    _ picture: inout PictureScene, camera: Int, _ numbers: inout SeededNumbers
  ) {
    let lens = scene.cameras[camera].lens
    let width = Double(lens.width)
    let middle = Vector2(width - 1, Double(lens.height - 1)) * 0.5
    let pose = picture.centre
    let last = scene.board.middle * 2
    func pixel(_ x: Double, _ y: Double) -> Vector2? {
      lens.project(pose * scene.board.surface(Vector2(x, y)))
    }
    if numbers.chance(conditions.shadeShare),
      let place = pixel(last.x * numbers.uniform(0.2, 0.8), last.y * numbers.uniform(0.2, 0.8))
    {
      let turn = numbers.uniform(-.pi, .pi)
      picture.light.shade = SceneLight.Shade(
        place: (place - middle) / width, direction: Vector2(cos(turn), sin(turn)),
        softness: numbers.uniform(0.02, 0.1), depth: numbers.uniform(0.25, 0.6))
    }
    if numbers.chance(conditions.glareShare),
      let place = pixel(last.x * numbers.uniform(), last.y * numbers.uniform())
    {
      picture.light.glare = [
        SceneLight.Glare(
          place: (place - middle) / width, size: numbers.uniform(0.006, 0.02),
          light: numbers.uniform(100, 300))
      ]
    }
    if numbers.chance(conditions.handShare) { picture.hand = hand(pixel, last, &numbers) }
  }

  /// One to three fingers over an edge of the sheet.
  private func hand(
    _ pixel: (Double, Double) -> Vector2?, _ last: Vector3, _ numbers: inout SeededNumbers
  ) -> Hand? {
    let square = scene.board.spec.squareSize
    let side = numbers.index(4)
    let length = side < 2 ? last.x : last.y
    let along = numbers.uniform(0.1, 0.9) * length
    let depth = numbers.uniform(0.2, 2.2) * square
    let count = 1 + numbers.index(3)
    func place(_ along: Double, _ inside: Double) -> Vector2? {
      switch side {
      case 0: pixel(along, inside - square)
      case 1: pixel(along, last.y + square - inside)
      case 2: pixel(inside - square, along)
      default: pixel(last.x + square - inside, along)
      }
    }
    var fingers: [Hand.Finger] = []
    for index in 0..<count {
      let at = along + (Double(index) - 0.5 * Double(count - 1)) * 0.9 * square
      let inside = depth * numbers.uniform(0.7, 1)
      guard let tip = place(at, inside), let root = place(at, -4 * square),
        let beside = place(at + 0.4 * square, inside)
      else { continue }
      fingers.append(Hand.Finger(from: root, to: tip, radius: (beside - tip).length))
    }
    return fingers.isEmpty
      ? nil : Hand(fingers: fingers, reflectance: numbers.uniform(0.3, 0.55))
  }
}
