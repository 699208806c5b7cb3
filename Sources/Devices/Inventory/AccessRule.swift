/// The udev rule that lets people of a group use a device; all of them are in
/// `factory/udev/70-cartcal.rules`, HID scales by vendor and product.
enum AccessRule {
  static func text(_ device: UdevDevice) -> String {
    switch device.subsystem {
    case "video4linux":
      #"SUBSYSTEM=="video4linux", GROUP="video", MODE="0660", TAG+="uaccess""#
    case "hidraw":
      #"SUBSYSTEM=="hidraw", \#(parents(device))GROUP="dialout", MODE="0660", TAG+="uaccess""#
    case "iio":
      #"SUBSYSTEM=="iio", GROUP="dialout", MODE="0660", TAG+="uaccess""#
    default:
      #"SUBSYSTEM=="tty", ENV{ID_BUS}=="usb", GROUP="dialout", MODE="0660", TAG+="uaccess""#
    }
  }

  /// The match on the USB device above; numbers only, so that nothing a device says of itself gets
  /// into a rule.
  private static func parents(_ device: UdevDevice) -> String {
    guard let id = DeviceAddress(device).usbID else { return "" }
    let parts = id.split(separator: ":")
    return #"ATTRS{idVendor}=="\#(parts[0])", ATTRS{idProduct}=="\#(parts[1])", "#
  }
}
