import Devices
import Documents
import Execution
import Sessions

/// The threads that read the devices of a plan.
final class CaptureThreads {
  let mailbox: Mailbox<CaptureMessage>
  private let sign = StopSign()
  private var threads: [BackgroundThread] = []

  /// Bytes of pictures that may wait to be written: seconds of any camera. When a disk is slower
  /// than that, pictures are dropped and counted.
  private static let capacity = 128 << 20
  /// Seconds that opening may take.
  private static let patience = 20.0

  /// Starts a thread for each device.
  init(_ plan: CapturePlan, _ clock: CaptureClock) throws(CaptureError) {
    mailbox = Mailbox(capacity: Self.capacity)
    for (number, source) in plan.cameras.enumerated() {
      let feed = CameraFeed(
        number: number, source: source, mailbox: mailbox, clock: clock, isStopped: sign)
      try start { feed.run() }
    }
    if let source = plan.scale {
      let feed = ScaleFeed(source: source, mailbox: mailbox, clock: clock, isStopped: sign)
      try start { feed.run() }
    }
  }

  private func start(_ body: @escaping @Sendable () -> Void) throws(CaptureError) {
    guard let thread = BackgroundThread(body) else {
      stop()
      throw .noThreads
    }
    threads.append(thread)
  }

  /// Stops and waits for all of them; a second time does nothing.
  func stop() {
    sign.set()
    mailbox.close()
    for thread in threads { thread.join() }
    threads = []
  }

  /// Waits until every device was opened; what they send until then is let go.
  func opened(
    _ plan: CapturePlan, _ clock: CaptureClock, _ isStopped: () -> Bool
  ) throws(CaptureError) -> OpenedDevices {
    var opened = OpenedDevices()
    let end = clock.seconds() + Self.patience
    while opened.cameras.count < plan.cameras.count || (plan.scale != nil && opened.cells == nil) {
      switch mailbox.take(within: 0.1) {
      case .opened(let camera, let stream, let deviations):
        opened.cameras[camera] = (stream, deviations)
      case .unusable(let camera, let error):
        throw .device(role: plan.cameras[camera].role, error)
      case .event(let camera, .unplugged, _):
        // Until it is opened again.
        opened.cameras[camera] = nil
      case .scaleOpened(let cells): opened.cells = cells
      case .scaleUnusable(let error): throw .device(role: "scale", error)
      default: break
      }
      if isStopped() { throw .interrupted }
      guard clock.seconds() < end else {
        let late = plan.cameras.indices.first { opened.cameras[$0] == nil }
        let source = late.map { plan.cameras[$0] }
        throw .device(
          role: source?.role ?? "scale",
          .silent(
            node: source?.device?.node ?? plan.scale?.device?.node ?? "", seconds: Self.patience))
      }
    }
    return opened
  }
}

/// What was agreed with the devices when they were opened.
struct OpenedDevices {
  var cameras: [Int: (stream: CameraStream, deviations: [CameraDeviation])] = [:]
  /// Load cells of the scale; nil without one.
  var cells: Int?

  /// The description of a session that begins now.
  func document(_ plan: CapturePlan, _ clock: CaptureClock) -> SessionDocument {
    var cameras: [String: SessionDocument.Camera] = [:]
    for (number, source) in plan.cameras.enumerated() {
      guard let (stream, deviations) = self.cameras[number] else { continue }
      var controls: [String: Double] = [:]
      for (control, value) in source.controls { controls[control.rawValue] = value }
      cameras[source.role] = .init(
        device: source.device.map(SessionDocument.Device.init), stream: .init(stream),
        controls: controls, deviations: deviations.map(SessionDocument.Deviation.init))
    }
    let rates = self.cameras.values.map(\.stream.rate)
    return SessionDocument(
      software: plan.software, cart: plan.cart, rig: plan.rig, started: clock.date(),
      startTime: clock.seconds(),
      syncTolerance: plan.tolerance ?? CapturePlan.tolerance(rates: rates), cameras: cameras,
      scale: plan.scale.flatMap { source in
        cells.map {
          .init(
            device: source.device.map(SessionDocument.Device.init), kind: source.kind, cells: $0)
        }
      })
  }
}
