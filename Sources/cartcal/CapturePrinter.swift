import Capture
import Documents
import Sessions

/// How a recording goes and what came of it, for people.
enum CapturePrinter {
  /// One row a camera.
  static func table(_ status: CaptureStatus) -> [String] {
    var table = TextTable([
      ("camera", .left), ("pictures", .right), ("per s", .right), ("lost", .right),
      ("offset ms", .right), ("board", .left), ("state", .left),
    ])
    for camera in status.cameras {
      table.add([
        camera.role, "\(camera.pictures)", NumberText.fixed(camera.rate, 1), "\(camera.dropped)",
        NumberText.fixed(camera.offset.map { $0 * 1000 }, 1), board(camera.board),
        state(camera),
      ])
    }
    return table.lines
  }

  private static func board(_ sight: BoardSight?) -> String {
    switch sight {
    case nil: ""
    case .nothing: "-"
    case .part(let corners): "part, \(NumberText.count(corners, "corner"))"
    case .whole: "whole"
    case .unreadable: "unreadable"
    }
  }

  private static func state(_ camera: CaptureStatus.Camera) -> String {
    let word =
      switch camera.state {
      case .running: "running"
      case .silent: "silent"
      case .unplugged: "unplugged: plug it in again"
      }
    return camera.gaps == 0 ? word : "\(word) (\(NumberText.count(camera.gaps, "gap")))"
  }

  /// The whole in a line.
  static func line(_ status: CaptureStatus) -> String {
    var parts = [
      NumberText.count(status.frames, "frame") + " (\(status.wholeFrames) of all cameras)",
      "\(NumberText.fixed(status.seconds, 0)) s",
      "\(NumberText.fixed(Double(status.bytes) * 1e-6, 1)) MB",
    ]
    if status.samples > 0 { parts.append(NumberText.count(status.samples, "weight reading")) }
    return parts.joined(separator: ", ")
  }

  static func line(_ event: EventRecord) -> String {
    let what =
      switch event.event {
      case .unplugged: "unplugged"
      case .replugged: "plugged in again"
      case .silent: "sends nothing"
      case .resumed: "sends again"
      case .failed: "cannot be used"
      }
    let detail = event.detail.map { ": " + Console.safe($0) } ?? ""
    return "\(event.device)  \(what)\(detail)"
  }

  static func lines(_ outcome: CaptureOutcome) -> [String] {
    var table = TextTable([
      ("camera", .left), ("pictures", .right), ("damaged", .right), ("lost", .right),
      ("per s", .right), ("jitter ms", .right), ("offset ms", .right), ("gaps s", .left),
    ])
    func milliseconds(_ seconds: Double?) -> String {
      NumberText.fixed(seconds.map { $0 * 1000 }, 2)
    }
    for camera in outcome.status.cameras {
      guard let end = outcome.cameras[camera.role] else { continue }
      let gaps = end.gaps.map { gap in
        let length = gap.to.map { NumberText.fixed($0 - gap.from, 1) } ?? "to the end"
        return "\(gap.cause.rawValue) \(length)"
      }
      table.add([
        camera.role, "\(end.pictures)", "\(end.damaged)",
        "\(max(end.dropsBySequence, end.dropsByTime))",
        NumberText.fixed(end.interval.map { 1 / $0 }, 2), milliseconds(end.jitter),
        milliseconds(end.offset), gaps.isEmpty ? "-" : gaps.joined(separator: ", "),
      ])
    }
    var lines = table.lines + [""]
    for camera in outcome.document.cameras.sorted(by: { $0.key < $1.key }) {
      for deviation in camera.value.deviations {
        let got = deviation.got.map { "\($0)" } ?? "no such control"
        lines.append(
          "note      \(camera.key): \(deviation.what) \(deviation.asked) was not taken: \(got)")
      }
    }
    lines.append("recorded  \(line(outcome.status))")
    lines.append("session   \(Console.safe(outcome.session))\(ending(outcome.reason))")
    return lines
  }

  private static func ending(_ reason: SessionDocument.End.Reason) -> String {
    switch reason {
    case .done: ""
    case .interrupted: ", partial: interrupted"
    case .storageFull, .storageFailed: ", partial: the disk"
    case .devicesLost: ", partial: no camera sent anything any more"
    }
  }
}
