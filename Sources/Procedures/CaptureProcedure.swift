import Boards
package import Capture
import Devices
import Documents
import Files
import Rigs
import Sessions

/// What a recording is asked to do.
package struct CaptureRequest: Sendable {
  let output: String
  let cart: Name?
  let rig: GivenRig?
  let board: BoardSpec?
  let frames: Int?
  let seconds: Double?
  let virtual: Virtual?

  /// A cart that is not there.
  package struct Virtual: Sendable {
    let seed: Int
    let isWatched: Bool

    /// - Parameter isWatched: time goes as for real devices, for somebody who looks on.
    package init(seed: Int, isWatched: Bool) {
      self.seed = seed
      self.isWatched = isWatched
    }
  }

  /// A request from the words of a person. Throws when a word makes no sense, or when `output`
  /// exists or cannot be made.
  ///
  /// - Parameter virtual: the cart of a rig that takes the place of what is plugged in.
  package init(
    output: String, rigFile: String?, boardWord: String? = nil, cart: String?, frames: Int?,
    seconds: Double?, virtual: Virtual? = nil
  ) throws(ProcedureError) {
    self.output = output
    self.virtual = virtual
    self.frames = frames
    self.seconds = seconds
    var rig: GivenRig?
    if let rigFile {
      rig = virtual == nil ? try GivenRig(devicesOf: rigFile) : try GivenRig(file: rigFile)
    }
    self.rig = rig
    if let rigFile, boardWord != nil { throw .boardBesideRig(file: rigFile) }
    if let rig { board = rig.rig.board } else { board = try SolveRequest.board(boardWord) }
    do throws(NameError) {
      self.cart = try cart.map { text throws(NameError) in try Name(text, of: .cartSerial) }
    } catch {
      throw .name(error)
    }
    try OutputFiles.checkNew(output)
    try OutputFiles.check(output)
  }
}

/// Records the cameras of this machine, and its scale, into a session.
///
/// `shown` gets the state a few times a second; `isStopped` ends the recording in good order.
package func record(
  _ request: CaptureRequest, clock: CaptureClock = .system, isStopped: () -> Bool,
  shown: (CaptureStatus) -> Void
) throws(ProcedureError) -> CaptureOutcome {
  let rig = request.rig
  let devices: (cameras: [CaptureSource], scale: ScaleSource?)
  var clock = clock
  if let virtual = request.virtual, let rig {
    let made = try VirtualDevices(rig.rig, seed: virtual.seed, isWatched: virtual.isWatched)
    (devices, clock) = ((made.cameras, made.scale), made.clock)
  } else {
    devices = try pluggedIn(rig)
  }
  let plan = CapturePlan(
    cameras: devices.cameras, scale: devices.scale,
    output: request.output, software: Software.nameAndVersion, cart: request.cart?.text,
    rig: rig.map { SessionDocument.RigFile(name: $0.rig.name, sha256: $0.sha256) },
    tolerance: rig?.rig.syncTolerance, board: request.board, frames: request.frames,
    seconds: request.seconds)
  do throws(CaptureError) {
    return try capture(plan, clock: clock, isStopped: isStopped, shown: shown)
  } catch {
    throw .capture(error)
  }
}

/// The cameras and the scale of this machine: those of the rig, else all there are.
private func pluggedIn(
  _ rig: GivenRig?
) throws(ProcedureError) -> (cameras: [CaptureSource], scale: ScaleSource?) {
  let inventory: DeviceInventory
  do throws(DeviceError) {
    inventory = try DeviceInventory.take()
  } catch {
    throw .device(error)
  }
  guard let rig else { return (try sources(inventory), scale(inventory)) }
  let cameras = try rig.sources(inventory)
  return (
    cameras, rig.rig.scaleWiring == nil ? scale(inventory) : try rig.scale(inventory)
  )
}

/// All cameras, named by their place in the order of their ports: `cam0` and so on.
private func sources(_ inventory: DeviceInventory) throws(ProcedureError) -> [CaptureSource] {
  guard !inventory.cameras.isEmpty else { throw .noCamera }
  var sources: [CaptureSource] = []
  for (index, camera) in inventory.cameras.enumerated() {
    let role = "cam\(index)"
    if let problem = camera.device.problem {
      throw .capture(.device(role: role, problem))
    }
    guard let request = camera.usualRequest else {
      throw .capture(
        .device(
          role: role,
          .unsupported(
            node: camera.device.node, problem: "it has no pixel format that is read here")))
    }
    sources.append(CaptureSource(role: role, camera: camera, request: request))
  }
  return sources
}

/// The one scale that can be read without being told how; nil where there is none, or several.
private func scale(_ inventory: DeviceInventory) -> ScaleSource? {
  let usable = inventory.scales.filter { $0.device.status == .ready }
  for kind in [FoundScale.Kind.iio, .hid] {
    let found = usable.filter { $0.kind == kind }
    guard found.count == 1, let source = ScaleSource(found[0]) else { continue }
    return source.leaning(inventory)
  }
  return nil
}

extension ScaleSource {
  /// With the tilt of the one accelerometer, where there is one.
  func leaning(_ inventory: DeviceInventory) -> ScaleSource {
    let accelerometers = inventory.accelerometers.filter { $0.device.status == .ready }
    guard accelerometers.count == 1 else { return self }
    var source = self
    source.tilt = ScaleSource.tilt(of: accelerometers[0])
    return source
  }
}
