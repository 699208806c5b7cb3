import Devices
package import Documents
import Execution
import Glibc
import Sessions

/// Where a recording takes its times from.
package struct CaptureClock: Sendable {
  /// Seconds on the clock of the pictures (CLOCK_MONOTONIC).
  package let seconds: @Sendable () -> Double
  package let date: @Sendable () -> UTCTime

  package init(
    seconds: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> UTCTime
  ) {
    self.seconds = seconds
    self.date = date
  }

  /// The clocks of this machine.
  package static var system: CaptureClock {
    CaptureClock(seconds: { ResourceUse.wallSeconds }, date: { .now })
  }
}

/// Records all cameras of a plan at once until it is done, `isStopped` says so, or nothing can be
/// recorded any more.
///
/// Each device is read on a thread of its own, so that none waits for another; this one writes. A
/// device that goes away is waited for; the others go on. `shown` gets the state a few times a
/// second. Throws when a device cannot be used at the beginning (then nothing is left behind), and
/// when the session cannot be written (then what was written stays).
package func capture(
  _ plan: CapturePlan, clock: CaptureClock, isStopped: () -> Bool,
  shown: (CaptureStatus) -> Void
) throws(CaptureError) -> CaptureOutcome {
  let threads = try CaptureThreads(plan, clock)
  defer { threads.stop() }
  let begun = try threads.opened(plan, clock, isStopped)
  var recorder: CaptureRecorder
  let document = begun.document(plan, clock)
  do throws(StorageError) {
    recorder = try CaptureRecorder(
      document, roles: plan.cameras.map(\.role), at: plan.output, limit: plan.frames)
  } catch {
    throw .cannotBegin(error)
  }
  let reason: SessionDocument.End.Reason
  do throws(StorageError) {
    reason = try record(plan, threads.mailbox, clock, isStopped, shown, &recorder)
    threads.stop()
    // What had come by then, when writing was behind.
    while let message = threads.mailbox.take(within: 0) {
      try recorder.take(message, now: clock.seconds())
    }
    try recorder.finish(reason, time: clock.date())
  } catch {
    threads.stop()
    let isFull = if case .full = error { true } else { false }
    do throws(StorageError) {
      try recorder.end(isFull ? .storageFull : .storageFailed, time: clock.date())
    } catch {
      // Without its end the session is partial, which is what it is.
    }
    throw .storage(error, session: plan.output, frames: recorder.frames)
  }
  return CaptureOutcome(
    session: plan.output, document: document, reason: reason, cameras: recorder.ends,
    status: recorder.status(now: clock.seconds()))
}

/// Seconds without a picture of any camera after which there is no sense in waiting.
private let hopeless = 30.0
/// Seconds between two states that are shown.
private let showing = 0.2
/// Messages between two looks at the clock.
private let batch = 100
/// Microseconds between two looks at what has come.
private let pause: UInt32 = 15_000

/// Records until the end, and why that came.
private func record(
  _ plan: CapturePlan, _ mailbox: Mailbox<CaptureMessage>, _ clock: CaptureClock,
  _ isStopped: () -> Bool, _ shown: (CaptureStatus) -> Void, _ recorder: inout CaptureRecorder
) throws(StorageError) -> SessionDocument.End.Reason {
  let live = plan.board.flatMap { LiveDetection(board: $0, cameras: plan.cameras.count) }
  defer { live?.stop() }
  let start = clock.seconds()
  var shownAt = start
  while true {
    // What has come, then a pause: waking up for each picture costs more than writing it.
    var isEmpty = false
    for _ in 0..<batch where !isEmpty {
      guard let message = mailbox.take(within: 0) else {
        isEmpty = true
        break
      }
      if case .picture(let camera, let picture, let form, _) = message {
        live?.offer(picture, form, camera: camera, now: clock.seconds())
      }
      try recorder.take(message, now: clock.seconds())
      if let frames = plan.frames, recorder.frames >= frames { return .done }
    }
    let now = clock.seconds()
    // While pictures wait to be written, what is late has only not been looked at.
    if isEmpty { try recorder.advance(to: now) }
    if let seconds = plan.seconds, now - start >= seconds { return .done }
    if isStopped() { return plan.frames == nil && plan.seconds == nil ? .done : .interrupted }
    if now - recorder.lastPicture > hopeless { return .devicesLost }
    if now - shownAt >= showing {
      shownAt = now
      var status = recorder.status(now: now)
      for (camera, sight) in (live?.sights ?? []).enumerated() {
        status.cameras[camera].board = sight
      }
      shown(status)
    }
    if isEmpty { usleep(pause) }
  }
}
