import Documents
import Geometry

extension Rig {
  /// The rig as a YAML file; reading it back gives the same rig to the last digits of its numbers.
  package var yaml: String {
    var lines = [
      "# A cart design, read by cartcal --rig; every key is explained in Documentation/formats.md.",
      "# Cart frame: origin at the centre of the basket floor, x right, y forward, z up. Metres.",
      "schema: \(Self.schemaName)", "name: \(Self.quoted(name))",
    ]
    if !description.isEmpty { lines.append("description: \(Self.quoted(description))") }
    lines.append("board: \(board.word)")
    if let size = basket?.size { lines += ["basket:", "  size_m: \(Self.list(size))"] }
    lines += ["cameras:"]
    for camera in cameras { lines += Self.lines(camera) }
    if !datum.isEmpty { lines += ["datum:"] }
    for pose in datum {
      lines += [
        "  - frame: \(Self.quoted(pose.frame))", "    cart_from_board:",
        "      translation_m: \(Self.list(pose.cartFromBoard.translation))",
        "      rotation_wxyz: \(Self.list(pose.cartFromBoard.rotation))",
        "    sigma: \(Self.pair(pose.positionSigma, pose.angleSigma))",
      ]
    }
    let limits = RigLimit.changed(limits)
    if !limits.isEmpty { lines += ["limits:"] }
    for limit in limits { lines.append("  \(limit.key): \(Self.number(limit.number))") }
    if let seconds = syncTolerance {
      lines.append("sync_tolerance_ms: \(Self.number(seconds * 1000))")
    }
    if scale != nil || scaleWiring != nil { lines.append("scale:") }
    if let scale { lines += scale.yamlLines(number: Self.number, quoted: Self.quoted) }
    if let scaleWiring { lines += RigDevices.lines(scaleWiring) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ camera: RigCamera) -> [String] {
    var lens = "kind: \(camera.lens.family.rawValue)"
    if camera.lens.model != camera.lens.family.model {
      lens += ", model: \(camera.lens.model?.rawValue ?? "auto")"
    }
    if let focal = camera.lens.focal { lens += ", focal_px: \(number(focal))" }
    let pose = camera.place.cartFromCamera
    return [
      "  \(quoted(camera.role)):", "    lens: {\(lens)}",
      "    size_px: [\(camera.width), \(camera.height)]", "    cart_from_camera:",
      "      translation_m: \(list(pose.translation))",
      "      rotation_wxyz: \(list(pose.rotation))",
      "    tolerance: \(pair(camera.place.positionTolerance, camera.place.angleTolerance))",
    ] + RigDevices.lines(camera)
  }

  private static func pair(_ position: Double, _ angle: Double) -> String {
    "{position_mm: \(number(position * 1000)), angle_deg: \(number(angle * 180 / .pi))}"
  }

  private static func list(_ v: Vector3) -> String {
    "[" + [v.x, v.y, v.z].map(number).joined(separator: ", ") + "]"
  }

  private static func list(_ q: Rotation) -> String {
    "[" + [q.w, q.x, q.y, q.z].map(number).joined(separator: ", ") + "]"
  }

  /// To 1e-12: what is beyond is rounding of whoever computed it.
  static func number(_ value: Double) -> String {
    let rounded = (value * 1e12).rounded() / 1e12
    let text = "\(rounded == 0 ? 0 : rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A text as YAML's double-quoted scalar; names that read as themselves stay plain.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true && !["null", "true", "false"].contains(text)
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
    guard !isPlain else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
