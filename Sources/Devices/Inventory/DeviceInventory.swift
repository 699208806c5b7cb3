import Files

/// The cameras, scales and accelerometers of this machine.
package struct DeviceInventory: Equatable, Sendable {
  /// In the order of their ports.
  package let cameras: [FoundCamera]
  /// Load cells first, then HID scales, then serial lines; each in the order of their ports.
  package let scales: [FoundScale]
  package let accelerometers: [FoundAccelerometer]

  /// Whether there is nothing at all.
  package var isEmpty: Bool { cameras.isEmpty && scales.isEmpty && accelerometers.isEmpty }

  /// Every device of any kind.
  package var devices: [FoundDevice] {
    cameras.map(\.device) + scales.map(\.device) + accelerometers.map(\.device)
  }

  /// Asks udev and the devices themselves. Nothing is changed in them, and no serial line is opened.
  package static func take() throws(DeviceError) -> DeviceInventory {
    let udev = try Udev()
    let holders = DeviceHolders()
    var cameras: [FoundCamera] = []
    for device in try udev.devices(of: "video4linux") {
      if let camera = FoundCamera(device, holders) { cameras.append(camera) }
    }
    var accelerometers: [FoundAccelerometer] = []
    for device in try udev.devices(of: "iio") {
      let channels = IIOChannels(folder: device.syspath)
      if !channels.accelerations.isEmpty {
        accelerometers.append(FoundAccelerometer(device, channels, holders))
      }
    }
    return DeviceInventory(
      cameras: cameras, scales: try scales(udev, holders), accelerometers: accelerometers)
  }

  /// Whatever may be a scale, not yet identified among the others.
  static func scales(
    _ udev: Udev, _ holders: DeviceHolders
  ) throws(DeviceError) -> [FoundScale] {
    var scales: [FoundScale] = []
    for device in try udev.devices(of: "iio") {
      let channels = IIOChannels(folder: device.syspath)
      if !channels.voltages.isEmpty { scales.append(FoundScale(device, channels, holders)) }
    }
    for device in try udev.devices(of: "hidraw") {
      if let scale = FoundScale(hid: device, holders) { scales.append(scale) }
    }
    for device in try udev.devices(of: "tty") {
      if let scale = FoundScale(serial: device, holders) { scales.append(scale) }
    }
    return scales
  }

  private init(
    cameras: [FoundCamera], scales: [FoundScale], accelerometers: [FoundAccelerometer]
  ) {
    var cameras = cameras
    var scales = scales
    var accelerometers = accelerometers
    // A kind at a time: a camera with a microphone or a keyboard is still one camera.
    Self.identify(&cameras, \.device)
    for kind in FoundScale.Kind.allCases {
      var some = scales.filter { $0.kind == kind }
      Self.identify(&some, \.device)
      scales = scales.filter { $0.kind != kind } + some
    }
    Self.identify(&accelerometers, \.device)
    self.cameras = cameras
    self.scales = scales
    self.accelerometers = accelerometers
  }

  /// Gives each its identity among the others, and sorts them by port.
  private static func identify<Found>(
    _ found: inout [Found], _ device: WritableKeyPath<Found, FoundDevice>
  ) {
    let identities = DeviceAddress.identities(of: found.map { $0[keyPath: device].address })
    for (index, identity) in identities.enumerated() {
      found[index][keyPath: device].identity = identity
    }
    found.sort { first, second in
      let (a, b) = (first[keyPath: device], second[keyPath: device])
      return (a.address.port, a.node) < (b.address.port, b.node)
    }
  }
}
