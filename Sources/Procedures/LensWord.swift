package import CameraCalibration
import LensModels

extension LensChoice {
  /// The choice a word of the command line makes: `auto`, a model's name, or `camera=model` pairs
  /// with commas between; nil when the word makes no sense.
  package init?(word: String) {
    if word == "auto" {
      self = .auto
    } else if let kind = LensKind(rawValue: word) {
      self = .fixed(kind)
    } else {
      var kinds: [String: LensKind] = [:]
      var names: Set<String> = []
      for pair in word.split(separator: ",", omittingEmptySubsequences: false) {
        let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, names.insert(parts[0]).inserted else {
          return nil
        }
        if parts[1] == "auto" { continue }
        guard let kind = LensKind(rawValue: parts[1]) else { return nil }
        kinds[parts[0]] = kind
      }
      self = .perCamera(kinds)
    }
  }
}
