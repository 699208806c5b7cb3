import CUdev

/// What udev knows of one device, copied. All of its text comes from devices: escape before showing.
struct UdevDevice: Equatable, Sendable {
  /// The folder in sysfs.
  let syspath: String
  /// `video0`, `iio:device0`.
  let name: String
  let subsystem: String
  /// `/dev/video0`; nil where there is no node.
  let node: String?
  /// What the rules of udev found out; empty where no udev runs.
  let properties: [String: String]
  /// The driver of the nearest device above that has one.
  let driver: String?
  /// Where it hangs on the USB; nil where it does not.
  let usb: USBAddress?
  /// The place of the nearest device above that has one (ID_PATH), else its folder in sysfs.
  let place: String
}

/// The USB device that another device belongs to.
struct USBAddress: Equatable, Sendable {
  let syspath: String
  /// `1-2.3`: bus, then ports.
  let name: String
  let vendorID: Int
  let productID: Int
  let manufacturer: String?
  let product: String?
  let serial: String?
  /// ID_PATH, which names the controller and so does not hang on the order in which buses are found.
  let path: String?
}

extension UdevDevice {
  /// A copy of all that is needed of `device`.
  init(_ device: OpaquePointer) {
    syspath = text(udev_device_get_syspath(device)) ?? ""
    name = text(udev_device_get_sysname(device)) ?? ""
    subsystem = text(udev_device_get_subsystem(device)) ?? ""
    node = text(udev_device_get_devnode(device))
    var properties: [String: String] = [:]
    var entry = udev_device_get_properties_list_entry(device)
    while let current = entry {
      if let key = text(udev_list_entry_get_name(current)) {
        properties[key] = text(udev_list_entry_get_value(current))
      }
      entry = udev_list_entry_get_next(current)
    }
    self.properties = properties
    var driver: String?
    var place = properties["ID_PATH"]
    var folder: String?
    var parent: OpaquePointer? = device
    while let current = parent {
      driver = driver ?? text(udev_device_get_driver(current))
      place = place ?? text(udev_device_get_property_value(current, "ID_PATH"))
      parent = udev_device_get_parent(current)
      // The device's own folder bears a number that changes with the order of plugging.
      folder = folder ?? parent.flatMap { text(udev_device_get_devpath($0)) }
    }
    self.driver = driver
    // The parent belongs to the device and goes with it.
    usb = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device")
      .map(USBAddress.init)
    self.place = place ?? folder ?? syspath
  }
}

extension USBAddress {
  fileprivate init(_ device: OpaquePointer) {
    func attribute(_ name: String) -> String? {
      text(udev_device_get_sysattr_value(device, name)).flatMap { $0.isEmpty ? nil : $0 }
    }
    syspath = text(udev_device_get_syspath(device)) ?? ""
    name = text(udev_device_get_sysname(device)) ?? ""
    vendorID = attribute("idVendor").flatMap { Int($0, radix: 16) } ?? 0
    productID = attribute("idProduct").flatMap { Int($0, radix: 16) } ?? 0
    manufacturer = attribute("manufacturer")
    product = attribute("product")
    serial = attribute("serial")
    path = text(udev_device_get_property_value(device, "ID_PATH"))
  }
}

/// A copy of a C text with invalid UTF-8 replaced; nil for a null pointer.
private func text(_ pointer: UnsafePointer<CChar>?) -> String? {
  pointer.map { String(cString: $0) }
}
