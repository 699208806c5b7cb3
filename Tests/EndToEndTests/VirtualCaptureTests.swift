import Foundation
import TestSupport
import Testing

/// `cartcal capture --virtual`: cameras and a scale that are not there, faster than real time.
struct VirtualCaptureTests {
  private static let rig = """
    schema: cartcal.rig/1
    name: small
    board: checkerboard:6x5:25mm
    basket: {size_m: [0.5, 0.4, 0.4]}
    cameras:
      left:
        lens: {kind: pinhole, focal_px: 200}
        size_px: [320, 240]
        cart_from_camera: {translation_m: [-0.2, -0.1, 0.45], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
      right:
        lens: {kind: pinhole, focal_px: 200}
        size_px: [320, 240]
        cart_from_camera: {translation_m: [0.2, -0.1, 0.45], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
    scale:
      cells:
        a: {xy_m: [-0.27, -0.19]}
        b: {xy_m: [0.27, -0.19]}
        c: {xy_m: [0.27, 0.19]}
        d: {xy_m: [-0.27, 0.19]}
    """

  private func capture(
    _ folder: TemporaryFolder, _ name: String, _ words: String...
  ) throws -> CommandOutcome {
    try Data(Self.rig.utf8).write(to: URL(fileURLWithPath: folder("rig.yaml")))
    return try CommandRunner.run(
      ["capture", "--rig", folder("rig.yaml"), "--out", folder(name)] + words)
  }

  @Test func aVirtualCartIsRecordedWhole() throws {
    let folder = try TemporaryFolder()
    let start = Date()
    for name in ["one", "two"] {
      let outcome = try capture(folder, name, "--virtual", "5", "--frames", "60", "--cart", "V-1")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    // Six seconds went by, twice. A machine that is busy with other things may need longer.
    #expect(Date().timeIntervalSince(start) < 60)
    let session = try JSONValue(file: folder("one/session.json"))
    #expect(session["cart"].text == "V-1" && session["rig"]["name"].text == "small")
    let end = session["end"]
    #expect(end["frames"].number == 60 && end["reason"].text == "done", "\(end.raw)")
    for role in ["left", "right"] {
      let camera = end["cameras"][role]
      #expect(camera["gaps"].array.isEmpty, "\(camera.raw)")
      #expect(camera["drops_by_sequence"].number == 0 && camera["drops_by_time"].number == 0)
    }
    // The same cart sends the same pictures, whatever else the machine does.
    for role in ["left", "right"] {
      let names = try folder.names(in: "one/\(role)")
      let again = try folder.names(in: "two/\(role)")
      #expect(names.count == 60 && names == again)
      for file in names {
        let path = "\(role)/\(file)"
        #expect(
          FileManager.default.contents(atPath: folder("one/\(path)"))
            == FileManager.default.contents(atPath: folder("two/\(path)")), "\(path)")
      }
    }
    let rows = try String(contentsOfFile: folder("one/scale.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    #expect(rows.count > 20)
    #expect(
      rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 11 })
  }

  @Test func aVirtualCartNeedsARig() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(["capture", "--virtual", "1", "--out", folder("s")])
    #expect(outcome.status == 2 && outcome.errors.contains("--rig FILE"), "\(outcome.errors)")
  }
}
