import CUdev
import Files
import Glibc

/// What happened to a device.
package struct DeviceEvent: Equatable, Sendable {
  /// What udev calls it: `add`, `remove`, `change`, `bind`, `unbind`.
  package let action: String
  package let subsystem: String
  /// The folder in sysfs.
  package let syspath: String

  /// Whether the device is gone.
  package var isRemoval: Bool { action == "remove" }
}

/// A stream of what is plugged and unplugged, after udev has worked on it (`udev_monitor_*`).
///
/// Events count from the moment the monitor is made: make it first and list the devices then, and
/// none is missed between.
package final class DeviceMonitor {
  private let udev: Udev
  private let monitor: OpaquePointer
  private let descriptor: CInt

  /// The subsystems in which cameras, scales and accelerometers turn up.
  package static let subsystems = ["video4linux", "iio", "hidraw", "tty"]

  package init() throws(DeviceError) {
    udev = try Udev()
    guard let monitor = udev_monitor_new_from_netlink(udev.context, "udev") else {
      throw .noUdev(reason: String(cString: strerror(errno)))
    }
    self.monitor = monitor
    descriptor = udev_monitor_get_fd(monitor)
    for subsystem in Self.subsystems {
      guard udev_monitor_filter_add_match_subsystem_devtype(monitor, subsystem, nil) >= 0 else {
        throw .noUdev(reason: "events cannot be filtered")
      }
    }
    guard udev_monitor_enable_receiving(monitor) >= 0 else {
      throw .noUdev(reason: "events cannot be received")
    }
  }

  deinit { udev_monitor_unref(monitor) }

  /// The next event, or nil when none came within `seconds`.
  package func next(within seconds: Double) throws(DeviceError) -> DeviceEvent? {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(max(0, min(seconds, 3600) * 1000).rounded(.up))
    do throws(FileError) {
      guard try systemCall("poll", "udev", { poll(&waiting, 1, milliseconds) }) > 0 else {
        return nil
      }
    } catch {
      throw .noUdev(reason: error.reason)
    }
    // None: the event was for others, or too many came at once and some are lost; whoever lists the
    // devices anew after any wake-up sees the truth in both cases.
    guard let device = udev_monitor_receive_device(monitor) else { return .lost }
    defer { udev_device_unref(device) }
    func text(_ pointer: UnsafePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    return DeviceEvent(
      action: text(udev_device_get_action(device)),
      subsystem: text(udev_device_get_subsystem(device)),
      syspath: text(udev_device_get_syspath(device)))
  }
}

extension DeviceEvent {
  /// Something happened that could not be read.
  static let lost = DeviceEvent(action: "change", subsystem: "", syspath: "")
}
