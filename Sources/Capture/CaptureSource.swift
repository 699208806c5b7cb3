package import Devices

/// A camera to be recorded, and how it is opened.
package struct CaptureSource: Sendable {
  package let role: String
  /// Nil for a camera that is no device.
  package let device: FoundDevice?
  /// What is set in it.
  package let controls: [CameraControl: Double]
  /// Opens the camera, and opens it again when it was away: `.missing` or `.gone` while it is not
  /// there. Called on the thread that reads it.
  package let open: @Sendable () throws(DeviceError) -> any Camera

  package init(
    role: String, device: FoundDevice?, controls: [CameraControl: Double] = [:],
    open: @escaping @Sendable () throws(DeviceError) -> any Camera
  ) {
    self.role = role
    self.device = device
    self.controls = controls
    self.open = open
  }
}

extension CaptureSource {
  /// A camera that is plugged in; after it was unplugged it is known again by its identity.
  package init(role: String, camera: FoundCamera, request: CameraRequest) {
    let (identity, node) = (camera.device.identity, camera.device.node)
    self.init(role: role, device: camera.device, controls: request.controls) {
      () throws(DeviceError) in
      guard let now = try identity.cameraNode() else { throw .missing(node: node) }
      return try V4L2Camera(now, request)
    }
  }
}

/// A scale to be recorded beside the cameras, and how it is opened.
package struct ScaleSource: Sendable {
  /// Nil for a scale that is no device.
  package let device: FoundDevice?
  package let kind: FoundScale.Kind
  /// How far the cart is tilted, radians; nil where it is not measured.
  package var tilt: (@Sendable () throws(DeviceError) -> SIMD2<Double>?)?
  /// Called on the thread that reads it.
  package let open: @Sendable () throws(DeviceError) -> any Scale

  package init(
    device: FoundDevice?, kind: FoundScale.Kind,
    tilt: (@Sendable () throws(DeviceError) -> SIMD2<Double>?)? = nil,
    open: @escaping @Sendable () throws(DeviceError) -> any Scale
  ) {
    self.device = device
    self.kind = kind
    self.tilt = tilt
    self.open = open
  }
}

extension ScaleSource {
  /// The tilt that an accelerometer tells.
  package static func tilt(
    of accelerometer: FoundAccelerometer
  ) -> @Sendable () throws(DeviceError) -> SIMD2<Double>? {
    let folder = accelerometer.device.sysfsFolder
    return { () throws(DeviceError) in try IIOAccelerometer(folder: folder).tilt() }
  }

  /// A scale that is plugged in; after it was unplugged it is known again by its identity. Nil for a
  /// serial line without `language`: nobody can see from outside what is spoken there.
  package init?(_ scale: FoundScale, speaking language: SerialScale.Language? = nil) {
    guard scale.kind != .serial || language != nil else { return nil }
    let (identity, kind, node) = (scale.device.identity, scale.kind, scale.device.node)
    self.init(device: scale.device, kind: kind) { () throws(DeviceError) in
      guard let now = try identity.scale(kind) else { throw .missing(node: node) }
      return try now.opened(speaking: language)
    }
  }
}
