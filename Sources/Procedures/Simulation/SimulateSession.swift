import Documents
package import Execution
import Files
import Imaging
package import Simulation

/// What to simulate.
package struct SimulateRequest: Sendable {
  package var rigFile: String
  package var disturbance: Disturbance
  package var seed: Int
  /// With a board; nil for what the disturbance has.
  package var frames: Int?
  /// A camera in whose place another unit is mounted.
  package var replaced: String?
  /// Clocks are off by up to this, seconds.
  package var clockOffset: Double
  /// The folder to make.
  package var folder: String
  package var threads: ThreadCount
  package var progress: (@Sendable (_ stage: String, _ fraction: Double) -> Void)?

  package init(
    rigFile: String, disturbance: Disturbance, seed: Int, frames: Int? = nil,
    replaced: String? = nil, clockOffset: Double = 0, folder: String, threads: ThreadCount,
    progress: (@Sendable (String, Double) -> Void)? = nil
  ) {
    self.rigFile = rigFile
    self.disturbance = disturbance
    self.seed = seed
    self.frames = frames
    self.replaced = replaced
    self.clockOffset = clockOffset
    self.folder = folder
    self.threads = threads
    self.progress = progress
  }
}

/// What was simulated.
package struct SimulatedPictures: Sendable {
  package struct Camera: Sendable {
    package var role: String
    /// Pictures that show every corner, some of them, none.
    package var whole = 0
    package var partial = 0
    package var empty = 0
    /// The mean of the corners' bounds, pixels; nil without any.
    package var bound: Double?
  }

  package var cart: VirtualCart
  package var cameras: [Camera]
}

/// Writes the pictures of a virtual cart's capture as a session that `solve` reads, with its
/// `truth.json`. The folder appears whole or not at all.
package func simulateSession(
  _ request: SimulateRequest
) throws(ProcedureError) -> SimulatedPictures {
  let rig = try GivenRig(file: request.rigFile).rig
  let cart: VirtualCart
  do throws(SimulationError) {
    cart = try VirtualCart(
      rig, disturbance: request.disturbance, seed: request.seed, frames: request.frames,
      replaced: request.replaced, clockOffset: request.clockOffset)
  } catch {
    throw .simulation(error)
  }
  let writer = try SimulatedSessionWriter(request.folder)
  do throws(ProcedureError) {
    let cameras = try write(cart, request, writer)
    try writer.finish()
    return SimulatedPictures(cart: cart, cameras: cameras)
  } catch {
    writer.giveUp()
    throw error
  }
}

/// Pictures that are held in memory at once.
private let batch = 16

private func write(
  _ cart: VirtualCart, _ request: SimulateRequest, _ writer: SimulatedSessionWriter
) throws(ProcedureError) -> [SimulatedPictures.Camera] {
  var truth = TruthDocument(cart, software: Software.nameAndVersion)
  var cameras: [SimulatedPictures.Camera] = []
  let kept = cart.scene.cameras.indices.map { cart.keptFrames(camera: $0) }
  let total = Double(max(1, kept.reduce(0) { $0 + $1.count }))
  var done = 0
  for (index, frames) in kept.enumerated() {
    let role = cart.scene.cameras[index].name
    var counts = SimulatedPictures.Camera(role: role)
    var bounds: [Double] = []
    let renderer = cart.renderer(camera: index, threads: request.threads)
    for start in stride(from: 0, to: frames.count, by: batch) {
      let chosen = frames[start..<min(start + batch, frames.count)]
      let made = parallelMap(chosen.count, threads: request.threads) { place in
        encoded(
          cart.view(renderer, camera: index, frame: chosen[chosen.startIndex + place]),
          quality: cart.conditions.jpegQuality)
      }
      for picture in made {
        let (view, bytes): (VirtualCart.View, [UInt8])
        do throws(ImagingError) {
          (view, bytes) = try picture.get()
        } catch {
          throw .picture(error)
        }
        let ending = cart.conditions.jpegQuality == nil ? "png" : "jpg"
        let file = cart.frameNames[view.frame] + "." + ending
        try writer.write(role + "/" + file, bytes)
        truth.add(view, of: role, file: file, columns: cart.rig.board.columns)
        counts.add(view)
        bounds += view.corners.compactMap(\.bound)
      }
      done += made.count
      request.progress?("rendering", Double(done) / total)
    }
    counts.bound = bounds.isEmpty ? nil : bounds.reduce(0, +) / Double(bounds.count)
    cameras.append(counts)
  }
  let bytes: [UInt8]
  do throws(DocumentError) {
    bytes = try JSONDocument.encode(truth)
  } catch {
    throw .document(error)
  }
  try writer.write("truth.json", bytes)
  return cameras
}

/// The file of a picture, whose pixels are let go of.
private func encoded(
  _ view: VirtualCart.View, quality: Int?
) -> Result<(VirtualCart.View, [UInt8]), ImagingError> {
  var view = view
  do throws(ImagingError) {
    let bytes =
      if let quality {
        try JPEGEncoder.encode(view.image, quality: quality)
      } else {
        try PNGEncoder.encode(view.image)
      }
    view.image = GreyImage(width: 1, height: 1, pixels: [0])
    return .success((view, bytes))
  } catch {
    return .failure(error)
  }
}

extension SimulatedPictures.Camera {
  fileprivate mutating func add(_ view: VirtualCart.View) {
    let seen = view.corners.count { $0.isVisible }
    if seen == 0 {
      empty += 1
    } else if seen == view.corners.count {
      whole += 1
    } else {
      partial += 1
    }
  }
}
