package import BoardDetection
import Boards
package import Execution
package import Imaging
package import Sessions
import Synchronization

/// What came of one picture file.
package enum PictureOutcome: Sendable {
  case read(DetectedPicture)
  case unreadable(ImagingError)
}

/// A picture that was decoded and searched for boards.
package struct DetectedPicture: Sendable {
  package let width: Int
  package let height: Int
  package var detection: BoardDetection
  /// CPU seconds of the thread that did it.
  package let decodeSeconds: Double
  package let detectSeconds: Double
}

/// Decodes pictures and finds boards in them, on several threads; results stand in the order of
/// `pictures` and do not depend on the number of threads.
///
/// One decoded picture a thread is held at a time. `progress` gets the part that is done, 0...1.
package func detectBoards(
  in pictures: [SessionPicture], detectors: DetectorPool, threads: ThreadCount,
  progress: (@Sendable (Double) -> Void)? = nil
) -> [PictureOutcome] {
  let finished = Atomic<Int>(0)
  var outcomes = parallelMap(pictures.count, threads: threads) { index in
    let outcome = detectBoards(in: pictures[index], detectors)
    let count = finished.add(1, ordering: .relaxed).newValue
    progress?(Double(count) / Double(pictures.count))
    return outcome
  }
  settleLayout(&outcomes, detectors.board)
  return outcomes
}

/// Lets pictures that show the layout of a ChArUco board speak for those that do not.
private func settleLayout(_ outcomes: inout [PictureOutcome], _ board: BoardSpec) {
  var agreement = LayoutAgreement(board)
  for case .read(let picture) in outcomes { agreement.count(picture.detection) }
  for index in outcomes.indices {
    guard case .read(var picture) = outcomes[index] else { continue }
    agreement.settle(&picture.detection)
    outcomes[index] = .read(picture)
  }
}

private func detectBoards(
  in picture: SessionPicture, _ detectors: DetectorPool
) -> PictureOutcome {
  let start = ResourceUse.threadCPUSeconds
  let image: GreyImage
  do throws(ImagingError) {
    image = try picture.decode()
  } catch {
    return .unreadable(error)
  }
  let decoded = ResourceUse.threadCPUSeconds
  let detection = detectors.withDetector { $0.detect(in: image) }
  return .read(
    DetectedPicture(
      width: image.width, height: image.height, detection: detection,
      decodeSeconds: decoded - start,
      detectSeconds: ResourceUse.threadCPUSeconds - decoded))
}
