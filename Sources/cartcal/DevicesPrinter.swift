import Devices
import Documents
import Procedures

/// What is plugged in, for people.
enum DevicesPrinter {
  /// The roles of the rig, where there is one, then the tables of all that is there.
  static func lines(_ outcome: DevicesOutcome) -> [String] {
    guard let assignment = outcome.cameras else { return lines(outcome.inventory) }
    var table = TextTable([("role", .left), ("device", .left), ("known by", .left), ("", .left)])
    let cameras = assignment.roles.map { role in
      (role, role.device.map { outcome.inventory.cameras[$0].device })
    }
    let scale = outcome.scale.map { role in
      (role, role.device.map { outcome.scales[$0].device })
    }
    for (role, device) in cameras + [scale].compactMap({ $0 }) {
      let state =
        role.state == .found
        ? device.map(status) ?? "" : role.state.word.replacing("_", with: " ")
      table.add([
        role.role, device.map { Console.safe($0.node) } ?? "-",
        Console.safe("\(role.match)", limit: 80), state,
      ])
    }
    var lines = table.lines + [""] + roleProblems(outcome)
    let extras = assignment.extras.map { outcome.inventory.cameras[$0].device }
    for extra in extras {
      lines.append("\(summary(extra)) plays no role in the rig. Nothing needs doing.")
    }
    if lines.last != "" { lines.append("") }
    return lines + self.lines(outcome.inventory)
  }

  /// A line for each role that has no device in its place.
  static func roleProblems(_ outcome: DevicesOutcome) -> [String] {
    func lines(_ roles: [RoleAssignment.Role], _ devices: [FoundDevice]) -> [String] {
      roles.compactMap { role in
        role.problem(devices).map { Console.safe("\($0) \(role.remedy ?? "")", limit: 400) }
      }
    }
    return lines(outcome.cameras?.roles ?? [], outcome.inventory.cameras.map(\.device))
      + lines([outcome.scale].compactMap { $0 }, outcome.scales.map(\.device))
  }

  /// The tables of a list, and below them what is wrong and what to do about it.
  static func lines(_ inventory: DeviceInventory) -> [String] {
    guard !inventory.isEmpty else {
      return [
        "no camera, scale or accelerometer is plugged in.",
        "Plug them in and see that their lights are on; lsusb lists what the computer sees at all.",
      ]
    }
    var lines: [String] = []
    if !inventory.cameras.isEmpty {
      var table = TextTable([
        ("camera", .left), ("name", .left), ("known by", .left), ("best picture", .left),
        ("status", .left),
      ])
      for camera in inventory.cameras {
        table.add([
          Console.safe(camera.device.node), Console.safe(camera.device.name, limit: 32),
          identity(camera.device), bestPicture(camera.formats), status(camera.device),
        ])
      }
      lines += table.lines + [""]
    }
    if !inventory.scales.isEmpty {
      var table = TextTable([
        ("scale", .left), ("kind", .left), ("name", .left), ("known by", .left),
        ("inputs", .right), ("status", .left),
      ])
      for scale in inventory.scales {
        table.add([
          Console.safe(scale.device.node), kind(scale.kind),
          Console.safe(scale.device.name, limit: 32), identity(scale.device), "\(scale.channels)",
          status(scale.device),
        ])
      }
      lines += table.lines + [""]
    }
    if !inventory.accelerometers.isEmpty {
      var table = TextTable([
        ("accelerometer", .left), ("name", .left), ("known by", .left), ("status", .left),
      ])
      for accelerometer in inventory.accelerometers {
        let device = accelerometer.device
        table.add([
          Console.safe(device.node), Console.safe(device.name, limit: 32), identity(device),
          status(device),
        ])
      }
      lines += table.lines + [""]
    }
    lines.append(
      NumberText.count(inventory.cameras.count, "camera") + ", "
        + NumberText.count(inventory.scales.filter { $0.kind != .serial }.count, "scale") + ", "
        + NumberText.count(inventory.scales.filter { $0.kind == .serial }.count, "serial line"))
    for device in inventory.devices {
      guard let problem = device.problem else { continue }
      lines += [""] + advice(problem)
    }
    return lines
  }

  /// A change as one line.
  static func line(_ change: DeviceChange) -> String {
    switch change {
    case .plugged(let device): "plugged    \(summary(device)): \(status(device))"
    case .unplugged(let device): "unplugged  \(summary(device))"
    case .changed(let device): "changed    \(summary(device)): now \(status(device))"
    }
  }

  private static func summary(_ device: FoundDevice) -> String {
    "\(Console.safe(device.node))  \(Console.safe(device.name, limit: 32))  \(identity(device))"
  }

  private static func identity(_ device: FoundDevice) -> String {
    "\(device.identity.basis.rawValue) \(Console.safe(device.identity.text, limit: 80))"
  }

  private static func kind(_ kind: FoundScale.Kind) -> String {
    switch kind {
    case .iio: "load cells"
    case .hid: "USB scale"
    case .serial: "serial line"
    }
  }

  private static func status(_ device: FoundDevice) -> String {
    let word =
      switch device.status {
      case .ready: "ready"
      case .permissionDenied: "permission denied"
      case .busy: "busy"
      case .noAnswer: "no answer"
      case .unsupported: "unsupported"
      }
    guard device.status != .ready || !device.holders.isEmpty else { return word }
    let holders = device.holders.map { Console.safe("\($0)", limit: 60) }
    return holders.isEmpty ? word : "\(word), open in \(holders.joined(separator: ", "))"
  }

  /// The largest picture, and how often it comes.
  private static func bestPicture(_ formats: [CameraFormat]) -> String {
    var best: (format: PixelFormat, size: CameraFormat.Size)?
    for format in formats {
      for size in format.sizes where isBetter(size, than: best?.size) {
        best = (format.pixelFormat, size)
      }
    }
    guard let best else { return "-" }
    let rate = best.size.rates.first.map { " \(NumberText.fixed($0, 0))/s" } ?? ""
    return "\(best.size.width)x\(best.size.height) \(Console.safe("\(best.format)"))\(rate)"
  }

  private static func isBetter(
    _ size: CameraFormat.Size, than best: CameraFormat.Size?
  ) -> Bool {
    guard let best else { return true }
    let (pixels, most) = (size.width * size.height, best.width * best.height)
    return pixels != most ? pixels > most : (size.rates.first ?? 0) > (best.rates.first ?? 0)
  }

  private static func advice(_ problem: DeviceError) -> [String] {
    let mark = "problem   "
    let text = TextWrap.lines(
      Console.safe(problem.problem, limit: 1000), indent: mark.count, width: 96)
    let remedy = TextWrap.lines(
      Console.safe(problem.remedy, limit: 1000), indent: mark.count, width: 96)
    return [mark + text[0].dropFirst(mark.count)] + text.dropFirst() + remedy
  }
}
