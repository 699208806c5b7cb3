import Testing

@testable import Devices

private func device(_ node: String, _ usbID: String, _ port: String, _ serial: String? = nil)
  -> FoundDevice
{
  FoundDevice(
    node: node, name: "Cart Camera", driver: nil,
    address: DeviceAddress(
      usbID: usbID, manufacturer: nil, product: nil, serial: serial, port: port, physical: port,
      interface: nil), identity: DeviceIdentity(basis: .port, text: port), status: .ready,
    problem: nil, holders: [])
}

private func states(_ wanted: [(String, DeviceMatch)], _ devices: [FoundDevice]) -> [RoleState] {
  RoleAssignment(wanted.map { (role: $0.0, match: $0.1) }, among: devices).roles.map(\.state)
}

struct RoleAssignmentTests {
  private static let (wide, narrow) = ("32e4:9230", "32e4:1111")
  private static let rig: [(String, DeviceMatch)] = [
    ("left", DeviceMatch(port: "usb-1", usbID: wide)),
    ("right", DeviceMatch(port: "usb-2", usbID: narrow)),
    ("rear", DeviceMatch(port: "usb-3", usbID: narrow)),
  ]
  private static let left = device("/dev/video0", wide, "usb-1")
  private static let right = device("/dev/video2", narrow, "usb-2")
  private static let rear = device("/dev/video4", narrow, "usb-3")

  @Test func eachInItsPlace() {
    let extra = device("/dev/video9", Self.wide, "usb-9")
    let assignment = RoleAssignment(
      Self.rig.map { (role: $0.0, match: $0.1) }, among: [extra, Self.rear, Self.left, Self.right])
    #expect(assignment.isComplete)
    #expect(assignment.roles.map(\.device) == [2, 3, 1])
    #expect(assignment.extras == [0])
    #expect(assignment.roles.allSatisfy { $0.problem([]) == nil && $0.remedy == nil })
  }

  @Test func whatIsNotThereIsMissing() {
    #expect(states(Self.rig, [Self.left, Self.rear]) == [.found, .missing, .found])
    #expect(states(Self.rig, []) == [.missing, .missing, .missing])
  }

  /// Plugs of cameras of two kinds, or with serial numbers, are seen to be exchanged.
  @Test func exchangedPlugsAreNamedOnBothSides() {
    let devices = [
      device("/dev/video0", Self.wide, "usb-2"), device("/dev/video2", Self.narrow, "usb-1"),
      Self.rear,
    ]
    let assignment = RoleAssignment(Self.rig.map { (role: $0.0, match: $0.1) }, among: devices)
    #expect(
      assignment.roles.map(\.state) == [.swapped(with: "right"), .swapped(with: "left"), .found])
    #expect(assignment.roles.map(\.device) == [0, 1, 2])
    #expect(assignment.extras == [] && !assignment.isComplete)
    let said = assignment.roles[0].problem(devices) ?? ""
    #expect(said.contains("left and right are swapped") && said.contains("usb-2"))
    let serials: [(String, DeviceMatch)] = [
      ("a", DeviceMatch(serial: "S1", port: "usb-1")),
      ("b", DeviceMatch(serial: "S2", port: "usb-2")),
    ]
    #expect(
      states(
        serials,
        [
          device("/dev/video0", Self.wide, "usb-1", "S2"),
          device("/dev/video2", Self.wide, "usb-2", "S1"),
        ]) == [.swapped(with: "b"), .swapped(with: "a")])
  }

  @Test func aCameraInAForeignPortIsMisplaced() {
    let moved = device("/dev/video0", Self.wide, "usb-7")
    #expect(states(Self.rig, [moved, Self.right, Self.rear]) == [.misplaced, .found, .found])
  }

  @Test func anotherCameraInThePortIsNamed() {
    let other = device("/dev/video0", "0000:0001", "usb-1")
    #expect(
      states(Self.rig, [other, Self.right, Self.rear]) == [.otherDevice(0), .found, .found])
  }

  @Test func severalThatFitAreNotChosenFrom() {
    let anywhere = [("left", DeviceMatch(usbID: Self.narrow))]
    #expect(states(anywhere, [Self.right, Self.rear]) == [.duplicated(devices: [0, 1])])
    #expect(states(anywhere, [Self.right]) == [.found])
  }

  /// Alike cameras without serial numbers cannot be told apart: exchanging them is no news, and
  /// nothing is made up.
  @Test func alikeCamerasAreKnownByTheirPortsAlone() {
    let moved = device("/dev/video4", Self.narrow, "usb-8")
    #expect(states(Self.rig, [Self.left, Self.right, moved]) == [.found, .found, .misplaced])
  }

  @Test func everyStateHasItsWord() {
    let states: [RoleState] = [
      .found, .missing, .duplicated(devices: []), .swapped(with: ""), .misplaced, .otherDevice(0),
    ]
    #expect(states.map(\.word) == RoleState.words)
  }
}
