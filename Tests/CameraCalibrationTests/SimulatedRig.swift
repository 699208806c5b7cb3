import BoardDetection
import Boards
import CameraCalibration
import Geometry
import LensModels

import Glibc

/// Random numbers that depend on the seed alone.
struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    for _ in 0..<4 { _ = uniform() }
  }

  /// In 0..<1.
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Of mean 0 and standard deviation 1 (G. Box, M. Muller, 1958).
  mutating func normal() -> Double {
    let radius = (-2 * log(max(uniform(), 1e-300))).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  mutating func index(_ count: Int) -> Int { min(count - 1, Int(uniform() * Double(count))) }

  mutating func rotation(upTo angle: Double) -> Rotation {
    let axis = Vector3(normal(), normal(), normal()).normalized
    return Rotation(rotationVector: axis * uniform(0, angle))
  }
}

/// Cameras looking at boards, with exact truth.
struct SimulatedRig {
  var board: BoardSpec
  var warp = BoardWarp()
  var lenses: [Lens]
  /// Into the frame in which boards are placed.
  var worldFromCamera: [RigidTransform]
  var worldFromBoard: [RigidTransform] = []

  /// A board of 9 x 6 inner corners and squares of 25 mm.
  static func standardBoard() throws -> BoardSpec {
    try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)
  }

  /// The usual focal length, in picture widths, and coefficients of a plausible lens.
  static func lens(
    _ kind: LensKind, focal: Double, width: Int = 1280, height: Int = 800,
    _ numbers: inout SeededNumbers
  ) throws -> Lens {
    let f = focal * Double(width)
    let core = [
      f, f * numbers.uniform(0.995, 1.005), Double(width) * numbers.uniform(0.48, 0.52),
      Double(height) * numbers.uniform(0.47, 0.53),
    ]
    // The same bend of the radius at the picture's corner, whatever the focal length.
    let reach = min(1.2, 0.59 / focal)
    let s = reach * reach
    let tangential = [numbers.uniform(-5e-4, 5e-4), numbers.uniform(-5e-4, 5e-4)]
    let k1 = numbers.uniform(-0.2, -0.02) / s * min(1, s)
    let coefficients: [Double] =
      switch kind {
      case .pinhole: []
      case .opencv4: [k1, 0.06 / s / s * min(1, s * s)] + tangential
      case .opencv5: [k1, 0.08 / s / s * min(1, s * s)] + tangential + [0.01 * min(1, s)]
      case .opencv8:
        [0.6, 0.06] + tangential
          + [0.001, numbers.uniform(0.75, 1), numbers.uniform(0.12, 0.18), 0.006]
      case .kannalaBrandt4:
        [
          numbers.uniform(-0.05, 0.02), numbers.uniform(-0.01, 0.01),
          numbers.uniform(-0.003, 0.003), 0,
        ]
      }
    return try Lens(kind: kind, width: width, height: height, parameters: core + coefficients)
  }

  /// Cameras on one side of the workspace's middle, each as far as its focal length asks for.
  static func around(
    _ lenses: [Lens], board: BoardSpec, spread: Double = 0.5, _ numbers: inout SeededNumbers
  ) -> SimulatedRig {
    let size = Double(board.columns - 1) * board.squareSize
    let poses = lenses.map { lens -> RigidTransform in
      let distance = size * lens.parameters[0] / Double(lens.width) / 0.4
      // World: z towards the cameras' far side, as board z is.
      let turn =
        Rotation(
          rotationVector: Vector3(
            numbers.uniform(-spread, spread), numbers.uniform(-spread, spread), 0))
        * Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-0.5, 0.5)))
      return RigidTransform(rotation: turn, translation: turn * Vector3(0, 0, -distance))
    }
    return SimulatedRig(board: board, lenses: lenses, worldFromCamera: poses)
  }

  /// Adds frames, each with the board somewhere in the picture of the camera whose turn it is,
  /// tilted by up to `tilt` radians.
  mutating func addFrames(
    _ count: Int, tilt: Double = 0.8, cameras: [Int]? = nil, _ numbers: inout SeededNumbers
  ) {
    let last = board.position(column: board.columns - 1, row: board.rows - 1)
    let chosen = cameras ?? Array(lenses.indices)
    var added = 0
    var tries = 0
    while added < count, tries < 200 * count {
      tries += 1
      let camera = chosen[added % chosen.count]
      let lens = lenses[camera]
      let pixel = Vector2(
        numbers.uniform(0.1, 0.9) * Double(lens.width),
        numbers.uniform(0.1, 0.9) * Double(lens.height))
      guard let ray = lens.unproject(pixel) else { continue }
      let distance =
        last.x * lens.parameters[0] / Double(lens.width) / numbers.uniform(0.3, 0.75)
      let rotation =
        numbers.rotation(upTo: tilt)
        * Rotation(rotationVector: Vector3(0, 0, numbers.uniform(-0.6, 0.6)))
      let pose = RigidTransform(
        rotation: rotation, translation: ray * distance - rotation * (last * 0.5))
      guard view(camera, cameraFromBoard: pose) != nil else { continue }
      worldFromBoard.append(worldFromCamera[camera] * pose)
      added += 1
    }
  }

  /// All corners of a board pose as a camera sees them; nil unless all are in the picture, from the
  /// front.
  func view(_ camera: Int, cameraFromBoard pose: RigidTransform) -> [Vector2]? {
    let lens = lenses[camera]
    var pixels: [Vector2] = []
    for row in 0..<board.rows {
      for column in 0..<board.columns {
        let u = 2 * Double(column) / Double(board.columns - 1) - 1
        let v = 2 * Double(row) / Double(board.rows - 1) - 1
        var point = board.position(column: column, row: row)
        point.z = warp.x * (1 - u * u) + warp.y * (1 - v * v)
        let seen = pose * point
        // Seen from the front, no flatter than 80 degrees.
        guard (pose.rotation * Vector3(0, 0, 1)).dot(seen.normalized) > 0.17,
          let pixel = lens.project(seen), pixel.x >= 0, pixel.y >= 0,
          pixel.x <= Double(lens.width - 1), pixel.y <= Double(lens.height - 1)
        else { return nil }
        pixels.append(pixel)
      }
    }
    return pixels
  }

  /// The input of a calibration: pixels with noise of standard deviation `noise`, and a part of
  /// gross outliers.
  func input(
    noise: Double = 0, outliers: Double = 0, _ numbers: inout SeededNumbers
  ) -> CalibrationInput {
    var views: [CalibrationView] = []
    for (frame, world) in worldFromBoard.enumerated() {
      for camera in lenses.indices {
        guard let pixels = view(camera, cameraFromBoard: worldFromCamera[camera].inverse * world)
        else { continue }
        var corners: [BoardCorner] = []
        for (index, pixel) in pixels.enumerated() {
          var x = pixel.x + noise * numbers.normal()
          var y = pixel.y + noise * numbers.normal()
          if numbers.uniform() < outliers {
            x = numbers.uniform(0, Double(lenses[camera].width - 1))
            y = numbers.uniform(0, Double(lenses[camera].height - 1))
          }
          corners.append(
            BoardCorner(
              column: index % board.columns, row: index / board.columns, x: x, y: y,
              sigma: max(noise, 1e-3)))
        }
        views.append(
          CalibrationView(
            camera: camera, frame: frame, image: "camera\(camera)/\(frame).png", anchored: true,
            corners: corners))
      }
    }
    return CalibrationInput(
      board: board,
      cameras: lenses.enumerated().map {
        CameraInput(name: "camera\($0)", width: $1.width, height: $1.height)
      },
      frames: worldFromBoard.indices.map { "frame\($0)" }, views: views)
  }
}
