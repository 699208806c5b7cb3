import BoardDetection
import Measurements

extension GatheredCorners {
  /// Adds a finding for every camera that shows exactly the corners of another one in most of the
  /// frames that both have: no two cameras see the same to a millionth of a pixel.
  mutating func noteCopiedPictures() {
    var earlier: [(name: String, frames: [String: [BoardCorner]])] = []
    for name in cameraNames {
      var frames: [String: [BoardCorner]] = [:]
      for (image, found) in document.cameras[name]?.images ?? [:] {
        frames[Self.stem(image)] = found.boards.first?.corners
      }
      for other in earlier {
        let shared = frames.keys.filter { other.frames[$0] != nil }
        let same = shared.count { other.frames[$0] == frames[$0] }
        if same > 1, 2 * same >= shared.count {
          findings.append(
            PictureFindings.copied(camera: name, from: other.name, same: same, of: shared.count))
          break
        }
      }
      earlier.append((name, frames))
    }
  }
}
