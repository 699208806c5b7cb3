import Boards
package import Bundles
import Geometry
package import LensModels

/// What is true of a simulated session, as `cartcal simulate session` writes it: schema
/// `cartcal.truth/1`.
package struct TruthDocument: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.truth/1"

  package var schema = Self.schemaName
  package var software: String
  /// The rig's name.
  package var rig: String
  package var seed: Int
  package var disturbance: Disturbance
  /// The camera whose unit is not the one the cart of this seed was built with.
  package var replaced: String?
  /// The board's word.
  package var board: String
  /// Metres: [x, y] in z = x (1 - u^2) + y (1 - v^2).
  package var boardWarp: [Double]
  package var exposureSeconds: Double
  package var jpegQuality: Int?
  package var noise: Noise
  /// In order.
  package var frames: [Frame]
  package var cameras: [String: Camera]

  package enum CodingKeys: String, CodingKey {
    case schema, software, rig, seed, disturbance, replaced, board, noise, frames, cameras
    case boardWarp = "board_warp_m"
    case exposureSeconds = "exposure_s"
    case jpegQuality = "jpeg_quality"
  }

  /// See `SensorResponse`.
  package struct Noise: Codable, Equatable, Sendable {
    package var read: Double
    package var shot: Double
    package var gamma: Double
  }

  package struct Frame: Codable, Equatable, Sendable {
    package var name: String
    package var datum: Bool
    /// At the frame's instant; nil without a board.
    package var cartFromBoard: PoseRecord?
    /// Of the board's middle, and about it, in the axes of the cart.
    package var velocity: [Double]
    package var turnRate: [Double]

    package enum CodingKeys: String, CodingKey {
      case name, datum
      case cartFromBoard = "cart_from_board"
      case velocity = "velocity_m_s"
      case turnRate = "turn_rate_rad_s"
    }
  }

  package struct Camera: Codable, Equatable, Sendable {
    package var model: LensKind
    package var width: Int
    package var height: Int
    package var parameters: LensParameters
    package var cartFromCamera: PoseRecord
    /// How much later than the frame's instant its pictures are taken, seconds.
    package var clockOffset: Double
    /// Standard deviation in the middle of the picture, pixels.
    package var pointSpread: Double
    package var vignetting: Double
    /// By file name.
    package var views: [String: View]

    package enum CodingKeys: String, CodingKey {
      case model, width, height, parameters, vignetting, views
      case cartFromCamera = "cart_from_camera"
      case clockOffset = "clock_offset_s"
      case pointSpread = "point_spread_px"
    }
  }

  package struct View: Codable, Equatable, Sendable {
    package var frame: String
    package var cameraFromBoard: PoseRecord?
    /// Row by row; empty without a board.
    package var corners: [Corner]

    package enum CodingKeys: String, CodingKey {
      case frame, corners
      case cameraFromBoard = "camera_from_board"
    }
  }

  package struct Corner: Codable, Equatable, Sendable {
    package var column: Int
    package var row: Int
    /// Nil outside the picture.
    package var x: Double?
    package var y: Double?
    package var visible: Bool
    /// One standard deviation per axis, pixels.
    package var bound: Double?

    package enum CodingKeys: String, CodingKey {
      case column, row, x, y, visible
      case bound = "sigma_bound_px"
    }
  }
}

extension TruthDocument {
  /// Everything but the views, which come as they are rendered.
  package init(_ cart: VirtualCart, software: String) {
    self.software = software
    rig = cart.rig.name
    seed = cart.seed
    disturbance = cart.disturbance
    replaced = cart.replaced
    board = cart.rig.board.word
    boardWarp = [cart.scene.board.warp.x, cart.scene.board.warp.y]
    exposureSeconds = cart.conditions.exposure
    jpegQuality = cart.conditions.jpegQuality
    let response = cart.conditions.response
    noise = Noise(read: response.read, shot: response.shot, gamma: response.gamma)
    frames = cart.frameNames.enumerated().map { index, name in
      guard index < cart.scene.frames.count else {
        return Frame(
          name: name, datum: false, cartFromBoard: nil, velocity: [0, 0, 0], turnRate: [0, 0, 0])
      }
      let frame = cart.scene.frames[index]
      return Frame(
        name: name, datum: cart.datumFrames.contains(index),
        cartFromBoard: PoseRecord(frame.worldFromBoard),
        velocity: [frame.velocity.x, frame.velocity.y, frame.velocity.z],
        turnRate: [frame.turnRate.x, frame.turnRate.y, frame.turnRate.z])
    }
    cameras = [:]
    for (camera, optics) in zip(cart.scene.cameras, cart.optics) {
      cameras[camera.name] = Camera(
        model: camera.lens.kind, width: camera.lens.width, height: camera.lens.height,
        parameters: LensParameters(camera.lens.parameters),
        cartFromCamera: PoseRecord(camera.worldFromCamera), clockOffset: camera.clockOffset,
        pointSpread: optics.spread.sigma, vignetting: optics.vignetting, views: [:])
    }
  }

  /// What is true of a picture. Positions are rounded to 1e-6 px.
  package mutating func add(
    _ view: VirtualCart.View, of camera: String, file: String, columns: Int
  ) {
    func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1e6).rounded() / 1e6 } }
    cameras[camera]?.views[file] = View(
      frame: frames[view.frame].name, cameraFromBoard: view.cameraFromBoard.map { PoseRecord($0) },
      corners: view.corners.enumerated().map { index, corner in
        Corner(
          column: index % columns, row: index / columns, x: rounded(corner.pixel?.x),
          y: rounded(corner.pixel?.y), visible: corner.isVisible, bound: rounded(corner.bound))
      })
  }
}
