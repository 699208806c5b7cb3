import Devices
import Documents
import Files
import Glibc
import Sessions
import TestSupport
import Testing

@testable import Capture

func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func rest(_ milliseconds: Double) { usleep(UInt32(milliseconds * 1000)) }

final class CaptureTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func plan(_ scripts: [MadeUpCamera.Script], frames: Int? = nil, seconds: Double? = nil)
    -> CapturePlan
  {
    CapturePlan(
      cameras: scripts.map(\.source), output: folder("session"), software: "test",
      tolerance: 0.02, frames: frames, seconds: seconds)
  }

  private func capture(_ plan: CapturePlan, isStopped: () -> Bool = { false })
    throws(CaptureError) -> CaptureOutcome
  {
    try Capture.capture(plan, clock: .system, isStopped: isStopped, shown: { _ in })
  }

  /// The bytes of a camera's recorded pictures, in order.
  private func recorded(_ session: RecordedSession, _ role: String) throws -> [[UInt8]] {
    let camera = try #require(RecordedCamera(session, role: role))
    let count = session.recording?.frames.count { $0.pictures[role] != nil } ?? 0
    return try (0..<count).map { _ in try camera.next(within: 1).bytes }
  }

  @Test func everyPictureIsRecordedAsItWasSent() throws {
    let scripts = ["a", "b"].map {
      MadeUpCamera.Script($0, Array(repeating: .send(bytes: 4), count: 60) + [.rest(1e6)])
    }
    let outcome = try capture(plan(scripts, seconds: 1.5))
    #expect(outcome.reason == .done)
    let session = try SessionReader.read(folder("session"))
    #expect(session.recording?.shortfall == nil)
    for script in scripts {
      let pictures = try recorded(session, script.role)
      // What was sent before all cameras were open is not recorded.
      #expect(pictures.count > 40 && pictures == Array(script.sent.suffix(pictures.count)))
      let end = try #require(outcome.cameras[script.role])
      #expect(end.pictures == pictures.count && end.dropsBySequence == 0)
    }
    #expect(outcome.document.cameras["a"]?.controls == ["exposure": 0.004])
    #expect(session.recording?.frames.allSatisfy { $0.pictures["a"]?.exposure != 0 } == true)
  }

  @Test func soManyFramesAndNoMore() throws {
    let script = MadeUpCamera.Script("a", Array(repeating: .send(after: 2), count: 500))
    let outcome = try capture(plan([script], frames: 17))
    #expect(outcome.reason == .done && outcome.status.frames == 17)
    let session = try SessionReader.read(folder("session"))
    #expect(session.frames.count == 17 && session.recording?.document.end?.frames == 17)
    #expect(try recorded(session, "a").count == 17)
  }

  /// A camera that is unplugged and comes back, while another goes on: both are recorded, the gap
  /// has its cause and its times, and nothing counts as dropped.
  @Test func aCameraThatComesBackIsRecordedOn() throws {
    let steady = MadeUpCamera.Script("steady", Array(repeating: .send(), count: 1000))
    let leaving = MadeUpCamera.Script(
      "leaving",
      Array(repeating: .send(), count: 40) + [.leave(400)] + Array(repeating: .send(), count: 1000))
    let outcome = try capture(plan([steady, leaving], seconds: 2.5))
    let end = try #require(outcome.cameras["leaving"])
    #expect(end.gaps.count == 1 && end.gaps[0].cause == .unplugged)
    let length = try #require(end.gaps[0].to) - end.gaps[0].from
    #expect((0.39...2).contains(length), "\(length)")
    #expect(outcome.cameras["steady"]?.gaps == [])
    let session = try SessionReader.read(folder("session"))
    let recording = try #require(session.recording)
    #expect(
      recording.events.map(\.event) == [.unplugged, .replugged]
        && recording.events.allSatisfy { $0.device == "leaving" })
    let streams = recording.frames.compactMap { $0.pictures["leaving"]?.stream }
    #expect(Set(streams) == [0, 1] && streams == streams.sorted())
    let pictures = try recorded(session, "leaving")
    // All that was sent from some picture to some other one, nothing left out.
    let sent = leaving.sent
    #expect(
      pictures.count > 60
        && (0...(sent.count - pictures.count)).contains {
          sent[$0..<($0 + pictures.count)].elementsEqual(pictures)
        })
    #expect(end.dropsBySequence == 0)
  }

  @Test func aSilentCameraIsAGapToo() throws {
    let script = MadeUpCamera.Script(
      "a",
      Array(repeating: .send(), count: 20) + [.rest(1500)] + Array(repeating: .send(), count: 1000))
    let outcome = try capture(plan([script], seconds: 2.5))
    let gaps = try #require(outcome.cameras["a"]?.gaps)
    #expect(gaps.map(\.cause) == [.silent])
    #expect(gaps[0].to != nil)
    let events = try SessionReader.read(folder("session")).recording?.events.map(\.event)
    #expect(events == [.silent, .resumed])
  }

  @Test func aCameraThatCannotBeOpenedLeavesNothingBehind() throws {
    let busy = DeviceError.busy(
      node: "/dev/video0", holders: [DeviceHolder(processID: 7, command: "cheese")])
    let source = CaptureSource(role: "a", device: nil) { () throws(DeviceError) in throw busy }
    let plan = CapturePlan(cameras: [source], output: folder("session"), software: "test")
    let error = #expect(throws: CaptureError.device(role: "a", busy)) { try capture(plan) }
    #expect(error?.exitStatus == .device && "\(error as Any)".contains("cheese"))
    #expect(try folder.names() == [])
  }

  @Test func anExistingFolderIsBadInput() throws {
    try Files.makeFolder(folder("session"))
    let script = MadeUpCamera.Script("a", Array(repeating: .send(), count: 100))
    let error = #expect(throws: CaptureError.self) { try capture(plan([script], frames: 3)) }
    #expect(error?.exitStatus == .badInput)
    #expect(try folder.names(in: "session") == [])
  }

  @Test func stoppingEndsItInGoodOrder() throws {
    for (name, seconds) in [("free", nil), ("limited", 100.0)] {
      let script = MadeUpCamera.Script("a", Array(repeating: .send(), count: 1000))
      var plan = plan([script], seconds: seconds)
      plan.output = folder(name)
      let start = monotonicSeconds()
      let outcome = try capture(plan, isStopped: { monotonicSeconds() - start > 0.5 })
      #expect(outcome.reason == (seconds == nil ? .done : .interrupted))
      let recording = try #require(SessionReader.read(folder(name)).recording)
      #expect((recording.shortfall == nil) == (seconds == nil))
      #expect(recording.document.end?.frames == recording.frames.count)
    }
  }

  /// On a full disk the recording ends by itself, and what was written before can be read.
  @Test func aFullDiskEndsItAndKeepsTheSession() throws {
    let script = MadeUpCamera.Script(
      "a",
      Array(repeating: .send(), count: 20) + [.send(bytes: 12 << 20)]
        + Array(repeating: .send(), count: 1000))
    let plan = plan([script], seconds: 20)
    let error = withFileSizeLimit(8 << 20) { () -> CaptureError? in
      do throws(CaptureError) {
        _ = try Capture.capture(plan, clock: .system, isStopped: { false }, shown: { _ in })
        return nil
      } catch { return error }
    }
    #expect(error?.exitStatus == .storage)
    let session = try SessionReader.read(folder("session"))
    #expect(session.recording?.document.end?.reason == .storageFull)
    #expect(session.recording?.shortfall == "no space was left on the disk")
    #expect((15...20).contains(session.frames.count))
  }

  @Test func aScaleIsRecordedBesideTheCameras() throws {
    let script = MadeUpCamera.Script("a", Array(repeating: .send(), count: 1000))
    var plan = plan([script], seconds: 0.8)
    plan.scale = ScaleSource(
      device: nil, kind: .iio, tilt: { () throws(DeviceError) in SIMD2(0.01, -0.02) },
      open: { () throws(DeviceError) in MadeUpScale() })
    let outcome = try capture(plan)
    let table = try ScaleTable(file: folder("session/scale.csv"))
    #expect(table.cells == 2 && table.rows.count >= 3 && !table.isPartial)
    #expect(
      table.rows.allSatisfy { $0.sample.counts == [100, -5] && $0.tilt == SIMD2(0.01, -0.02) })
    #expect(outcome.status.samples == table.rows.count)
    #expect(outcome.document.scale?.cells == 2)
  }
}

/// Two load cells under a constant load.
private final class MadeUpScale: Scale {
  let cells = 2
  let answersAtOnce = true

  func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    ScaleSample(time: monotonicSeconds(), counts: [100, -5], status: .stable)
  }

  func zero() throws(DeviceError) {}
}
