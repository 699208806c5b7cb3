import Foundation
import TestSupport
import Testing

/// `cartcal devices` in a made-up machine (umockdev): lists, identities, plugging, hostile text. The
/// made-up cameras have no driver, so they do not answer; real drivers are tested by `factory/hil`.
struct DevicesTests {
  private static let fixtures =
    CommandRunner.packageRoot.appendingPathComponent("Tests/EndToEndTests/Fixtures/devices").path
  private static let usb = "/sys/devices/pci0000:00/0000:00:14.0/usb1"

  /// Runs `cartcal devices` with `options` in a machine made by `commands`.
  private func run(_ options: String, _ commands: [String]) throws -> CommandOutcome {
    let script = commands.map { $0 + "\n" }.joined().replacing("@", with: Self.fixtures + "/")
    let folder = try TemporaryFolder()
    try folder.write("script", Array(script.utf8))
    return try CommandRunner.shell(
      "timeout -s KILL 100 \"$(dirname \"$CARTCAL\")/DeviceTestbed\" \"$CARTCAL\" devices "
        + "\(options) < \(folder("script"))")
  }

  private func report(_ machine: String) throws -> JSONValue {
    let outcome = try run("--json", ["load @\(machine).umockdev", "start"])
    #expect(outcome.status == 3, "\(outcome.errors)")
    let folder = try TemporaryFolder()
    try folder.write("devices.json", Array(outcome.output.utf8))
    return try JSONValue(file: folder("devices.json"))
  }

  @Test func aCartIsListed() throws {
    let report = try report("cart")
    let cameras = report["cameras"].array
    #expect(
      cameras.map { $0["node"].text }
        == ["/dev/video0", "/dev/video2", "/dev/video4", "/dev/video6"],
      "the nodes for metadata are left out")
    #expect(
      cameras.map { $0["identity"].text } == [
        "32e4:9230/CAM0000", "32e4:9230/CAM0001", "pci-0000:00:14.0-usb-0:3.1",
        "pci-0000:00:14.0-usb-0:3.2",
      ])
    #expect(cameras.map { $0["identified_by"].text } == ["serial", "serial", "port", "port"])
    let scales = report["scales"].array
    #expect(
      scales.map { $0["node"].text }
        == ["/dev/iio:device2", "/dev/iio:device0", "/dev/hidraw0", "/dev/ttyUSB0"],
      "no keyboard, no console, no port without a chip")
    #expect(scales.map { $0["kind"].text } == ["iio", "iio", "hid", "serial"])
    #expect(
      scales.map { $0["name"].text } == ["nau7802", "hx711", "M25 Scale", "USB Scale Cable"],
      "the driver's name where the converter gives its address on the bus")
    #expect(scales.allSatisfy { $0["status"].text == "ready" })
    #expect(scales[0]["channels"].number == 2)
    #expect(report["accelerometers"].array.map { $0["name"].text } == ["adxl345"])
  }

  @Test func theListFitsTheSchema() throws {
    let outcome = try run("--json", ["load @cart.umockdev", "start"])
    let schema = try SchemaFile("Procedures/Schemas/devices-1.schema.json")
    #expect(try schema.problems(in: Array(outcome.output.utf8)) == [])
  }

  /// Without rights: the program as another user, in a machine whose devices belong to root.
  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func whatMayNotBeOpenedIsNamedWithItsRule() throws {
    let folder = try TemporaryFolder()
    // What umockdev made is root's: nobody else could even list it.
    let asNobody = """
      #!/bin/sh
      chmod -R a+rwX "$UMOCKDEV_DIR"
      exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
      """
    try folder.write("as-nobody", Array(asNobody.utf8))
    try folder.write("script", Array("load \(Self.fixtures)/cart.umockdev\nstart\n".utf8))
    let outcome = try CommandRunner.shell(
      "cp \"$CARTCAL\" \(folder("cartcal")) && chmod 755 \(folder("")) \(folder("as-nobody")) && "
        + "timeout -s KILL 100 \"$(dirname \"$CARTCAL\")/DeviceTestbed\" \(folder("as-nobody")) "
        + "\(folder("cartcal")) devices --json < \(folder("script"))")
    #expect(outcome.status == 3, "\(outcome.errors)")
    try folder.write("devices.json", Array(outcome.output.utf8))
    let report = try JSONValue(file: folder("devices.json"))
    let denied = (report["cameras"].array + report["scales"].array).filter {
      $0["status"].text == "permission_denied"
    }
    #expect(
      denied.map { $0["node"].text } == [
        "/dev/video0", "/dev/video2", "/dev/video4", "/dev/video6", "/dev/hidraw0", "/dev/ttyUSB0",
      ])
    for device in denied {
      #expect(device["problem"].text?.contains("may not be opened by you") == true)
      #expect(device["remedy"].text?.contains("70-cartcal.rules") == true)
      #expect(device["remedy"].text?.contains("GROUP=") == true)
    }
    // Counts are read through sysfs, which needs no rights.
    #expect(report["scales"].array.filter { $0["kind"].text == "iio" }.count == 2)
  }

  /// The rig's scale is a role like those of the cameras.
  @Test(
    arguments: [
      ("kind: mt_sics", "found", "/dev/ttyUSB0", 0),
      ("kind: usb, device: {usb_id: 0922:0000}", "missing", nil, 3),
      ("kind: mt_sics, device: {port: elsewhere}", "missing", nil, 3),
    ] as [(String, String, String?, Int32)])
  func theScaleOfARigIsFound(
    wiring: String, state: String, node: String?, status: Int32
  ) throws {
    let folder = try TemporaryFolder()
    let text = """
      schema: cartcal.rig/1
      name: r
      board: checkerboard:9x6:25mm
      cameras:
        left:
          lens: {kind: wide}
          size_px: [1280, 800]
          cart_from_camera: {translation_m: [0.3, 0, 0.5], looks_at_m: [0, 0, 0.1]}
          tolerance: {position_mm: 20, angle_deg: 4}
          device: {serial: CAM0000}
      scale: {wiring: {\(wiring)}}
      """
    try folder.write("rig.yaml", Array(text.utf8))
    let machine = ["load @cart.umockdev", "start"]
    let outcome = try run("--json --rig \(folder("rig.yaml"))", machine)
    try folder.write("devices.json", Array(outcome.output.utf8))
    let report = try JSONValue(file: folder("devices.json"))
    let role = report["roles"].array.last
    #expect(role?["role"].text == "scale" && role?["state"].text == state)
    #expect(role?["node"].text == node)
    let playing = report["scales"].array.filter { $0["role"].text == "scale" }
    #expect(playing.compactMap { $0["node"].text } == (node.map { [$0] } ?? []))
    #expect(
      try SchemaFile("Procedures/Schemas/devices-1.schema.json")
        .problems(in: Array(outcome.output.utf8)) == [])
    let shown = try run("--rig \(folder("rig.yaml"))", machine)
    #expect(shown.output.contains("scale"), "\(shown.output)")
    // Cameras of this machine have no driver and do not answer.
    #expect(shown.status == 3)
    #expect((status == 3) == shown.output.contains("scale is missing"), "\(shown.output)")
  }

  /// A rig of two roles, each known by serial number and port.
  private func roles(_ first: (String, String), _ second: (String, String)) throws -> JSONValue {
    let folder = try TemporaryFolder()
    var text = "schema: cartcal.rig/1\nname: r\nboard: checkerboard:9x6:25mm\ncameras:\n"
    for (role, match) in [("left", first), ("right", second)] {
      text += """
          \(role):
            lens: {kind: wide}
            size_px: [1280, 800]
            cart_from_camera: {translation_m: [0.3, 0, 0.5], looks_at_m: [0, 0, 0.1]}
            tolerance: {position_mm: 20, angle_deg: 4}
            device: {serial: \(match.0), port: "pci-0000:00:14.0-usb-0:\(match.1)"}

        """
    }
    try folder.write("rig.yaml", Array(text.utf8))
    let outcome = try run(
      "--json --rig \(folder("rig.yaml"))", ["load @cart.umockdev", "start"])
    #expect(outcome.status == 3, "\(outcome.errors)")
    let schema = try SchemaFile("Procedures/Schemas/devices-1.schema.json")
    #expect(try schema.problems(in: Array(outcome.output.utf8)) == [])
    try folder.write("devices.json", Array(outcome.output.utf8))
    return try JSONValue(file: folder("devices.json"))
  }

  @Test func eachCameraHasItsRole() throws {
    let report = try roles(("CAM0000", "1"), ("CAM0001", "2"))
    #expect(report["roles"].array.map { $0["state"].text } == ["found", "found"])
    #expect(report["rig"].text == "r")
    #expect(
      report["cameras"].array.map { $0["role"].text } == ["left", "right", nil, nil])
  }

  @Test func exchangedAndMissingCamerasAreNamed() throws {
    let swapped = try roles(("CAM0000", "2"), ("CAM0001", "1"))["roles"].array
    #expect(swapped.map { $0["state"].text } == ["swapped", "swapped"])
    #expect(swapped.map { $0["node"].text } == ["/dev/video0", "/dev/video2"])
    #expect(swapped[0]["remedy"].text == "Exchange their two plugs.")
    let missing = try roles(("CAM0000", "1"), ("CAM0007", "9"))["roles"].array
    #expect(missing.map { $0["state"].text } == ["found", "missing"])
    let other = try roles(("CAM0000", "1"), ("CAM0007", "2"))["roles"].array
    #expect(other.map { $0["state"].text } == ["found", "other_device"])
  }

  @Test func aRigThatNamesNoDevicesIsBadInput() throws {
    let rig = CommandRunner.packageRoot.appendingPathComponent("rigs/virtual-cart4.yaml").path
    let outcome = try CommandRunner.run(["devices", "--rig", rig])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("does not say which device is"))
  }

  @Test func camerasWithOneSerialNumberAreToldApartByTheirPorts() throws {
    let cameras = try report("same-serials")["cameras"].array
    #expect(cameras.map { $0["serial"].text } == ["200901010001", "200901010001"])
    #expect(
      cameras.map { $0["identity"].text }
        == ["pci-0000:00:14.0-usb-0:1", "pci-0000:00:14.0-usb-0:2"])
  }

  @Test func whatADeviceSaysCannotReachTheTerminal() throws {
    let outcome = try run("", ["load @hostile.umockdev", "start"])
    #expect(outcome.output.contains(#"\u{1B}[2J<script>"#))
    #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{7}"))
  }

  @Test func aDeviceWithoutAnswerIsNamedWithARemedy() throws {
    let outcome = try run("", ["load @same-serials.umockdev", "start"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("/dev/video0 does not answer"))
    #expect(outcome.output.contains("try another cable and port"))
  }

  @Test func nothingPluggedInIsADeviceError() throws {
    let outcome = try run("", ["start"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("Plug them in"))
  }

  @Test func pluggingAndUnpluggingIsTold() throws {
    let outcome = try run(
      "--watch",
      [
        "load @cart.umockdev", "start", "await watching",
        "plug @late-camera.umockdev \(Self.usb)/1-7/1-7:1.0/video4linux/video8",
        "await plugged    /dev/video8  Late Camera  serial 32e4:9230/CAM0009",
        "unplug \(Self.usb)/1-2/1-2:1.0/video4linux/video2",
        "await unplugged  /dev/video2  Cart Camera  serial 32e4:9230/CAM0001", "stop",
      ])
    #expect(outcome.status == 130, "\(outcome.output) \(outcome.errors)")
  }

  @Test func watchingAsJSONPrintsADocumentForEachChange() throws {
    let outcome = try run(
      "--watch --json",
      [
        "load @cart.umockdev", "start", "await \"software\"",
        "unplug \(Self.usb)/1-2/1-2:1.0/video4linux/video2", "await \"software\"", "stop",
      ])
    #expect(outcome.status == 130, "\(outcome.errors)")
    let nodes = outcome.output.matches(of: #/"node": "(.dev.video.)"/#).map { String($0.1) }
    #expect(
      nodes == [
        "/dev/video0", "/dev/video2", "/dev/video4", "/dev/video6", "/dev/video0", "/dev/video4",
        "/dev/video6",
      ])
  }

  /// The rule that a message names for a device is one that the shipped file has, hidraw aside,
  /// where it bears the device's own numbers.
  @Test func theRulesThatMessagesNameAreShipped() throws {
    let rules = try String(
      contentsOf: CommandRunner.packageRoot.appendingPathComponent(
        "factory/udev/70-cartcal.rules"), encoding: .utf8)
    let source = try String(
      contentsOf: CommandRunner.packageRoot.appendingPathComponent(
        "Sources/Devices/Inventory/AccessRule.swift"), encoding: .utf8)
    let named = source.matches(of: /#"(SUBSYSTEM==.*)"#/).map { String($0.1) }
    #expect(named.count == 4)
    for rule in named where !rule.contains("hidraw") { #expect(rules.contains(rule)) }
  }
}
