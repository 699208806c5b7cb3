import BoardDetection
import Boards
import Devices
import Execution
import Glibc
import Imaging
import Sessions
import Synchronization

/// What is seen of the board in a camera's newest picture.
package enum BoardSight: Equatable, Sendable {
  case nothing
  case part(corners: Int)
  case whole
  /// The picture cannot be decoded, or its format is not read.
  case unreadable
}

/// Looks for the board while pictures are recorded, on a thread of its own that gives way to others:
/// a picture of each camera four times a second at most, fewer where the computer is slow. Pictures
/// that come meanwhile are not looked at; recording never waits.
final class LiveDetection {
  private struct Candidate: Sendable {
    let camera: Int
    let picture: RecordedPicture
  }

  private struct State: Sendable {
    var sights: [BoardSight?]
    /// Which cameras have a picture waiting or being looked at.
    var isBusy: [Bool]
  }

  private let mailbox: Mailbox<Candidate>
  private let state: Shared
  private let isOver = StopSign()
  private var offeredAt: [Double]
  private var thread: BackgroundThread?

  /// Seconds between two pictures of a camera.
  private static let interval = 0.25

  /// A mutex that a thread can share.
  private final class Shared: Sendable {
    let value: Mutex<State>
    init(_ state: State) { value = Mutex(state) }
  }

  /// Nil where the system gives no thread.
  init?(board: BoardSpec, cameras: Int) {
    let mailbox = Mailbox<Candidate>(capacity: cameras)
    let state = Shared(
      State(
        sights: Array(repeating: nil, count: cameras),
        isBusy: Array(repeating: false, count: cameras)))
    self.mailbox = mailbox
    self.state = state
    offeredAt = Array(repeating: -.infinity, count: cameras)
    let isOver = isOver
    guard
      let thread = BackgroundThread({
        // Of this thread alone, on Linux.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        let detector = BoardDetector(board: board)
        while !isOver.isSet {
          guard let candidate = mailbox.take(within: 0.5) else { continue }
          let sight = Self.sight(candidate.picture, detector)
          state.value.withLock {
            $0.sights[candidate.camera] = sight
            $0.isBusy[candidate.camera] = false
          }
        }
      })
    else { return nil }
    self.thread = thread
  }

  /// A picture that was recorded at `now`; most are let go.
  func offer(_ picture: CapturedPicture, _ form: CameraStream, camera: Int, now: Double) {
    guard now - offeredAt[camera] >= Self.interval, !picture.isDamaged else { return }
    let isFree = state.value.withLock { state in
      defer { state.isBusy[camera] = true }
      return !state.isBusy[camera]
    }
    guard isFree else { return }
    offeredAt[camera] = now
    mailbox.put(
      Candidate(
        camera: camera, picture: RecordedPicture(picture: picture, form: form, stream: 0)))
  }

  /// By camera; nil where none was looked at yet.
  var sights: [BoardSight?] { state.value.withLock(\.sights) }

  /// Ends the thread.
  func stop() {
    isOver.set()
    mailbox.close()
    thread?.join()
    thread = nil
  }

  static func sight(_ recorded: RecordedPicture, _ detector: BoardDetector) -> BoardSight {
    guard let image = recorded.grey else { return .unreadable }
    guard let board = detector.detect(in: image).boards.first else { return .nothing }
    return board.status == .complete ? .whole : .part(corners: board.corners.count)
  }
}

extension RecordedPicture {
  /// The picture as grey; nil where it cannot be had.
  fileprivate var grey: GreyImage? {
    let format = "\(form.pixelFormat)"
    if ["MJPG", "JPEG"].contains(format) {
      do throws(ImagingError) {
        return try PictureDecoder.decode(picture.bytes, name: "picture").image
      } catch { return nil }
    }
    guard let raw = RawPictureFormat(rawValue: format),
      let layout = RawPictureLayout(
        raw, width: form.width, height: form.height, bytesPerRow: form.bytesPerRow)
    else { return nil }
    return RawPictureDecoder.decode(picture.bytes, layout)
  }
}
