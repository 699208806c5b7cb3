import Devices
import Documents
import Files
import Glibc

/// `cartcal devices --rig` under real drivers: each camera in its role, then with two plugs
/// exchanged, with one unplugged and with one too many.
struct RoleChecks {
  let inventory: DeviceInventory
  private static let rig = "/tmp/cart.yaml"

  func run(_ checks: inout Checks) throws {
    try Files.writeNew(Self.rig, Array(rigText.utf8))
    expect(0, ["front_left   /dev/video0", "rear_right", "ready"], "every role is found", &checks)
    let capture = Program("capture --rig \(Self.rig) --out /tmp/by-role --frames 10 --cart CART-1")
    checks.expect(capture.wait() == 0, "capture by roles ends well", capture.said)
    let folders = try Files.list("/tmp/by-role", limit: 100).compactMap(\.name)
    checks.expect(
      folders.filter { !$0.contains(".") }
        == ["front_left", "front_right", "rear_left", "rear_right"],
      "its folders are the roles", "\(folders)")

    let made = Program("rig new --board checkerboard:9x6:25mm -o /tmp/made.yaml --name made")
    checks.expect([0, 1].contains(made.wait()), "a rig is made of what is plugged in", made.said)
    let again = Program("capture --rig /tmp/made.yaml --out /tmp/by-made-rig --frames 10")
    checks.expect(again.wait() == 0, "and serves to capture", again.said)

    FakeCart.tell("unplug cam0")
    FakeCart.tell("unplug cam1")
    FakeCart.tell("settle")
    expect(3, ["front_left is missing: no device with serial CAM0000"], "missing", &checks)
    // The same two cameras, each in the other's port.
    FakeCart.tell("exchange cam0 cam1")
    FakeCart.tell("settle")
    expect(
      3, ["front_left and front_right are swapped", "Exchange their two plugs."],
      "exchanged plugs are named", &checks)
    let refused = Program("capture --rig \(Self.rig) --out /tmp/swapped --frames 10")
    checks.expect(
      refused.wait() == 3 && refused.said.contains("are swapped"),
      "capture refuses exchanged plugs", refused.said)
    FakeCart.tell("unplug cam0")
    FakeCart.tell("unplug cam1")
    FakeCart.tell("settle")
    FakeCart.tell("exchange cam0 cam1")
    FakeCart.tell("settle")
    expect(0, ["ready"], "and found again when they are put right", &checks)
  }

  private func expect(
    _ status: Int32, _ texts: [String], _ what: String, _ checks: inout Checks
  ) {
    let listing = Program("devices --rig \(Self.rig)")
    let got = listing.wait()
    checks.expect(
      got == status && texts.allSatisfy { listing.said.contains($0) }, "devices --rig: \(what)",
      "status \(got): \(listing.said)")
  }

  /// The rig of the cameras that are plugged in.
  var rigText: String {
    let roles = ["front_left", "front_right", "rear_left", "rear_right"]
    var text = """
      schema: cartcal.rig/1
      name: fake
      board: checkerboard:9x6:25mm
      sync_tolerance_ms: 95
      cameras:

      """
    for (role, camera) in zip(roles, inventory.cameras) {
      let serial = camera.device.address.serial.map { "serial: \($0), " } ?? ""
      let place = "{translation_m: [0.3, 0.2, 0.5], looks_at_m: [0, 0, 0.1]}"
      text += """
          \(role):
            lens: {kind: wide}
            size_px: [320, 240]
            cart_from_camera: \(place)
            tolerance: {position_mm: 20, angle_deg: 4}
            device: {\(serial)port: "\(camera.device.address.port)", usb_id: "32e4:9230"}
            stream: {rate_hz: 10}

        """
    }
    return text
  }
}
