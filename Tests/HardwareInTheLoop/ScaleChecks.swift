import Devices
import Glibc

/// Scales under the real usbhid, cdc_acm, ftdi_sio and nau7802 drivers: what they read is what lies
/// on them, before and after a change.
struct ScaleChecks {
  let inventory: DeviceInventory

  func run(_ checks: inout Checks) throws {
    try checkHID(&checks)
    try checkSerial("ttyACM", .mtSICS, &checks)
    try checkSerial("ttyUSB", .toledo8217(.kilogram), &checks)
    try checkLoadCells(&checks)
  }

  private func checkHID(_ checks: inout Checks) throws {
    guard let found = inventory.scales.first(where: { $0.kind == .hid }) else { return }
    try checkMass("HID scale", HIDScale(found.device.node), grams: [0, 1234, 25_500], &checks)
    FakeCart.tell("weigh -7")
    let scale = try HIDScale(found.device.node)
    for _ in 0..<20 {
      let sample = try scale.next(within: 5)
      guard sample.status == .under else { continue }
      return checks.expect(sample.mass == -0.007, "HID scale below zero", "\(sample)")
    }
    checks.expect(false, "HID scale below zero", "never said so")
  }

  private func checkSerial(
    _ name: String, _ language: SerialScale.Language, _ checks: inout Checks
  ) throws {
    guard
      let found = inventory.scales.first(where: { $0.device.node.hasPrefix("/dev/\(name)") })
    else { return checks.expect(false, "\(name) is there") }
    let scale = try SerialScale(found.device.node, language)
    try checkMass("\(language)", scale, grams: [0, 1234, 25_500, 3], &checks)
    try scale.zero()
    checks.expect(true, "\(language): zeroing is confirmed")
  }

  /// Readings follow each change within a few samples, and then stay.
  private func checkMass(
    _ what: String, _ scale: any Scale, grams: [Int], _ checks: inout Checks
  ) throws {
    for load in grams {
      FakeCart.tell("weigh \(load)")
      let mass = Double(load) / 1000
      var last: ScaleSample?
      var isRight = false
      for _ in 0..<20 where !isRight {
        last = try scale.next(within: 5)
        isRight = abs((last?.mass ?? .nan) - mass) < 1e-9
      }
      let next = try scale.next(within: 5)
      checks.expect(
        isRight && abs((next.mass ?? .nan) - mass) < 1e-9, "\(what) reads \(load) g",
        "\(String(describing: last)), \(next)")
    }
  }

  private func checkLoadCells(_ checks: inout Checks) throws {
    guard let found = inventory.scales.first(where: { $0.kind == .iio }) else {
      return checks.expect(false, "load cells are there")
    }
    checks.expect(found.device.name == "nau7802", "the converter's name", found.device.name)
    let scale = try IIOScale(
      folder: "/sys/bus/iio/devices/iio:device0", inputs: ["in_voltage0"])
    for load in [1234, -50, 20_000] {
      FakeCart.tell("weigh \(load)")
      var counts: [Double] = []
      // The fake chip takes a new load within a tenth of a second, later on a busy machine.
      for _ in 0..<250 where counts != [Double(load * 100)] {
        usleep(20_000)
        counts = try scale.next(within: 5).counts
      }
      checks.expect(counts == [Double(load * 100)], "load cell counts \(load * 100)", "\(counts)")
    }
  }
}
