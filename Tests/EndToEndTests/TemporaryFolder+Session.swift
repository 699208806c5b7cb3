import Foundation
import TestSupport

extension TemporaryFolder {
  /// Writes a file, replacing what is there and making the folders it stands in.
  func put(_ name: String, _ data: Data) throws {
    let file = URL(fileURLWithPath: self(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func put(_ name: String, _ text: String) throws { try put(name, Data(text.utf8)) }

  /// Copies the fixture session `stereo` to `name`.
  func copyStereo(to name: String) throws {
    try FileManager.default.copyItem(
      atPath: CommandRunner.stereo, toPath: self(name))
  }

  /// Every path below `name`, sorted, relative to it.
  func contents(_ name: String = "") -> [String] {
    (FileManager.default.enumerator(atPath: self(name))?.compactMap { $0 as? String } ?? [])
      .sorted()
  }
}
