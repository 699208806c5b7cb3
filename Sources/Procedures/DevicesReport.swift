package import Devices

/// What `cartcal devices --json` writes: schema `cartcal.devices/1`.
package struct DevicesReport: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.devices/1"

  package var schema = Self.schemaName
  package var software = Software.nameAndVersion
  /// In the order of their ports.
  package var cameras: [Camera]
  package var scales: [Scale]
  package var accelerometers: [Device]
  /// The name of the rig; nil without one.
  package var rig: String?
  /// In the order of the rig; nil without one.
  package var roles: [Role]?
}

extension DevicesReport {
  /// What is the same for every device. All text comes from devices.
  package struct Device: Codable, Equatable, Sendable {
    package var node: String
    package var name: String
    package var driver: String?
    package var identity: String
    package var identifiedBy: DeviceIdentity.Basis
    package var usbID: String?
    package var manufacturer: String?
    package var product: String?
    package var serial: String?
    package var port: String
    /// The place in the rig; null without a rig, and for devices that the rig does not name.
    package var role: String?
    package var status: DeviceStatus
    /// What is wrong and what to do about it; null for a device that is ready.
    package var problem: String?
    package var remedy: String?
    package var usedBy: [Program]

    private enum CodingKeys: String, CodingKey {
      case node, name, driver, identity, manufacturer, product, serial, port, role, status
      case problem, remedy
      case identifiedBy = "identified_by"
      case usbID = "usb_id"
      case usedBy = "used_by"
    }
  }

  /// A role of the rig and what was found for it.
  package struct Role: Codable, Equatable, Sendable {
    package var role: String
    /// `RoleState.words`.
    package var state: String
    /// The device that plays the role, or should hang elsewhere to play it.
    package var node: String?
    package var problem: String?
    package var remedy: String?
  }

  /// A program that has a device open.
  package struct Program: Codable, Equatable, Sendable {
    package var processID: Int
    package var command: String

    private enum CodingKeys: String, CodingKey {
      case command
      case processID = "process_id"
    }
  }

  /// A device with what it can send; in JSON the keys of both stand side by side.
  package struct Camera: Codable, Equatable, Sendable {
    package var device: Device
    /// In the camera's own order; empty where it could not be asked.
    package var formats: [Format]

    private enum CodingKeys: String, CodingKey { case formats }

    package func encode(to encoder: any Encoder) throws {
      try device.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(formats, forKey: .formats)
    }

    package init(from decoder: any Decoder) throws {
      device = try Device(from: decoder)
      formats = try decoder.container(keyedBy: CodingKeys.self).decode(
        [Format].self, forKey: .formats)
    }

    package init(device: Device, formats: [Format]) {
      self.device = device
      self.formats = formats
    }
  }

  package struct Format: Codable, Equatable, Sendable {
    package var pixelFormat: String
    package var sizes: [Size]

    private enum CodingKeys: String, CodingKey {
      case sizes
      case pixelFormat = "pixel_format"
    }
  }

  package struct Size: Codable, Equatable, Sendable {
    package var width: Int
    package var height: Int
    package var ratesHertz: [Double]

    private enum CodingKeys: String, CodingKey {
      case width, height
      case ratesHertz = "rates_hz"
    }
  }

  /// A device with how it is read; in JSON the keys of both stand side by side.
  package struct Scale: Codable, Equatable, Sendable {
    package var device: Device
    package var kind: FoundScale.Kind
    package var channels: Int

    private enum CodingKeys: String, CodingKey { case kind, channels }

    package func encode(to encoder: any Encoder) throws {
      try device.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(kind, forKey: .kind)
      try container.encode(channels, forKey: .channels)
    }

    package init(from decoder: any Decoder) throws {
      device = try Device(from: decoder)
      let container = try decoder.container(keyedBy: CodingKeys.self)
      kind = try container.decode(FoundScale.Kind.self, forKey: .kind)
      channels = try container.decode(Int.self, forKey: .channels)
    }

    package init(device: Device, kind: FoundScale.Kind, channels: Int) {
      self.device = device
      self.kind = kind
      self.channels = channels
    }
  }
}
