import Files

extension FoundDevice {
  /// `problem` is what came of trying to use it. Its identity is provisional until it is held
  /// against the others.
  init(
    _ device: UdevDevice, name: String?, driver: String?, node: String, problem: DeviceError?,
    holders: DeviceHolders
  ) {
    let address = DeviceAddress(device)
    self.node = node
    // What udev and V4L2 call a USB device is its product name with something added.
    self.name = device.usb?.product ?? name ?? device.name
    self.driver = driver ?? device.driver
    self.address = address
    identity = DeviceIdentity(basis: .port, text: address.port)
    status = problem.map(DeviceStatus.init) ?? .ready
    self.problem = problem
    self.holders = holders[node]
  }
}

extension FoundCamera {
  /// The camera of a video4linux device; nil for nodes that send no pictures. A UVC camera has two
  /// nodes, one of them for metadata.
  init?(_ device: UdevDevice, _ holders: DeviceHolders) {
    guard let node = device.node else { return nil }
    let said = device.properties["ID_V4L_CAPABILITIES"]
    if let said, !said.contains(":capture:") { return nil }
    var probe: CameraProbe?
    var problem: DeviceError?
    do throws(FileError) {
      probe = try CameraProbe(node)
    } catch {
      problem = DeviceError(error, node: node, rule: AccessRule.text(device))
    }
    if let probe {
      guard probe.canCapture || probe.isMultiPlanar else { return nil }
      if probe.isMultiPlanar {
        problem = .unsupported(
          node: node, problem: "it sends pictures in several planes, which are not read yet")
      } else if probe.isBusy {
        problem = .busy(node: node, holders: holders[node])
      }
    } else if said == nil, device.isSecondVideoNode {
      return nil
    }
    self.device = FoundDevice(
      device, name: probe?.name ?? device.properties["ID_V4L_PRODUCT"], driver: probe?.driver,
      node: node, problem: problem, holders: holders)
    formats = probe?.formats ?? []
  }
}

extension UdevDevice {
  /// What a converter is called. Some drivers (nau7802) give their address on the bus for a name;
  /// then the driver's own says more.
  fileprivate func converterName(_ channels: IIOChannels) -> String? {
    let address = syspath.split(separator: "/").dropLast().last.map(String.init)
    return channels.name == address ? driver ?? channels.name : channels.name
  }

  /// Where neither udev nor the node itself says what it does: the first of a camera's nodes sends
  /// the pictures.
  fileprivate var isSecondVideoNode: Bool {
    SysfsFile.text(syspath + "/index").map { $0 != "0" } ?? false
  }
}

extension FoundScale {
  /// A converter under IIO that has voltage inputs. It is read through sysfs, so reading shows
  /// whether it answers.
  init(_ device: UdevDevice, _ channels: IIOChannels, _ holders: DeviceHolders) {
    var problem: DeviceError?
    if let first = channels.voltages.first {
      do throws(FileError) {
        _ = try SysfsFile.read("\(device.syspath)/\(first)_raw")
      } catch {
        problem = DeviceError(
          error, node: device.node ?? device.syspath, rule: AccessRule.text(device))
      }
    }
    self.device = FoundDevice(
      device, name: device.converterName(channels), driver: nil,
      node: device.node ?? device.syspath, problem: problem, holders: holders)
    kind = .iio
    self.channels = channels.voltages.count
  }

  /// A HID scale; nil for other HID devices.
  init?(hid device: UdevDevice, _ holders: DeviceHolders) {
    guard let node = device.node,
      let descriptor = SysfsFile.bytes(device.syspath + "/device/report_descriptor"),
      HIDDescriptor(descriptor).isScale
    else { return nil }
    var problem: DeviceError?
    do throws(FileError) {
      _ = try DeviceFile(node, .read)
    } catch {
      problem = DeviceError(error, node: node, rule: AccessRule.text(device))
    }
    self.device = FoundDevice(
      device, name: nil, driver: nil, node: node, problem: problem, holders: holders)
    kind = .hid
    channels = 1
  }

  /// A serial line on a plug; nil for terminals, consoles and ports without hardware.
  init?(serial device: UdevDevice, _ holders: DeviceHolders) {
    guard let node = device.node, device.isSerialLine else { return nil }
    var problem: DeviceError?
    do throws(FileError) {
      try DeviceFile.check(node, .readWrite)
    } catch {
      problem = DeviceError(error, node: node, rule: AccessRule.text(device))
    }
    // Two readers of one line take each other's bytes.
    if problem == nil, !holders[node].isEmpty {
      problem = .busy(node: node, holders: holders[node])
    }
    self.device = FoundDevice(
      device, name: nil, driver: nil, node: node, problem: problem, holders: holders)
    kind = .serial
    channels = 1
  }
}

extension UdevDevice {
  fileprivate var isSerialLine: Bool {
    if SysfsFile.text(syspath + "/console") == "Y" { return false }
    if usb != nil { return true }
    // A port of the 8250 family exists with or without a chip behind it; type 0 says there is none.
    guard name.hasPrefix("ttyS") || name.hasPrefix("ttyAMA") else { return false }
    return SysfsFile.text(syspath + "/type").map { $0 != "0" } ?? true
  }
}

extension FoundAccelerometer {
  init(_ device: UdevDevice, _ channels: IIOChannels, _ holders: DeviceHolders) {
    self.device = FoundDevice(
      device, name: device.converterName(channels), driver: nil,
      node: device.node ?? device.syspath, problem: nil,
      holders: holders)
  }
}
