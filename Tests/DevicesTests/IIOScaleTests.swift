import TestSupport
import Testing

@testable import Devices

/// A folder of files stands for the device's folder in sysfs.
struct IIOScaleTests {
  private func device(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, Array((text + "\n").utf8)) }
    return folder
  }

  @Test func offsetBinaryOfAnHX711IsUndone() throws {
    let folder = try device([
      "name": "hx711", "in_voltage0_raw": "8388708", "in_voltage1_raw": "8388508",
      "in_voltage_scale": "0.0001",
    ])
    let scale = try IIOScale(folder: folder.path)
    let sample = try scale.next(within: 1)
    #expect(scale.cells == 2 && sample.counts == [100, -100] && sample.status == [])
    #expect(sample.mass == nil && sample.temperature == nil)
  }

  @Test func anOffsetThatTheDriverNamesIsAdded() throws {
    let folder = try device([
      "name": "ad7780", "in_voltage0_raw": "8388618", "in_voltage0_offset": "-8388608",
    ])
    #expect(try IIOScale(folder: folder.path).next(within: 1).counts == [10])
  }

  @Test func inputsComeInTheOrderOfTheCells() throws {
    let folder = try device([
      "name": "ad7124-8", "in_voltage0-voltage1_raw": "1", "in_voltage2-voltage3_raw": "2",
      "in_voltage10-voltage11_raw": "3", "in_temp_input": "21500",
    ])
    let all = try IIOScale(folder: folder.path).next(within: 1)
    #expect(all.counts == [1, 2, 3] && all.temperature == 21.5)
    let some = try IIOScale(
      folder: folder.path, inputs: ["in_voltage10-voltage11", "in_voltage0-voltage1"])
    #expect(try some.next(within: 1).counts == [3, 1])
  }

  @Test(arguments: [("16777215", ScaleStatus.over), ("0", .under)])
  func aConverterAtItsEndSaysSo(_ raw: String, _ status: ScaleStatus) throws {
    let folder = try device(["name": "hx711", "in_voltage0_raw": raw])
    #expect(try IIOScale(folder: folder.path).next(within: 1).status == status)
  }

  @Test func whatCannotBeReadIsNamed() throws {
    let text = try device(["name": "hx711", "in_voltage0_raw": "not a number"])
    #expect(throws: DeviceError.self) { try IIOScale(folder: text.path).next(within: 1) }
    let none = try device(["name": "bmp280"])
    #expect(throws: DeviceError.self) { try IIOScale(folder: none.path) }
    let other = try device(["name": "hx711", "in_voltage0_raw": "1"])
    #expect(throws: DeviceError.self) { try IIOScale(folder: other.path, inputs: ["in_voltage7"]) }
  }
}
