package import Devices
package import Execution
import Geometry
import Imaging

/// What several virtual cameras look at together: a cart's cameras, and a board that is carried
/// about in its basket.
package struct VirtualScene: Sendable {
  package let cart: VirtualCart
  package let path: BoardPath
  private let renderers: [PictureRenderer]

  /// The board of `cart` goes from one of its frames to the next.
  package init(_ cart: VirtualCart, hold: Double = 1, travel: Double = 0.7, threads: ThreadCount) {
    self.cart = cart
    path = BoardPath(
      cart.scene.worldFromBoard, middle: cart.scene.board.middle, hold: hold, travel: travel)
    renderers = cart.scene.cameras.indices.map { cart.renderer(camera: $0, threads: threads) }
  }

  /// The picture that a camera takes whose shutter opens at `time`, seconds on the path. Numbers
  /// it draws depend on `sequence` alone.
  func picture(camera: Int, opening time: Double, sequence: Int) -> GreyImage {
    cart.picture(renderers[camera], camera: camera, sequence: sequence) { offset in
      path.worldFromBoard(at: time + 0.5 * cart.conditions.exposure + offset)
    }
  }
}

/// A camera that looks at a virtual cart.
///
/// Its clock is that of whoever reads it. With a pace it waits until a picture is due, as a real one
/// does; without, time goes as fast as pictures are asked for.
package final class VirtualCamera: Camera {
  package let stream: CameraStream
  private let scene: VirtualScene
  private let camera: Int
  private let pace: VirtualPace
  /// When the first picture's exposure begins, seconds on the reader's clock.
  private let start: Double
  private let period: Double
  /// Pictures after which it is gone, as if it had been unplugged; nil for never.
  private let lastPicture: Int?
  private var sequence = 0

  /// `start` is when the board is at the first place of the scene's path; all cameras of a scene
  /// are given the same one.
  package init(
    _ scene: VirtualScene, camera: Int, rate: Double, start: Double, pace: VirtualPace,
    pictures: Int? = nil
  ) {
    precondition(rate > 0)
    self.scene = scene
    self.camera = camera
    self.pace = pace
    self.start = start
    period = 1 / rate
    lastPicture = pictures
    let lens = scene.cart.scene.cameras[camera].lens
    let isCompressed = scene.cart.conditions.jpegQuality != nil
    stream = CameraStream(
      pixelFormat: isCompressed ? .motionJPEG : .grey, width: lens.width, height: lens.height,
      bytesPerRow: isCompressed ? 0 : lens.width, rate: rate)
  }

  private var node: String { "virtual:\(scene.cart.scene.cameras[camera].name)" }

  package func next(within seconds: Double) throws(DeviceError) -> CapturedPicture {
    if let lastPicture, sequence >= lastPicture { throw .gone(node: node) }
    let opening = Double(sequence) * period
    var number = sequence
    var due = start + opening
    if case .clock(let now, let wait) = pace {
      // Who reads too slowly misses pictures: the next one is the next that is not yet over.
      let behind = ((now() - due) / period).rounded(.down)
      if behind > 0 {
        number += Int(min(behind, 1e9))
        due += behind * period
      }
      let until = due - now()
      guard until <= seconds else {
        wait(max(0, seconds))
        throw .silent(node: node, seconds: seconds)
      }
      if until > 0 { wait(until) }
      guard now() >= due - 1e-6 else { throw .silent(node: node, seconds: seconds) }
    }
    if let lastPicture, number >= lastPicture { throw .gone(node: node) }
    let offset = scene.cart.scene.cameras[camera].clockOffset
    let image = scene.picture(
      camera: camera, opening: Double(number) * period + offset, sequence: number)
    sequence = number + 1
    return CapturedPicture(
      time: due, timeBasis: .startOfExposure, sequence: number, isDamaged: false,
      bytes: try bytes(image))
  }

  private func bytes(_ image: GreyImage) throws(DeviceError) -> [UInt8] {
    guard let quality = scene.cart.conditions.jpegQuality else { return image.pixels }
    do throws(ImagingError) {
      return try JPEGEncoder.encode(image, quality: quality)
    } catch {
      throw .nonsense(node: node, problem: "\(error)")
    }
  }
}

extension PixelFormat {
  /// MJPG and GREY.
  fileprivate static var motionJPEG: PixelFormat { PixelFormat(code: 0x4750_4A4D) }
  fileprivate static var grey: PixelFormat { PixelFormat(code: 0x5945_5247) }
}
