import Devices
import Files
import Glibc
import Sessions

/// `cartcal capture` of scales by the wiring of a rig, under real drivers: what lay on them, through
/// unplugging, and a role that is missing.
struct ScaleCaptureChecks {
  let inventory: DeviceInventory

  func run(_ checks: inout Checks) throws {
    try check("toledo_8217, unit: kg", usbID: "0403:6001", device: "ftdi", &checks)
    try check("mt_sics", usbID: "2341:8036", device: "acm", &checks)
    try check("usb", usbID: "0922:8003", device: "hid", &checks)
  }

  private func check(
    _ kind: String, usbID: String, device: String, _ checks: inout Checks
  ) throws {
    let (rig, path) = ("/tmp/scale-\(device).yaml", "/tmp/scale-\(device)")
    let text =
      RoleChecks(inventory: inventory).rigText
      + "scale:\n  wiring: {kind: \(kind), device: {usb_id: \"\(usbID)\"}}\n"
    try Files.writeNew(rig, Array(text.utf8))
    FakeCart.tell("weigh 1000")
    let capture = Program("capture --rig \(rig) --out \(path)")
    var steps = [capture.await("of all cameras")]
    sleep(2)
    FakeCart.tell("unplug \(device)")
    steps.append(capture.await("scale  unplugged"))
    FakeCart.tell("settle")
    let listing = Program("devices --rig \(rig)")
    checks.expect(
      listing.wait() == 3 && listing.said.contains("scale is missing"),
      "\(device): devices says that the scale is missing", listing.said)
    FakeCart.tell("weigh 2000")
    FakeCart.tell("replug \(device)")
    FakeCart.tell("settle")
    steps.append(capture.await("scale  plugged in again"))
    sleep(2)
    checks.expect(
      capture.interrupt() == 0 && steps == [true, true, true],
      "\(device): capture outlives the scale's unplugging", "\(steps) \(capture.said)")
    let masses = try ScaleTable(file: path + "/scale.csv").rows.compactMap(\.sample.mass)
    checks.expect(
      Set(masses) == [1, 2] && masses.last == 2 && masses == masses.sorted(),
      "\(device): scale.csv has the weight before and after", "\(Set(masses)), \(masses.count)")
    let events = try SessionReader.read(path).recording?.events.filter { $0.device == "scale" }
    checks.expect(
      events?.map(\.event) == [.unplugged, .replugged], "\(device): the gap is recorded",
      "\(String(describing: events))")
  }
}
