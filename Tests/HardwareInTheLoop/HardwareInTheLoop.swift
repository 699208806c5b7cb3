import Devices
import Glibc

/// `hil-check [rate | soak SECONDS]`: runs in the virtual machine of `factory/hil` and holds what
/// `Devices` sees and reads under real drivers, and what `cartcal` records and lists, against what
/// the fake cart there was told to be. Ends with status 1 when a check fails.
@main
struct HardwareInTheLoop {
  static func main() {
    var checks = Checks()
    do {
      let inventory = try DeviceInventory.take()
      switch CommandLine.arguments.dropFirst().first {
      case "rate": try RateCheck(inventory: inventory).run(&checks)
      case "soak":
        let seconds = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 600
        try Soak(seconds: seconds).run(&checks)
      default:
        checkInventory(inventory, &checks)
        try ScaleChecks(inventory: inventory).run(&checks)
        try CameraChecks(inventory: inventory).run(&checks)
        try CaptureChecks(inventory: inventory).run(&checks)
        try RoleChecks(inventory: inventory).run(&checks)
        try ScaleCaptureChecks(inventory: inventory).run(&checks)
      }
    } catch {
      checks.expect(false, "no error", "\(error)")
    }
    print("\(checks.count - checks.failures) of \(checks.count) checks hold")
    exit(checks.failures == 0 ? 0 : 1)
  }

  private static func checkInventory(_ inventory: DeviceInventory, _ checks: inout Checks) {
    let cameras = inventory.cameras.map(\.device)
    let serials = cameras.filter { $0.identity.basis == .serial }.map(\.identity.text).sorted()
    checks.expect(
      serials == (0..<3).map { "32e4:9230/CAM000\($0)" }, "three cameras are known by serial",
      "\(serials)")
    let ports = cameras.filter { $0.identity.basis == .port }.map(\.identity.text)
    checks.expect(
      ports.count == 1 && ports[0].contains("vhci_hcd"), "the one without a serial by its port",
      "\(ports)")
    checks.expect(
      inventory.cameras.allSatisfy { $0.formats.first?.sizes.first?.rates.isEmpty == false },
      "every camera tells formats, sizes and rates")
    checks.expect(
      inventory.scales.map(\.kind) == [.iio, .hid, .serial, .serial], "all scales are found",
      "\(inventory.scales.map(\.device.node))")
    let unready = inventory.devices.filter { $0.status != .ready }
    checks.expect(unready.isEmpty, "all are ready", "\(unready.map(\.problem))")
  }
}
