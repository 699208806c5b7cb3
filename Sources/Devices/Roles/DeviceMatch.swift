/// By what a role of a cart design knows its device. All that is given must fit.
package struct DeviceMatch: Equatable, Sendable {
  /// What the device says of itself.
  package var serial: String?
  /// Controller and port, as `cartcal devices` lists it.
  package var port: String?
  /// USB vendor and product, `32e4:9230`.
  package var usbID: String?

  package init(serial: String? = nil, port: String? = nil, usbID: String? = nil) {
    self.serial = serial
    self.port = port
    self.usbID = usbID
  }
}

extension DeviceMatch {
  /// Whether all that is given fits.
  package func fits(_ device: FoundDevice) -> Bool {
    fitsPort(device) && fitsKind(device)
  }

  /// Whether it hangs where it should; true where no port is given.
  func fitsPort(_ device: FoundDevice) -> Bool { port.map { $0 == device.address.port } ?? true }

  /// Whether it is the device, or one of its kind, wherever it hangs.
  func fitsKind(_ device: FoundDevice) -> Bool {
    (serial.map { $0 == device.address.serial } ?? true)
      && (usbID.map { $0 == device.address.usbID } ?? true)
  }

  /// Whether it says what the device is, and not only where.
  var namesKind: Bool { serial != nil || usbID != nil }
}

extension DeviceMatch: CustomStringConvertible {
  package var description: String {
    let parts = [
      serial.map { "serial \($0)" }, usbID.map { "USB \($0)" }, port.map { "port \($0)" },
    ]
    let text = parts.compactMap { $0 }.joined(separator: ", ")
    return text.isEmpty ? "the right kind" : text
  }
}
