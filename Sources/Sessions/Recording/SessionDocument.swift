package import Devices
package import Documents

/// `session.json` of a recorded session: schema `cartcal.session/1`.
///
/// It is written when the recording begins, without an end, and again when it ends: a session
/// without an end was cut off.
package struct SessionDocument: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.session/1"

  package var schema = Self.schemaName
  package var software: String
  /// The cart's serial; nil where it was not given.
  package var cart: String?
  /// The design that the cart is of; nil for a recording without.
  package var rig: RigFile?
  /// When the recording began.
  package var started: UTCTime
  /// The same moment on the clock of all `time_s` (CLOCK_MONOTONIC), seconds.
  package var startTime: Double
  /// Seconds that the pictures of one frame may lie apart.
  package var syncTolerance: Double
  /// By role, which is the name of the camera's folder.
  package var cameras: [String: Camera]
  /// What `scale.csv` holds; nil where no scale was recorded.
  package var scale: Scale?
  /// Nil while it is recorded, and for ever if it was cut off.
  package var end: End?

  package init(
    software: String, cart: String?, rig: RigFile?, started: UTCTime, startTime: Double,
    syncTolerance: Double, cameras: [String: Camera], scale: Scale?
  ) {
    self.software = software
    self.cart = cart
    self.rig = rig
    self.started = started
    self.startTime = startTime
    self.syncTolerance = syncTolerance
    self.cameras = cameras
    self.scale = scale
  }

  enum CodingKeys: String, CodingKey {
    case schema, software, cart, rig, started, cameras, scale, end
    case startTime = "start_time_s"
    case syncTolerance = "sync_tolerance_s"
  }
}

extension SessionDocument {
  package struct RigFile: Codable, Equatable, Sendable {
    package var name: String
    /// Of the rig file: 64 lower-case hexadecimal digits.
    package var sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// A real device; all text comes from it.
  package struct Device: Codable, Equatable, Sendable {
    package var node: String
    package var name: String
    package var driver: String?
    package var identity: String
    package var identifiedBy: DeviceIdentity.Basis
    package var usbID: String?
    package var serial: String?
    package var port: String

    package init(_ found: FoundDevice) {
      node = found.node
      name = found.name
      driver = found.driver
      identity = found.identity.text
      identifiedBy = found.identity.basis
      usbID = found.address.usbID
      serial = found.address.serial
      port = found.address.port
    }

    enum CodingKeys: String, CodingKey {
      case node, name, driver, identity, serial, port
      case identifiedBy = "identified_by"
      case usbID = "usb_id"
    }
  }

  package struct Camera: Codable, Equatable, Sendable {
    /// Nil for a camera that is no device.
    package var device: Device?
    package var stream: Stream
    /// What was set, by the name of the control, in its unit.
    package var controls: [String: Double]
    /// What the camera did otherwise than it was asked.
    package var deviations: [Deviation]

    package init(
      device: Device?, stream: Stream, controls: [String: Double], deviations: [Deviation]
    ) {
      self.device = device
      self.stream = stream
      self.controls = controls
      self.deviations = deviations
    }
  }

  /// What a camera agreed to send.
  package struct Stream: Codable, Equatable, Sendable {
    package var pixelFormat: String
    package var width: Int
    package var height: Int
    /// 0 for compressed formats.
    package var bytesPerRow: Int
    package var rate: Double?

    package init(_ stream: CameraStream) {
      pixelFormat = "\(stream.pixelFormat)"
      width = stream.width
      height = stream.height
      bytesPerRow = stream.bytesPerRow
      rate = stream.rate
    }

    enum CodingKeys: String, CodingKey {
      case width, height
      case pixelFormat = "pixel_format"
      case bytesPerRow = "bytes_per_row"
      case rate = "rate_hz"
    }
  }

  package struct Deviation: Codable, Equatable, Sendable {
    package var what: String
    package var asked: Double
    package var got: Double?

    package init(_ deviation: CameraDeviation) {
      what = deviation.what
      asked = deviation.asked
      got = deviation.got
    }
  }

  package struct Scale: Codable, Equatable, Sendable {
    package var device: Device?
    package var kind: FoundScale.Kind
    /// How many load cells; 0 for a scale that weighs by itself.
    package var cells: Int

    package init(device: Device?, kind: FoundScale.Kind, cells: Int) {
      self.device = device
      self.kind = kind
      self.cells = cells
    }
  }
}
