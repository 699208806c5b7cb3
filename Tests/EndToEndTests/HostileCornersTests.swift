import Foundation
import TestSupport
import Testing

/// Corners files that can be read, and still cannot be right.
struct HostileCornersTests {
  private let board = ["--board", "checkerboard:8x5:27mm"]

  /// The fixture's corners as a document to be changed.
  private func corners(_ folder: TemporaryFolder) throws -> [String: Any] {
    let outcome = try CommandRunner.run(
      [
        "solve", CommandRunner.stereo, "--lens", "opencv4", "--save-corners",
        folder("whole.json"),
      ] + board)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let data = try Data(contentsOf: URL(fileURLWithPath: folder("whole.json")))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func solve(
    _ document: [String: Any], _ folder: TemporaryFolder, _ more: [String] = []
  ) throws -> CommandOutcome {
    try folder.put("changed.json", try JSONSerialization.data(withJSONObject: document))
    return try CommandRunner.run(
      [
        "solve", "--corners", folder("changed.json"), "--lens", "opencv4", "--json",
        folder("out.json"),
      ] + more)
  }

  @Test func twoPicturesOfOneInstant() throws {
    let folder = try TemporaryFolder()
    var document = try corners(folder)
    var cameras = try #require(document["cameras"] as? [String: [String: Any]])
    var images = try #require(cameras["left"]?["images"] as? [String: Any])
    images["00.jpg"] = images["03.png"]
    cameras["left"]?["images"] = images
    document["cameras"] = cameras
    let outcome = try solve(document, folder)
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(outcome.errors.contains("00.jpg and 00.png"), "\(outcome.errors)")
  }

  @Test func moreCamerasThanASessionHas() throws {
    let folder = try TemporaryFolder()
    var document = try corners(folder)
    let cameras = try #require(document["cameras"] as? [String: Any])
    document["cameras"] = Dictionary(
      uniqueKeysWithValues: (0..<65).map { ("cam\($0)", cameras["left"] as Any) })
    let outcome = try solve(document, folder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("65") && outcome.errors.contains("64"), "\(outcome.errors)")
  }

  @Test func twoCamerasWithTheSamePictures() throws {
    let folder = try TemporaryFolder()
    var document = try corners(folder)
    var cameras = try #require(document["cameras"] as? [String: Any])
    cameras["right"] = cameras["left"]
    document["cameras"] = cameras
    let outcome = try solve(document, folder)
    #expect(outcome.status == 1, "\(outcome.output)")
    #expect(try JSONValue(file: folder("out.json")).findingCodes.contains("copied_pictures"))
  }

  @Test func aSessionThatTheCornersAreNotOf() throws {
    let folder = try TemporaryFolder()
    let document = try corners(folder)
    let missing = try solve(document, folder, [folder("nowhere")])
    #expect(missing.status == 2)
    #expect(missing.errors.contains("nowhere"), "\(missing.errors)")
    try FileManager.default.createDirectory(
      atPath: folder("other"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: CommandRunner.stereo + "/left", toPath: folder("other/left"))
    let other = try solve(document, folder, [folder("other")])
    #expect(other.status == 2)
    #expect(other.errors.contains("camera right"), "\(other.errors)")
  }

  @Test(arguments: [("{}", "left"), ("{\"00.png\": [CORNERS]}", "320 x 240")])
  func plainCornersThatCannotBe(images: String, named: String) throws {
    let folder = try TemporaryFolder()
    let far = Array(repeating: "[900, 100]", count: 40).joined(separator: ",")
    let text = images.replacingOccurrences(of: "CORNERS", with: far)
    try folder.put("plain.json", "{\"left\": \(text)}")
    let outcome = try CommandRunner.run(
      ["solve", CommandRunner.stereo, "--corners", folder("plain.json")] + board)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("plain.json") && outcome.errors.contains(named))
    let unknown = try CommandRunner.run(
      ["solve", CommandRunner.stereo, "--corners", folder("plain.json")])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("plain.json"), "\(unknown.errors)")
  }
}
