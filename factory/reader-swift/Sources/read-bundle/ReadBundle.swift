import Bundles
import Documents
import Geometry

/// `read-bundle STORE SERIAL [KEYS]`: where each camera sees a point half a metre before it, by the
/// bundle in force, verified by the trusted keys in a folder (without: nobody need have signed).
@main
struct ReadBundle {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count >= 3 else {
      print("read-bundle STORE SERIAL [KEYS]")
      return
    }
    let trust: Trust =
      words.count > 3 ? .signed(by: try TrustedKeys(folder: words[3])) : .unsigned
    let store = BundleStore(path: words[1], trust: trust)
    let stored = try store.load(Name(words[2], of: .cartSerial))
    for (role, camera) in stored.bundle.cameras.sorted(by: { $0.key < $1.key }) {
      guard let pixel = try camera.lens?.project(Vector3(0, 0, 0.5)) else { continue }
      print("\(role) \(pixel.x) \(pixel.y)")
    }
  }
}
