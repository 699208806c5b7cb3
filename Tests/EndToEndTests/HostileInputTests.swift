import Foundation
import TestSupport
import Testing

/// Bad input of every kind: a message with the file and the remedy, the right exit status, and
/// nothing half-written.
struct HostileInputTests {
  private let board = ["--board", "checkerboard:8x5:27mm"]

  /// Runs a solve that must end with `status` and name all `words`; nothing may be stored when the
  /// status is 2.
  private func expectSolve(
    _ folder: TemporaryFolder, _ session: String, board: [String]? = nil, extra: [String] = [],
    status: Int32, says words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let store = folder("store")
    let outcome = try CommandRunner.run(
      ["solve", session] + (board ?? self.board)
        + ["--cart", "CART-1", "--store", store, "--json", folder("out.json"), "--details"] + extra)
    let said = outcome.output + outcome.errors
    #expect(outcome.status == status, "\(said)", sourceLocation: sourceLocation)
    for word in words {
      #expect(
        said.contains(word), "missing \"\(word)\" in: \(said)", sourceLocation: sourceLocation)
    }
    if status == 2 {
      let files = FileManager.default
      #expect(!files.fileExists(atPath: folder("out.json")), sourceLocation: sourceLocation)
      #expect(
        !files.fileExists(atPath: folder("store/CART-1/current")),
        sourceLocation: sourceLocation)
    }
  }

  // MARK: folders

  @Test func aMissingFolder() throws {
    let folder = try TemporaryFolder()
    try expectSolve(folder, folder("nowhere"), status: 2, says: ["nowhere", "Name the folder"])
  }

  @Test func anEmptyFolder() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder("empty/left"), withIntermediateDirectories: true)
    try expectSolve(folder, folder("empty"), status: 2, says: ["empty"])
    try expectSolve(folder, folder("empty/left"), status: 2, says: ["left"])
  }

  @Test func aFileInPlaceOfAFolder() throws {
    let folder = try TemporaryFolder()
    try folder.put("session", "text")
    try expectSolve(folder, folder("session"), status: 2, says: ["session"])
  }

  // MARK: pictures

  @Test func damagedPicturesAreLeftOutAndNamed() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    let whole = try Data(
      contentsOf: URL(fileURLWithPath: folder("session/left/00.png")))
    try folder.put("session/left/20.png", whole.prefix(whole.count / 2))
    try folder.put("session/left/21.png", Data())
    try folder.put("session/left/22.jpg", "this is text, not a picture")
    try FileManager.default.copyItem(
      atPath: folder("session/left/00.png"), toPath: folder("session/left/23.jpg"))
    try expectSolve(
      folder, folder("session"), status: 0, says: ["20.png", "21.png", "22.jpg"])
    let report = try JSONValue(file: folder("out.json"))
    let unreadable = report["findings"].array.filter { $0["code"].text == "unreadable_picture" }
    #expect(unreadable.count == 3)
    #expect(unreadable.allSatisfy { ($0["remedy"].text ?? "").count > 10 })
    // The PNG that is called .jpg counts: content decides.
    #expect(report["cameras"]["left"]["views"].number == 9)
  }

  @Test func aCameraWithoutAReadablePicture() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    for index in 0..<8 { try folder.put("session/left/0\(index).png", Data()) }
    try expectSolve(folder, folder("session"), status: 2, says: ["left", "0 bytes"])
  }

  @Test func oddPicturesOfOneCamera() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    try folder.put("session/left/30.pgm", Data("P5 1 1 255\n".utf8) + [7])
    try folder.put("session/left/31.pgm", Data("P5 100000 100000 255\n".utf8))
    try folder.put("session/left/32.pgm", Data("P5 4 2 65535\n".utf8) + Data(count: 16))
    try folder.put("session/left/notes.txt", "hello")
    try expectSolve(
      folder, folder("session"), status: 0,
      says: ["30.pgm", "31.pgm", "320 x 240", "limit"])
    let codes = try JSONValue(file: folder("out.json")).findingCodes
    #expect(codes.contains("picture_size_differs"))
    #expect(codes.contains("unreadable_picture"))
  }

  @Test func aPipeInPlaceOfAPictureDoesNotHang() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    #expect(mkfifo(folder("session/left/40.png"), 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder("session/left/loop"), withDestinationPath: "..")
    try expectSolve(folder, folder("session"), status: 0, says: ["2 of 2 calibrated"])
  }

  @Test func hostileFileNamesStayHarmless() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    let name = "\u{1B}[2J<script>\n.png"
    try folder.put("session/left/\(name)", Data())
    let outcome = try CommandRunner.run(
      ["solve", folder("session")] + board + ["--json", folder("out.json"), "--details"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(!outcome.errors.contains("\u{1B}"))
    #expect(outcome.output.contains("<script>"))
  }

  @Test func twoPicturesOfOneInstant() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    try FileManager.default.copyItem(
      atPath: folder("session/left/00.png"), toPath: folder("session/left/00.jpg"))
    try expectSolve(folder, folder("session"), status: 2, says: ["00.png", "00.jpg"])
  }

  // MARK: boards and views

  @Test func aBoardOfTheWrongSize() throws {
    let folder = try TemporaryFolder()
    let session = CommandRunner.stereo
    try expectSolve(
      folder, session, board: ["--board", "checkerboard:12x9:30mm"], status: 1,
      says: ["left", "right", "12x9", "not determined"])
    let report = try JSONValue(file: folder("out.json"))
    #expect(report["verdict"].text == "not_determined")
    #expect(!report.findingCodes.isEmpty)
  }

  @Test func aBoardWordSmallerThanTheBoard() throws {
    let folder = try TemporaryFolder()
    try expectSolve(
      folder, CommandRunner.stereo, board: ["--board", "checkerboard:7x4:27mm"], status: 1,
      says: ["8x5", "not 7x4", "0 of 2 calibrated"])
    #expect(try JSONValue(file: folder("out.json")).findingCodes == ["other_board"])
  }

  @Test(arguments: ["checkerboard:8x5", "8x5", "checkerboard:0x5:27mm", "checkerboard:8x5:27km"])
  func aBoardWordThatMakesNoSense(word: String) throws {
    let folder = try TemporaryFolder()
    let session = CommandRunner.stereo
    try expectSolve(
      folder, session, board: ["--board", word], status: 2, says: ["checkerboard:9x6:25mm"])
  }

  @Test func anEvenBoardForTwoCameras() throws {
    let folder = try TemporaryFolder()
    let session = CommandRunner.stereo
    try expectSolve(
      folder, session, board: ["--board", "checkerboard:7x7:30mm"], status: 2,
      says: ["7x7", "odd"])
  }

  @Test func oneViewOnly() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    for side in ["left", "right"] {
      for index in 1..<8 {
        try FileManager.default.removeItem(atPath: folder("session/\(side)/0\(index).png"))
      }
    }
    try expectSolve(
      folder, folder("session"), status: 1, says: ["left", "not determined"])
    #expect(
      try JSONValue(file: folder("out.json")).findingCodes.contains("too_few_views"))
  }

  @Test func allViewsTheSame() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    for side in ["left", "right"] {
      let first = try Data(contentsOf: URL(fileURLWithPath: folder("session/\(side)/01.png")))
      for index in 0..<8 { try folder.put("session/\(side)/0\(index).png", first) }
    }
    try expectSolve(
      folder, folder("session"), status: 1, says: ["left", "not determined"])
    let codes = try JSONValue(file: folder("out.json")).findingCodes
    #expect(codes.contains("duplicated_views"))
  }

  @Test func camerasThatNeverSeeAFrameTogether() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    for index in 0..<8 {
      try FileManager.default.moveItem(
        atPath: folder("session/right/0\(index).png"),
        toPath: folder("session/right/1\(index).png"))
    }
    try expectSolve(
      folder, folder("session"), status: 1, says: ["left", "right", "not determined"])
    let report = try JSONValue(file: folder("out.json"))
    #expect(report.findingCodes.contains("disconnected_cameras"))
    // Each lens is still told.
    #expect(report["cameras"]["right"]["parameters"]["fx"].number != nil)
  }

  // MARK: corners files, words of the command line

  @Test(arguments: [
    "", "{", "[]", "null", "{\"left\": 3}", "{\"left\": {\"a.png\": [[1, 2], [3]]}}",
    "{\"schema\": \"cartcal.corners/9\"}", "{\"schema\": \"cartcal.corners/1\"}",
    "{\"left\": {\"00.png\": [[1e999, 2]]}}", String(repeating: "[", count: 100_000),
  ])
  func aCorruptCornersFile(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.put("bad corners.json", text)
    try expectSolve(
      folder, CommandRunner.stereo,
      extra: ["--corners", folder("bad corners.json")], status: 2,
      says: ["bad corners.json"])
  }

  @Test(arguments: [
    "../evil", "a/b", "", ".hidden", "with space", String(repeating: "x", count: 65),
  ])
  func aSerialThatIsNone(serial: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(
      ["solve", CommandRunner.stereo] + board
        + ["--cart", serial, "--store", folder("store")])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("1 to 64"))
    #expect(folder.contents().isEmpty)
  }

  @Test(arguments: [
    (["solve"], "SESSION"), (["solve", "a", "b"], "SESSION"),
    (["solve", "a", "--bord", "x"], "--board"),
    (["solve", "a", "--lens"], "--lens"), (["solve", "a", "--lens", "fisheye9"], "fisheye9"),
    (["solve", "a", "--threads", "0"], "1 to 256"), (["solve", "a", "--store", "s"], "--cart"),
    (["detect", "--board", "checkerboard:9x6:25mm"], "IMAGE"), (["detect", "a.png"], "--board"),
    (["bundle"], "list"), (["bundle", "burn"], "burn"), (["fly"], "fly"),
    (["solve", "a"], "--board"),
    (["--wrong"], "--help"),
  ])
  func wordsThatMakeNoSense(words: [String], named: String) throws {
    let outcome = try CommandRunner.run(words)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(named), "\(outcome.errors)")
  }

  @Test(arguments: [
    [], ["solve"], ["detect"], ["board"], ["board", "print"], ["bundle"], ["bundle", "list"],
    ["bundle", "show"],
  ])
  func helpIsEverywhere(words: [String]) throws {
    let outcome = try CommandRunner.run(words + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("cartcal"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 88 })
  }
}
