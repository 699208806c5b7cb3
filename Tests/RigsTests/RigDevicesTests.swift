import Devices
import Documents
import Testing

@testable import Rigs

/// A rig of one camera with these lines added to it.
private func rig(_ lines: String, top: String = "") throws -> Rig {
  let text = """
    schema: cartcal.rig/1
    name: one
    board: checkerboard:9x6:25mm
    \(top)
    cameras:
      front:
        lens: {kind: wide}
        size_px: [1280, 800]
        cart_from_camera: {translation_m: [0.3, 0.2, 0.5], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
    \(lines)
    """
  return try Rig(bytes: Array(text.utf8), file: "one.yaml")
}

@Test func whatAFileSaysOfADeviceIsRead() throws {
  let rig = try rig(
    """
        device: {port: "pci-0000:00:14.0-usb-0:2", usb_id: 32E4:9230, serial: CAM7}
        stream: {format: MJPG, rate_hz: 30}
        controls: {exposure_ms: 8, gain: 3, white_balance_k: 4600, power_line_hz: 50}
    """, top: "sync_tolerance_ms: 12.5")
  let camera = rig.cameras[0]
  #expect(
    camera.device
      == DeviceMatch(serial: "CAM7", port: "pci-0000:00:14.0-usb-0:2", usbID: "32e4:9230"))
  #expect(camera.pixelFormat?.description == "MJPG" && camera.rate == 30)
  #expect(
    camera.controls == [.exposure: 0.008, .gain: 3, .whiteBalance: 4600, .powerLine: 50])
  #expect(rig.syncTolerance == 0.0125)
  // Writing and reading changes nothing.
  let again = try Rig(bytes: Array(rig.yaml.utf8), file: "again.yaml")
  #expect(again.cameras[0].device == camera.device)
  #expect(again.cameras[0].controls == camera.controls && again.cameras[0].rate == camera.rate)
  #expect(again.cameras[0].pixelFormat == camera.pixelFormat)
  #expect(again.syncTolerance == rig.syncTolerance)
}

@Test func withoutThemNothingIsSaid() throws {
  let rig = try rig("")
  #expect(rig.cameras[0].device == nil && rig.cameras[0].controls == [:])
  #expect(rig.syncTolerance == nil && !rig.yaml.contains("device"))
}

@Test(arguments: [
  ("    device: {}", "cannot be found"), ("    device: {bus: 1}", "no key \"bus\""),
  ("    device: {usb_id: camera}", "vendor and product"),
  ("    stream: {format: MOTIONJPEG}", "four characters"),
  ("    stream: {rate_hz: 0}", "cannot be right"),
  ("    controls: {power_line_hz: 55}", "mains do not have 55 Hz"),
  ("    controls: {exposure: 8}", "exposure_ms"),
  ("    controls: {exposure_ms: fast}", "an exposure in milliseconds"),
])
func whatMakesNoSenseIsNamedWithItsLine(_ lines: String, _ said: String) throws {
  let error = #expect(throws: RigError.self) { try rig(lines) }
  let text = error.map { "\($0)" } ?? ""
  #expect(text.contains(said) && text.contains("one.yaml:11"), "\(text)")
}

/// How a scale is wired, read and written back: with cells, and without where it weighs by itself.
@Test(arguments: [
  ("kind: mt_sics", ScaleWiring(.mtSICS)),
  ("kind: toledo_8217, unit: lb", ScaleWiring(.toledo8217, unit: .pound)),
  ("kind: toledo_continuous, checksum: false", ScaleWiring(.toledoContinuous, hasChecksum: false)),
  (
    "kind: usb, device: {usb_id: 0922:8003, port: p}",
    ScaleWiring(.usb, match: DeviceMatch(port: "p", usbID: "0922:8003"))
  ),
])
func theWiringOfAScaleIsRead(text: String, wiring: ScaleWiring) throws {
  let rig = try rig("scale:\n  wiring: {\(text)}")
  #expect(rig.scaleWiring == wiring && rig.scale == nil)
  let again = try Rig(bytes: Array(rig.yaml.utf8), file: "again.yaml")
  #expect(again.scaleWiring == wiring && again.scale == nil)
}

@Test func loadCellsAreWiredBesideTheirPlaces() throws {
  let rig = try rig(
    """
    scale:
      cells: {left: {xy_m: [-0.2, 0]}, right: {xy_m: [0.2, 0]}}
      wiring: {kind: load_cells, device: {serial: C7}}
    """)
  #expect(rig.scaleWiring == ScaleWiring(.loadCells, match: DeviceMatch(serial: "C7")))
  #expect(rig.scale?.cells.count == 2)
  let again = try Rig(bytes: Array(rig.yaml.utf8), file: "again.yaml")
  #expect(again.scaleWiring == rig.scaleWiring && again.scale == rig.scale)
}

@Test(arguments: [
  ("wiring: {kind: serial}", "no such kind of scale"), ("wiring: {device: {port: p}}", "kind"),
  ("wiring: {kind: mt_sics, unit: kg}", "toledo_8217"),
  ("wiring: {kind: toledo_8217, unit: tael}", "differs between countries"),
  ("wiring: {kind: toledo_8217, unit: stone}", "no such unit of mass"),
  ("wiring: {kind: toledo_continuous, checksum: perhaps}", "true or false"),
  ("wiring: {kind: usb, checksum: true}", "toledo_continuous"),
  ("wiring: {kind: load_cells}", "cells"),
  ("{wiring: {kind: usb}, cells: {a: {xy_m: [0, 0]}}}", "weighs by itself and has no cells"),
])
func aWiringThatCannotBeIsRefused(text: String, words: String) {
  let error = #expect(throws: RigError.self) { try rig("scale:\n  \(text)") }
  #expect(error.map { "\($0)" }?.contains(words) == true, "\(String(describing: error))")
}
