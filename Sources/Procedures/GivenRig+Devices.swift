import Capture
import Devices
import Rigs

extension GivenRig {
  /// A rig that says by what its cameras are known.
  init(devicesOf file: String) throws(ProcedureError) {
    self = try GivenRig(file: file)
    if let camera = rig.cameras.first(where: { $0.device == nil }) {
      throw .noDeviceMatch(role: camera.role, file: file)
    }
  }

  /// Which camera plays which role.
  func cameras(_ inventory: DeviceInventory) -> RoleAssignment {
    let wanted = rig.cameras.compactMap { camera in
      camera.device.map { (role: camera.role, match: $0) }
    }
    return RoleAssignment(wanted, among: inventory.cameras.map(\.device))
  }

  /// Which scale plays the rig's, by its wiring, among those of its kind; nil without wiring.
  func scaleRole(
    _ inventory: DeviceInventory
  ) -> (role: RoleAssignment.Role, scales: [FoundScale])? {
    guard let wiring = rig.scaleWiring else { return nil }
    let scales = inventory.scales.filter { $0.kind == wiring.kind.found }
    // One of which nothing is said is the only one of its kind.
    let role = RoleAssignment(
      [(role: "scale", match: wiring.match ?? DeviceMatch())], among: scales.map(\.device)
    ).roles[0]
    return (role, scales)
  }

  /// The scale of the rig, to be read; nil where the rig does not say how.
  ///
  /// Throws when it is not there, not in its place, not the only one, or cannot be used.
  func scale(_ inventory: DeviceInventory) throws(ProcedureError) -> ScaleSource? {
    guard let wiring = rig.scaleWiring, let (role, scales) = scaleRole(inventory) else {
      return nil
    }
    guard role.state == .found, let index = role.device else {
      throw .role(
        problem: role.problem(scales.map(\.device)) ?? "", remedy: role.remedy ?? "", rig: file)
    }
    if let problem = scales[index].device.problem {
      throw .capture(.device(role: role.role, problem))
    }
    return ScaleSource(scales[index], speaking: wiring.language)?.leaning(inventory)
  }

  /// The cameras of the rig, to be recorded. Throws the first that is not there, not in its place,
  /// or cannot be used or send what the rig asks for.
  func sources(_ inventory: DeviceInventory) throws(ProcedureError) -> [CaptureSource] {
    let assignment = cameras(inventory)
    let devices = inventory.cameras.map(\.device)
    if let wrong = assignment.roles.first(where: { $0.state != .found }) {
      throw .role(
        problem: wrong.problem(devices) ?? "", remedy: wrong.remedy ?? "", rig: file)
    }
    var sources: [CaptureSource] = []
    for (role, camera) in zip(assignment.roles, rig.cameras) {
      guard let index = role.device else { continue }
      let found = inventory.cameras[index]
      if let problem = found.device.problem {
        throw .capture(.device(role: role.role, problem))
      }
      guard let request = found.request(for: camera) else {
        let wanted =
          "\(camera.width)x\(camera.height)" + (camera.pixelFormat.map { " \($0)" } ?? "")
        throw .capture(
          .device(
            role: role.role,
            .unsupported(
              node: found.device.node,
              problem: "the rig asks for \(wanted), which it does not send")))
      }
      sources.append(CaptureSource(role: role.role, camera: found, request: request))
    }
    return sources
  }
}

extension FoundCamera {
  /// What a camera of a rig is asked for: the rig's size, its format, else a compressed one, its
  /// rate, else the fastest. Nil where the camera does not have it.
  fileprivate func request(for camera: RigCamera) -> CameraRequest? {
    var best: CameraRequest?
    for format in formats {
      guard camera.pixelFormat.map({ $0 == format.pixelFormat }) ?? Self.isRead(format.pixelFormat)
      else { continue }
      for size in format.sizes where size.width == camera.width && size.height == camera.height {
        if let known = best,
          known.pixelFormat.isCompressed || !format.pixelFormat.isCompressed
        {
          continue
        }
        best = CameraRequest(
          pixelFormat: format.pixelFormat, width: size.width, height: size.height,
          rate: camera.rate ?? size.rates.first, controls: camera.controls)
      }
    }
    return best
  }
}
