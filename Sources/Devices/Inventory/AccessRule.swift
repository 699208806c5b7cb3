/// The udev rule that lets people of a group use a device; all of them are in
/// `factory/udev/70-cartcal.rules`, HID scales by vendor and product.
enum AccessRule {
  static let camera = #"SUBSYSTEM=="video4linux", GROUP="video", MODE="0660", TAG+="uaccess""#
  static let converter = #"SUBSYSTEM=="iio", GROUP="dialout", MODE="0660", TAG+="uaccess""#
  static let serialLine =
    #"SUBSYSTEM=="tty", ENV{ID_BUS}=="usb", GROUP="dialout", MODE="0660", TAG+="uaccess""#

  /// `usbID` is vendor and product, four hexadecimal digits each; nil where they are not known.
  static func hid(usbID: String?) -> String {
    #"SUBSYSTEM=="hidraw", \#(parents(usbID))GROUP="dialout", MODE="0660", TAG+="uaccess""#
  }

  static func text(_ device: UdevDevice) -> String {
    switch device.subsystem {
    case "video4linux": camera
    case "hidraw": hid(usbID: DeviceAddress(device).usbID)
    case "iio": converter
    default: serialLine
    }
  }

  /// The match on the USB device above; numbers only, so that nothing a device says of itself gets
  /// into a rule.
  private static func parents(_ usbID: String?) -> String {
    guard let usbID else { return "" }
    let parts = usbID.split(separator: ":")
    return #"ATTRS{idVendor}=="\#(parts[0])", ATTRS{idProduct}=="\#(parts[1])", "#
  }
}
