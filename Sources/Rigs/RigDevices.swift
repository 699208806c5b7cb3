import Devices
import Documents

/// What a rig file says of a camera as a device: by what it is known, what it sends, what is set in
/// it.
enum RigDevices {
  /// A control as a file names it, with what 1 stands for in the control's own unit.
  private struct Control {
    let key: String
    let control: CameraControl
    let unit: Double
    let what: String
    let range: ClosedRange<Double>
  }

  private static var controls: [Control] {
    [
      Control(
        key: "exposure_ms", control: .exposure, unit: 1e-3, what: "an exposure in milliseconds",
        range: 0.001...10_000),
      Control(key: "gain", control: .gain, unit: 1, what: "a gain", range: -1e6...1e6),
      Control(key: "focus", control: .focus, unit: 1, what: "a focus", range: -1e6...1e6),
      Control(
        key: "white_balance_k", control: .whiteBalance, unit: 1,
        what: "a white balance in kelvin", range: 1000...20_000),
      Control(
        key: "power_line_hz", control: .powerLine, unit: 1, what: "0, 50 or 60", range: 0...60),
      Control(
        key: "brightness", control: .brightness, unit: 1, what: "a brightness", range: -1e6...1e6),
    ]
  }

  /// Reads the keys `device`, `stream` and `controls` of a camera.
  static func read(_ fields: YAMLFields, into camera: inout RigCamera) throws(YAMLError) {
    if let node = fields.optional("device") { camera.device = try match(node) }
    if let node = fields.optional("stream") {
      let stream = try YAMLFields(node, of: "a stream", known: ["format", "rate_hz"])
      if let format = stream.optional("format") { camera.pixelFormat = try pixelFormat(format) }
      camera.rate = try stream.optional("rate_hz")?
        .number("pictures a second", in: 0.1...1000)
    }
    guard let node = fields.optional("controls") else { return }
    let named = try YAMLFields(node, of: "the controls", known: controls.map(\.key))
    for control in controls {
      guard let value = named.optional(control.key) else { continue }
      let number = try value.number(control.what, in: control.range)
      if control.control == .powerLine, ![0, 50, 60].contains(number) {
        throw value.mismatch(
          "mains do not have \(Rig.number(number)) Hz", "Write 50 or 60, or 0 for none.")
      }
      camera.controls[control.control] = number * control.unit
    }
  }

  static func syncTolerance(_ node: YAMLNode?) throws(YAMLError) -> Double? {
    guard let node else { return nil }
    return try node.number("milliseconds", in: 0.01...10_000) / 1000
  }

  static func match(_ node: YAMLNode) throws(YAMLError) -> DeviceMatch {
    let fields = try YAMLFields(node, of: "a device", known: ["serial", "port", "usb_id"])
    let match = DeviceMatch(
      serial: try fields.optional("serial")?.text(), port: try fields.optional("port")?.text(),
      usbID: try fields.optional("usb_id")?.text().lowercased())
    guard match != DeviceMatch() else {
      throw node.mismatch(
        "a device that nothing is said of cannot be found",
        "Give port, serial or usb_id as cartcal devices --json lists them.")
    }
    if let id = match.usbID, !isUSBID(id), let node = fields.optional("usb_id") {
      throw node.mismatch(
        "a USB id is vendor and product in hexadecimal", "Write usb_id: \"32e4:9230\"")
    }
    return match
  }

  private static func isUSBID(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { $0.count == 4 && $0.allSatisfy { "0123456789abcdef".contains($0) } }
  }

  private static func pixelFormat(_ node: YAMLNode) throws(YAMLError) -> PixelFormat {
    guard let format = PixelFormat(try node.text()) else {
      throw node.mismatch(
        "a pixel format has four characters",
        "Write it as cartcal devices --json lists it: MJPG, YUYV, GREY.")
    }
    return format
  }

  /// The lines of a scale section without cells, or after them.
  static func lines(_ wiring: ScaleWiring) -> [String] {
    var parts = ["kind: \(wiring.kind.rawValue)"]
    if let match = wiring.match { parts.append("device: \(text(match))") }
    if wiring.kind == .toledo8217 { parts.append("unit: \(wiring.unit.rawValue)") }
    if !wiring.hasChecksum { parts.append("checksum: false") }
    return ["  wiring: {\(parts.joined(separator: ", "))}"]
  }

  private static func text(_ match: DeviceMatch) -> String {
    let parts = [("serial", match.serial), ("port", match.port), ("usb_id", match.usbID)]
      .compactMap { key, value in value.map { "\(key): \(Rig.quoted($0))" } }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// The lines of these keys in a file.
  static func lines(_ camera: RigCamera) -> [String] {
    var lines: [String] = []
    if let match = camera.device { lines.append("    device: \(text(match))") }
    let stream = [
      camera.pixelFormat.map { "format: \(Rig.quoted("\($0)"))" },
      camera.rate.map { "rate_hz: \(Rig.number($0))" },
    ].compactMap { $0 }
    if !stream.isEmpty { lines.append("    stream: {\(stream.joined(separator: ", "))}") }
    let set = controls.compactMap { control in
      camera.controls[control.control].map {
        "\(control.key): \(Rig.number($0 / control.unit))"
      }
    }
    if !set.isEmpty { lines.append("    controls: {\(set.joined(separator: ", "))}") }
    return lines
  }
}
