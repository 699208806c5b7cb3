/// By what a device is known again after it was unplugged.
package struct DeviceIdentity: Hashable, Sendable {
  /// What tells the device from others.
  package enum Basis: String, CaseIterable, Codable, Sendable {
    /// Its serial number, which no other device here has: it may change its port.
    case serial
    /// The port it hangs on, because it has no serial number of its own: it must stay there.
    case port
  }

  package let basis: Basis
  /// `32e4:9230/CAM0001`, or the port. Text from a device: escape it before showing it.
  package let text: String

  package init(basis: Basis, text: String) {
    self.basis = basis
    self.text = text
  }
}

/// Where a device hangs and what it says of itself. All text comes from the device.
package struct DeviceAddress: Equatable, Sendable {
  /// USB vendor and product, `32e4:9230`; nil off the USB.
  package let usbID: String?
  package let manufacturer: String?
  package let product: String?
  package let serial: String?
  /// The controller and port (ID_PATH of the USB device), or the place on another bus.
  package let port: String
  /// The physical device: interfaces of one USB device share it.
  let physical: String
  /// Which interface of a USB device it is, `02`; nil elsewhere.
  let interface: String?
}

extension DeviceAddress {
  init(_ device: UdevDevice) {
    usbID = device.usb.map { "\(Self.hex($0.vendorID)):\(Self.hex($0.productID))" }
    manufacturer = device.usb?.manufacturer
    product = device.usb?.product
    serial = device.usb?.serial
    port = device.usb.map { $0.path ?? $0.name } ?? device.place
    physical = device.usb?.syspath ?? device.syspath
    interface = device.properties["ID_USB_INTERFACE_NUM"]
  }

  /// Four hexadecimal digits.
  private static func hex(_ number: Int) -> String {
    let digits = String(number & 0xFFFF, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// A serial number that can tell devices apart: some makers write the same digit throughout.
  private var usableSerial: String? {
    guard let serial, let first = serial.first, serial.count > 1,
      serial.contains(where: { $0 != first })
    else { return nil }
    return "\(usbID ?? "")/\(serial)"
  }

  /// Whether a device here has that identity; `all` are those of its kind, itself included.
  func isKnown(by identity: DeviceIdentity, among all: [DeviceAddress]) -> Bool {
    let isSeveral = all.count { $0.physical == physical } > 1
    let suffix = isSeveral ? interface.map { "#\($0)" } ?? "" : ""
    switch identity.basis {
    case .serial: return usableSerial.map { $0 + suffix } == identity.text
    case .port: return port + suffix == identity.text
    }
  }

  /// The identities of devices of one kind: the serial number where only one physical device has
  /// it, else the port. Where one physical device appears several times, the interface is added.
  static func identities(of addresses: [DeviceAddress]) -> [DeviceIdentity] {
    var owners: [String: Set<String>] = [:]
    var appearances: [String: Int] = [:]
    for address in addresses {
      appearances[address.physical, default: 0] += 1
      if let serial = address.usableSerial { owners[serial, default: []].insert(address.physical) }
    }
    return addresses.map { address in
      let suffix =
        appearances[address.physical, default: 0] > 1
        ? address.interface.map { "#\($0)" } ?? "" : ""
      if let serial = address.usableSerial, owners[serial]?.count == 1 {
        return DeviceIdentity(basis: .serial, text: serial + suffix)
      }
      return DeviceIdentity(basis: .port, text: address.port + suffix)
    }
  }
}
