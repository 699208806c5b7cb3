import CUdev
import Glibc

/// The udev library (`libudev`): its context, and lists of devices.
final class Udev {
  let context: OpaquePointer

  init() throws(DeviceError) {
    guard let context = udev_new() else { throw .noUdev(reason: String(cString: strerror(errno))) }
    self.context = context
  }

  deinit { udev_unref(context) }

  /// What is there of `subsystem`, in the order of sysfs names (`udev_enumerate_*`). A device that
  /// goes away meanwhile is left out.
  func devices(of subsystem: String) throws(DeviceError) -> [UdevDevice] {
    guard let enumeration = udev_enumerate_new(context) else {
      throw .noUdev(reason: String(cString: strerror(errno)))
    }
    defer { udev_enumerate_unref(enumeration) }
    guard udev_enumerate_add_match_subsystem(enumeration, subsystem) >= 0,
      udev_enumerate_scan_devices(enumeration) >= 0
    else { throw .noUdev(reason: "\(subsystem) cannot be listed") }
    var devices: [UdevDevice] = []
    var entry = udev_enumerate_get_list_entry(enumeration)
    while let current = entry {
      if let name = udev_list_entry_get_name(current),
        let device = udev_device_new_from_syspath(context, name)
      {
        devices.append(UdevDevice(device))
        udev_device_unref(device)
      }
      entry = udev_list_entry_get_next(current)
    }
    return devices
  }
}
