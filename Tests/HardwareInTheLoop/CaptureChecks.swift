import Devices
import Documents
import Execution
import Files
import Glibc
import Sessions

/// `cartcal capture` under real drivers: what is recorded is what was sent, through unplugging,
/// freezing, a killed program and a full disk.
struct CaptureChecks {
  let inventory: DeviceInventory
  private static let folder = "/tmp/capture"

  func run(_ checks: inout Checks) throws {
    try Files.makeFolders(Self.folder)
    try checkPlain(&checks)
    try checkGaps(&checks)
    try checkBusyDevice(&checks)
    try checkFullDisk(&checks)
    try checkKilling(&checks)
  }

  /// What a recording says when it has begun.
  private static let begun = "of all cameras"

  private static func path(_ name: String) -> String { folder + "/" + name }

  /// A session with a change of the weight in its middle.
  private func checkPlain(_ checks: inout Checks) throws {
    FakeCart.tell("weigh 1000")
    let path = Self.path("plain")
    let capture = Program("capture --out \(path) --cart CART-1")
    checks.expect(capture.await(Self.begun), "capture begins", capture.said)
    sleep(3)
    FakeCart.tell("weigh 2000")
    sleep(3)
    checks.expect(capture.interrupt() == 0, "Ctrl-C ends it well", capture.said)
    let session = try checkPictures(path, "capture", &checks)
    let end = session.recording?.document.end
    checks.expect(
      session.recording?.shortfall == nil && end?.reason == .done, "the session is whole",
      session.recording?.shortfall ?? "")
    checks.expect(
      session.cameras.map(\.name) == ["cam0", "cam1", "cam2", "cam3"], "all cameras are in it")
    let fewest = end?.cameras.values.map(\.pictures).min() ?? 0
    let (whole, all) = (end?.wholeFrames ?? 0, end?.frames ?? 0)
    checks.expect(
      fewest > 20 && whole * 10 >= fewest * 8, "cameras are put together",
      "\(whole) of \(all) frames have all, the camera with the fewest has \(fewest)")
    let gaps = end?.cameras.values.flatMap(\.gaps) ?? []
    checks.expect(gaps.isEmpty, "no gap without a cause", "\(gaps)")
    for (role, camera) in (end?.cameras ?? [:]).sorted(by: { $0.key < $1.key }) {
      print(
        "        \(role): \(camera.pictures) pictures, drops \(camera.dropsBySequence) and "
          + "\(camera.dropsByTime), jitter \(camera.jitter ?? 0) s, offset \(camera.offset ?? 0) s")
    }
    let table = try ScaleTable(file: path + "/scale.csv")
    let counts = Set(table.rows.compactMap(\.sample.counts.first))
    checks.expect(
      counts == [100_000, 200_000] && table.rows.last?.sample.counts.first == 200_000,
      "scale.csv has the weight before and after", "\(counts) in \(table.rows.count) rows")
  }

  /// One camera is unplugged and plugged in again, another freezes and thaws, while all are
  /// recorded.
  private func checkGaps(_ checks: inout Checks) throws {
    let path = Self.path("gaps")
    let capture = Program("capture --out \(path)")
    var steps = [capture.await(Self.begun)]
    func step(_ request: String, _ answer: String) {
      sleep(3)
      FakeCart.tell(request)
      steps.append(capture.await(answer))
    }
    step("unplug cam0", "cam0  unplugged")
    step("replug cam0", "cam0  plugged in again")
    step("freeze cam1", "cam1  sends nothing")
    step("thaw cam1", "cam1  sends again")
    sleep(4)
    checks.expect(
      capture.interrupt() == 0 && !steps.contains(false),
      "capture outlives unplugging and freezing", "\(steps) \(capture.said)")
    let session = try checkPictures(path, "through gaps", &checks)
    let recording = session.recording
    let cameras = recording?.document.end?.cameras ?? [:]
    let (first, second) = (cameras["cam0"]?.gaps ?? [], cameras["cam1"]?.gaps ?? [])
    checks.expect(
      first.map(\.cause) == [.unplugged] && first[0].to != nil, "the unplugging is one gap",
      "\(first)")
    checks.expect(
      second.map(\.cause) == [.silent] && second[0].to != nil, "the freezing is one gap",
      "\(second)")
    for gap in first + second {
      let length = (gap.to ?? 0) - gap.from
      checks.expect((2.5...120).contains(length), "it is as long as it was", "\(length) s")
    }
    checks.expect(
      ["cam2", "cam3"].allSatisfy { cameras[$0]?.gaps == [] }, "the others have none",
      "\(cameras.mapValues(\.gaps))")
    let events = (recording?.events ?? []).map { "\($0.device) \($0.event.rawValue)" }
    checks.expect(
      events == ["cam0 unplugged", "cam0 replugged", "cam1 silent", "cam1 resumed"],
      "events.jsonl tells it", "\(events)")
    for role in ["cam0", "cam1"] {
      let end = cameras[role]?.gaps.first?.to ?? .infinity
      let after = (recording?.frames ?? []).compactMap { $0.pictures[role] }.count { $0.time > end }
      checks.expect(after >= 10, "\(role) is recorded on after its gap", "\(after) pictures")
    }
  }

  private func checkBusyDevice(_ checks: inout Checks) throws {
    let first = Program("capture --out \(Self.path("first"))")
    _ = first.await(Self.begun)
    let second = Program("capture --out \(Self.path("second")) --seconds 5")
    let status = second.wait()
    checks.expect(
      status == 3 && second.said.contains("is in use by cartcal (process"),
      "a second capture names the holder", "\(status) \(second.said)")
    checks.expect(
      try Files.kind(of: Self.path("second")) == nil, "and leaves nothing behind")
    checks.expect(first.interrupt() == 0, "the first is not disturbed", first.said)
  }

  private func checkFullDisk(_ checks: inout Checks) throws {
    let small = Self.path("small")
    _ = system("mkdir -p \(small) && mount -t tmpfs -o size=6m none \(small)")
    let capture = Program("capture --out \(small)/session --seconds 100")
    let status = capture.wait()
    checks.expect(
      status == 4 && capture.said.contains("no space is left"), "a full disk ends it",
      "\(status) \(capture.said)")
    let session = try checkPictures(small + "/session", "until the disk was full", &checks)
    checks.expect(
      session.recording?.shortfall != nil && session.frames.count > 5,
      "the session is partial and says so", "\(session.recording?.shortfall ?? "whole")")
    _ = system("umount \(small)")
  }

  private func checkKilling(_ checks: inout Checks) throws {
    let path = Self.path("killed")
    let capture = Program("capture --out \(path)")
    _ = capture.await(Self.begun)
    sleep(3)
    capture.kill()
    let session = try checkPictures(path, "until it was killed", &checks)
    checks.expect(
      session.recording?.shortfall != nil && session.frames.count > 5,
      "a killed capture leaves a partial session", "\(session.recording?.shortfall ?? "whole")")
  }

  /// Reads a session; every picture in it is one of those that its fake camera sends.
  private func checkPictures(
    _ path: String, _ what: String, _ checks: inout Checks
  ) throws -> RecordedSession {
    let session = try SessionReader.read(path)
    var (same, other) = (0, 0)
    for camera in session.cameras {
      guard let index = Int(camera.name.dropFirst(3)) else { continue }
      let sent = try SentPictures.of(index, inventory)
      for picture in camera.pictures {
        if sent.contains(try Files.read(picture.path, limit: 64 << 20)) {
          same += 1
        } else {
          other += 1
        }
      }
    }
    checks.expect(
      same > 0 && other == 0, "every picture recorded \(what) is as it was sent",
      "\(other) of \(same + other) are not")
    print("        \(same) pictures")
    return session
  }
}
