package import Execution
package import Geometry
package import Imaging

/// What is to be seen in one picture.
package struct PictureScene: Equatable, Sendable {
  /// Where the board is while the shutter is open (camera_from_board), each with its part of the
  /// exposure; empty without a board.
  package var exposure: [(pose: RigidTransform, part: Double)]
  /// Where the board is at the middle of the exposure.
  package var centre: RigidTransform
  package var light: SceneLight
  package var hand: Hand?

  package init(
    exposure: [(pose: RigidTransform, part: Double)], centre: RigidTransform, light: SceneLight,
    hand: Hand? = nil
  ) {
    self.exposure = exposure
    self.centre = centre
    self.light = light
    self.hand = hand
  }

  package static func == (a: PictureScene, b: PictureScene) -> Bool {
    a.centre == b.centre && a.light == b.light && a.hand == b.hand
      && a.exposure.map(\.pose) == b.exposure.map(\.pose)
      && a.exposure.map(\.part) == b.exposure.map(\.part)
  }
}

/// A picture with what is known of its corners.
package struct RenderedPicture: Equatable, Sendable {
  package var image: GreyImage
  /// By corner, row by row: see `CornerBound`; nil where the picture says nothing.
  package var bounds: [Double?]
  /// By corner: true where a hand covers it.
  package var isCovered: [Bool]
}

/// Makes the pictures of one camera.
///
/// What does not change from picture to picture, the direction of every pixel and the backdrop, is
/// worked out once. Safe to use from several threads.
package struct PictureRenderer: Sendable {
  private let camera: SimulatedCamera
  private let optics: CameraOptics
  private let painter: BoardPainter
  private let backdrop: Backdrop
  private let sensor: Sensor

  package init(
    camera: SimulatedCamera, optics: CameraOptics, board: SimulatedBoard, look: BoardLook,
    basket: Basket, _ numbers: inout SeededNumbers, threads: ThreadCount
  ) {
    self.camera = camera
    self.optics = optics
    let rays = RayTable(camera.lens, largestAngle: camera.largestAngle, threads: threads)
    painter = BoardPainter(
      board: board, look: look, lens: camera.lens, rays: rays, spread: optics.spread)
    backdrop = Backdrop(
      rays, worldFromCamera: camera.worldFromCamera, focal: camera.lens.parameters[0],
      basket: basket, &numbers, threads: threads)
    sensor = Sensor(optics.response)
  }

  package func picture(_ scene: PictureScene, _ numbers: inout SeededNumbers) -> RenderedPicture {
    let (width, height) = (camera.lens.width, camera.lens.height)
    let footprint =
      scene.exposure.isEmpty
      ? BoardFootprint.empty : painter.footprint(scene.exposure, centre: scene.centre)
    var light = backdrop.values
    put(footprint, into: &light, width)
    scene.hand?.cover(&light, width: width, height: height, blur: optics.spread.sigma)
    scene.light.shine(on: &light, width: width, height: height)
    let spec = painter.board.spec
    var bounds = Array(repeating: Double?.none, count: spec.cornerCount)
    var isCovered = Array(repeating: false, count: spec.cornerCount)
    if !scene.exposure.isEmpty {
      bounds = CornerBound(
        response: optics.response, light: light, width: width, height: height
      ).deviations(footprint, spec)
      isCovered = covered(scene)
    }
    return RenderedPicture(
      image: GreyImage(
        width: width, height: height, pixels: sensor.expose(light, &numbers)), bounds: bounds,
      isCovered: isCovered)
  }

  private func put(_ footprint: BoardFootprint, into light: inout [Float], _ width: Int) {
    let (area, look) = (footprint.area, painter.look)
    let white = Float(look.white)
    let contrast = Float(look.white - look.black)
    for row in 0..<max(0, area.height) {
      for column in 0..<area.width {
        let from = row &* area.width &+ column
        let to = (area.top &+ row) &* width &+ area.left &+ column
        let sheet = footprint.sheet[from]
        light[to] = sheet * white - footprint.black[from] * contrast + (1 - sheet) * light[to]
      }
    }
  }

  /// The corners that lie under a hand, or so close to it that its outline runs through the blur
  /// around them.
  private func covered(_ scene: PictureScene) -> [Bool] {
    let spec = painter.board.spec
    return (0..<spec.cornerCount).map { index in
      guard let hand = scene.hand else { return false }
      let place = painter.board.position(
        column: index % spec.columns, row: index / spec.columns)
      guard let pixel = camera.lens.project(scene.centre * place) else { return false }
      return hand.distance(pixel) < 2 * optics.spread.sigma
    }
  }
}
