/// A device that is plugged in. All text in it comes from devices: escape it before showing it.
package struct FoundDevice: Equatable, Sendable {
  /// `/dev/video0`; for a device that is read through sysfs alone, its folder there.
  package let node: String
  /// What it calls itself.
  package let name: String
  package let driver: String?
  package let address: DeviceAddress
  package internal(set) var identity: DeviceIdentity
  package let status: DeviceStatus
  /// What is wrong, unless it is ready.
  package let problem: DeviceError?
  /// The programs, this one aside, that have it open, as far as they can be seen.
  package let holders: [DeviceHolder]
}

/// Whether a device can be used.
package enum DeviceStatus: String, CaseIterable, Codable, Sendable {
  case ready
  case permissionDenied = "permission_denied"
  case busy
  /// It is there and does not answer.
  case noAnswer = "no_answer"
  /// It answers, and cannot do what cartcal needs.
  case unsupported
}

extension DeviceStatus {
  init(_ error: DeviceError) {
    switch error {
    case .forbidden: self = .permissionDenied
    case .busy: self = .busy
    case .unsupported: self = .unsupported
    default: self = .noAnswer
    }
  }
}

/// A camera that is plugged in.
package struct FoundCamera: Equatable, Sendable {
  package var device: FoundDevice
  /// What it says it can send, in its own order; empty where it could not be asked.
  package let formats: [CameraFormat]
}

/// What may be a scale, and is plugged in.
package struct FoundScale: Equatable, Sendable {
  /// How it is read.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    /// A load-cell converter under the kernel's IIO.
    case iio
    /// A USB point-of-sale scale.
    case hid
    /// A serial line; only asking in a scale's protocol tells whether a scale is at its end.
    case serial
  }

  package var device: FoundDevice
  package let kind: Kind
  /// Inputs that can be read: load cells of a converter, 1 for a scale that weighs by itself.
  package let channels: Int
}

extension FoundDevice {
  /// The folder in sysfs of a device under IIO.
  package var sysfsFolder: String {
    guard node.hasPrefix("/dev/") else { return node }
    return "/sys/bus/iio/devices/" + node.dropFirst(5)
  }
}

/// An accelerometer that is plugged in: it tells how far a cart is tilted.
package struct FoundAccelerometer: Equatable, Sendable {
  package var device: FoundDevice
}
