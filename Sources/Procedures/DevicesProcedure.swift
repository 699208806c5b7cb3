package import Devices
import Documents
package import Measurements

/// What is plugged in, and whether it can be used.
package struct DevicesOutcome: Equatable, Sendable {
  package let inventory: DeviceInventory
  /// Which camera plays which role; nil without a rig.
  package let cameras: RoleAssignment?
  /// What plays the rig's scale, among the scales of its kind; nil where the rig does not say how it
  /// is wired.
  package let scale: RoleAssignment.Role?
  package let scales: [FoundScale]
  package let report: DevicesReport

  init(_ inventory: DeviceInventory, _ rig: GivenRig?) {
    self.inventory = inventory
    cameras = rig?.cameras(inventory)
    let found = rig?.scaleRole(inventory)
    (scale, scales) = (found?.role, found?.scales ?? [])
    var report = DevicesReport(inventory, rig, cameras)
    if let scale { report.add(scale, among: scales) }
    self.report = report
  }

  /// Nothing to be found, or something that cannot be used, is a device error. With a rig, so is a
  /// role without its device; what plays no role may be as it likes.
  package var exitStatus: ExitStatus {
    if let cameras {
      let needed =
        cameras.roles.compactMap(\.device).map { inventory.cameras[$0].device }
        + (scale?.device.map { [scales[$0].device] } ?? [])
      let isComplete = cameras.isComplete && scale?.state ?? .found == .found
      return isComplete && needed.allSatisfy { $0.status == .ready } ? .done : .device
    }
    return inventory.isEmpty || inventory.devices.contains { $0.status != .ready } ? .device : .done
  }
}

/// Lists the cameras, scales and accelerometers of this machine; with a rig, which role each plays.
package func listDevices(rigFile: String? = nil) throws(ProcedureError) -> DevicesOutcome {
  let rig = try rigFile.map { file throws(ProcedureError) in try GivenRig(devicesOf: file) }
  do throws(DeviceError) {
    return DevicesOutcome(try DeviceInventory.take(), rig)
  } catch {
    throw .device(error)
  }
}

/// A device that came, went or changed.
package enum DeviceChange: Equatable, Sendable {
  case plugged(FoundDevice)
  case unplugged(FoundDevice)
  /// The same device in the same port, in another state than before.
  case changed(FoundDevice)
}

/// Lists the devices, then again whenever one comes or goes, until `shown` returns false.
///
/// `shown` gets the first list with no changes, and after that only lists that differ from the one
/// before. What happens within a quarter of a second is one change: a camera comes with several
/// nodes.
package func watchDevices(
  rigFile: String? = nil, _ shown: (DevicesOutcome, [DeviceChange]) -> Bool
) throws(ProcedureError) {
  let rig = try rigFile.map { file throws(ProcedureError) in try GivenRig(devicesOf: file) }
  do throws(DeviceError) {
    // The monitor comes first, so that nothing is missed between it and the list.
    let monitor = try DeviceMonitor()
    var last = try DeviceInventory.take()
    guard shown(DevicesOutcome(last, rig), []) else { return }
    while true {
      guard try monitor.next(within: 3600) != nil else { continue }
      while try monitor.next(within: 0.25) != nil {}
      let now = try DeviceInventory.take()
      let changes = DeviceChange.between(last.devices, now.devices)
      guard !changes.isEmpty else { continue }
      last = now
      guard shown(DevicesOutcome(now, rig), changes) else { return }
    }
  } catch {
    throw .device(error)
  }
}

extension DeviceChange {
  /// What is different between two lists; what went comes first.
  static func between(_ before: [FoundDevice], _ after: [FoundDevice]) -> [DeviceChange] {
    func same(_ a: FoundDevice, _ b: FoundDevice) -> Bool {
      a.node == b.node && a.address == b.address
    }
    let gone = before.filter { old in !after.contains { same($0, old) } }
    let come = after.filter { new in !before.contains { same($0, new) } }
    let changed = after.filter { new in
      before.contains { same($0, new) && ($0.status, $0.problem) != (new.status, new.problem) }
    }
    return gone.map(Self.unplugged) + come.map(Self.plugged) + changed.map(Self.changed)
  }
}

extension DevicesReport {
  init(_ inventory: DeviceInventory, _ rig: GivenRig? = nil, _ assignment: RoleAssignment? = nil) {
    self.rig = rig?.rig.name
    cameras = inventory.cameras.map { camera in
      Camera(
        device: Device(camera.device),
        formats: camera.formats.map { format in
          Format(
            pixelFormat: "\(format.pixelFormat)",
            sizes: format.sizes.map {
              Size(width: $0.width, height: $0.height, ratesHertz: $0.rates)
            })
        })
    }
    scales = inventory.scales.map {
      Scale(device: Device($0.device), kind: $0.kind, channels: $0.channels)
    }
    accelerometers = inventory.accelerometers.map { Device($0.device) }
    let devices = inventory.cameras.map(\.device)
    roles = assignment?.roles.map { role in
      Role(
        role: role.role, state: role.state.word, node: role.device.map { devices[$0].node },
        problem: role.problem(devices), remedy: role.remedy)
    }
    for role in assignment?.roles ?? [] where role.state == .found {
      if let device = role.device { cameras[device].device.role = role.role }
    }
  }
}

extension DevicesReport {
  /// The role of the rig's scale.
  mutating func add(_ scale: RoleAssignment.Role, among found: [FoundScale]) {
    let devices = found.map(\.device)
    let node = scale.device.map { devices[$0].node }
    roles?.append(
      Role(
        role: scale.role, state: scale.state.word, node: node, problem: scale.problem(devices),
        remedy: scale.remedy))
    guard scale.state == .found,
      let place = scales.firstIndex(where: { $0.device.node == node })
    else { return }
    scales[place].device.role = scale.role
  }
}

extension DevicesReport.Device {
  init(_ device: FoundDevice) {
    node = device.node
    name = device.name
    driver = device.driver
    identity = device.identity.text
    identifiedBy = device.identity.basis
    usbID = device.address.usbID
    manufacturer = device.address.manufacturer
    product = device.address.product
    serial = device.address.serial
    port = device.address.port
    status = device.status
    problem = device.problem?.problem
    remedy = device.problem?.remedy
    usedBy = device.holders.map {
      DevicesReport.Program(processID: $0.processID, command: $0.command)
    }
  }
}
