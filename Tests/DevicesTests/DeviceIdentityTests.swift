import Testing

@testable import Devices

struct DeviceIdentityTests {
  private func address(
    _ port: String, serial: String?, device: String? = nil, interface: String? = nil
  ) -> DeviceAddress {
    DeviceAddress(
      usbID: "32e4:9230", manufacturer: nil, product: nil, serial: serial, port: port,
      physical: device ?? port, interface: interface)
  }

  @Test func aSerialNumberThatOneDeviceHasIdentifiesIt() {
    let identities = DeviceAddress.identities(of: [
      address("p1", serial: "CAM0"), address("p2", serial: "CAM1"), address("p3", serial: nil),
    ])
    #expect(identities.map(\.basis) == [.serial, .serial, .port])
    #expect(identities.map(\.text) == ["32e4:9230/CAM0", "32e4:9230/CAM1", "p3"])
  }

  @Test func aSharedSerialNumberIdentifiesNobody() {
    let identities = DeviceAddress.identities(of: [
      address("p1", serial: "X1"), address("p2", serial: "X1"), address("p3", serial: "X2"),
    ])
    #expect(identities.map(\.text) == ["p1", "p2", "32e4:9230/X2"])
  }

  @Test(arguments: ["0", "00000000", "1", "FFFF"])
  func aSerialNumberOfOneDigitIsNone(_ serial: String) {
    #expect(DeviceAddress.identities(of: [address("p", serial: serial)])[0].basis == .port)
  }

  @Test func interfacesOfOneDeviceAreToldApart() {
    let identities = DeviceAddress.identities(of: [
      address("p1", serial: "S7", device: "d", interface: "00"),
      address("p1", serial: "S7", device: "d", interface: "02"),
    ])
    #expect(identities.map(\.text) == ["32e4:9230/S7#00", "32e4:9230/S7#02"])
  }
}
