import Boards
import CameraCalibration
import Execution
import Geometry
import Glibc
import LensModels
import Testing

@testable import Simulation

/// A noise-free picture of a board, 0 black to 1 white, and where its corners are.
private struct ExactBoard {
  let painter: BoardPainter
  let pose: RigidTransform

  init(
    _ lens: Lens, pose: RigidTransform, warp: BoardWarp = BoardWarp(),
    spread: PointSpread = PointSpread(sigma: 0.7), rays: RayTable? = nil
  ) throws {
    let board = SimulatedBoard(
      try BoardSpec(columns: 10, rows: 7, squareSize: 0.025), warp: warp, twist: 1e-4,
      printScale: Vector2(1.002, 1))
    painter = BoardPainter(
      board: board, look: BoardLook(), lens: lens,
      rays: rays ?? RayTable(lens, threads: ThreadCount(2)), spread: spread)
    self.pose = pose
  }

  func whites() -> [Float] {
    let footprint = painter.footprint([(pose, 1)], centre: pose)
    let lens = painter.lens
    var values = Array(repeating: Float(0.5), count: lens.width * lens.height)
    for row in 0..<footprint.area.height {
      for column in 0..<footprint.area.width {
        let index = row * footprint.area.width + column
        let place = (footprint.area.top + row) * lens.width + footprint.area.left + column
        values[place] = footprint.sheet[index] - footprint.black[index]
      }
    }
    return values
  }

  /// The exact pixel of a place in squares.
  func pixel(_ column: Int, _ row: Int) throws -> Vector2 {
    try #require(
      painter.lens.project(pose * painter.board.position(column: column, row: row)))
  }

  /// Errors of corners fitted by their edges: x and y, pixels.
  func cornerErrors(reach: Double) throws -> [Double] {
    let fit = EdgeFit(
      width: painter.lens.width, height: painter.lens.height, values: whites(), reach: reach)
    var errors: [Double] = []
    for row in 0..<painter.board.spec.rows {
      for column in 0..<painter.board.spec.columns {
        let corner = try pixel(column, row)
        // Rough places: the fit is not to know the truth to begin with.
        let rough = Vector2(0.31, -0.23)
        let found = try fit.corner(
          along: (
            try pixel(column, row - 1) + rough, corner + rough, try pixel(column, row + 1) + rough
          ),
          across: (
            try pixel(column - 1, row) + rough, corner + rough, try pixel(column + 1, row) + rough
          ))
        guard let found else { continue }
        errors += [found.x - corner.x, found.y - corner.y]
      }
    }
    return errors
  }
}

private func rms(_ values: [Double]) -> Double {
  (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))).squareRoot()
}

private func pose(_ turn: Vector3, _ place: Vector3) -> RigidTransform {
  let rotation = Rotation(rotationVector: turn)
  return RigidTransform(
    rotation: rotation, translation: place - rotation * Vector3(0.1125, 0.075, 0))
}

struct BoardFootprintTests {
  private let lenses: [Lens]

  init() throws {
    lenses = [
      try Lens(
        kind: .opencv5, width: 1280, height: 720,
        parameters: [708.9, 707.3, 649.5, 345.7, -0.1127, 0.038, -2.6e-4, 9e-4, -0.0128]),
      try Lens(
        kind: .opencv8, width: 1280, height: 800,
        parameters: [
          640.1, 639.8, 622.9, 396.1, 0.605, 0.0502, -4.5e-4, 1.5e-4, 8.8e-4, 0.9516, 0.1505,
          0.0058,
        ]),
      try Lens(
        kind: .kannalaBrandt4, width: 1280, height: 800,
        parameters: [484.5, 485.1, 614.5, 402.4, -0.02574, 0.00452, -0.00261, 0.000375]),
    ]
  }

  /// The promise of the renderer: an independent fit finds the corners of a noise-free picture
  /// where projection says they are, to 0.0006 px, over lenses, tilts and a bent board.
  @Test func cornersAreWhereProjectionSays() throws {
    var numbers = SeededNumbers(11)
    for lens in lenses {
      let rays = RayTable(lens, threads: ThreadCount(2))
      var errors: [Double] = []
      for _ in 0..<8 {
        let place = Vector3(
          numbers.uniform(-0.12, 0.12), numbers.uniform(-0.06, 0.06), numbers.uniform(0.28, 0.4))
        let tilt =
          numbers.rotation(upTo: 0.6)
          * Rotation(
            rotationVector: Vector3(0, 0, numbers.uniform(-0.7, 0.7)))
        let exact = try ExactBoard(
          lens, pose: pose(tilt.rotationVector, place), warp: BoardWarp(x: 5e-4, y: -3e-4),
          spread: PointSpread(
            sigma: numbers.uniform(0.55, 0.9), acrossGrowth: 0.15, alongGrowth: 0.35), rays: rays)
        errors += try exact.cornerErrors(reach: 6.5)
      }
      #expect(errors.count > 400)
      #expect(rms(errors) < 0.0006, "\(lens.kind): \(rms(errors))")
      #expect(errors.allSatisfy { abs($0) < 0.003 })
    }
  }

  /// The fit itself notices an error of this size: corners of a board moved by 0.01 px on the
  /// sensor are found there.
  @Test func theEdgeFitSeesSmallShifts() throws {
    let lens = lenses[0]
    var shifted = lens.parameters
    shifted[2] += 0.01
    let exact = try ExactBoard(lens, pose: pose(Vector3(0.3, -0.2, 0.1), Vector3(0, 0, 0.35)))
    let moved = try ExactBoard(
      Lens(kind: lens.kind, width: 1280, height: 720, parameters: shifted), pose: exact.pose)
    let fitted = try exact.cornerErrors(reach: 6.5)
    let after = try moved.cornerErrors(reach: 6.5)
    #expect(fitted.count == after.count && fitted.count > 100)
    #expect(rms(after) < 0.0015)
  }

  /// All light is accounted for: the black squares of a board that is seen whole take the area
  /// that their outlines have.
  @Test func areasAreKept() throws {
    let lens = try Lens(
      kind: .pinhole, width: 640, height: 480, parameters: [800, 800, 319.5, 239.5])
    let exact = try ExactBoard(lens, pose: pose(.zero, Vector3(0, 0, 0.6)))
    let footprint = exact.painter.footprint([(exact.pose, 1)], centre: exact.pose)
    let square = 800 * 0.025 / 0.6
    // 11 x 8 squares, 44 of them black; bent by nothing, printed 0.2 % wide.
    let black = footprint.black.reduce(0.0) { $0 + Double($1) }
    #expect(abs(black / (44 * square * square * 1.002) - 1) < 2e-4)
    let sheet = footprint.sheet.reduce(0.0) { $0 + Double($1) }
    let area = (11 * square + 2 * 0.6 * square) * (8 * square + 2 * 0.6 * square) * 1.002
    #expect(abs(sheet / area - 1) < 2e-4)
  }

  @Test func aBoardBehindTheCameraOrFromBehindShowsNothing() throws {
    let lens = lenses[0]
    let behind = try ExactBoard(lens, pose: pose(.zero, Vector3(0, 0, -0.4)))
    #expect(
      behind.painter.footprint([(behind.pose, 1)], centre: behind.pose).black.allSatisfy { $0 == 0 }
    )
    let back = try ExactBoard(lens, pose: pose(Vector3(0, .pi, 0), Vector3(0, 0, 0.4)))
    let footprint = back.painter.footprint([(back.pose, 1)], centre: back.pose)
    #expect(footprint.black.allSatisfy { $0 == 0 } && footprint.sheet.contains { $0 > 0.99 })
  }
}
