import Files
import Glibc
import TestSupport
import Testing

@testable import Sessions

private func error(_ path: String) -> SessionError? {
  do throws(SessionError) {
    _ = try SessionReader.read(path)
    return nil
  } catch { return error }
}

@Test func equalStemsAreOneInstant() throws {
  let folder = try TemporaryFolder()
  for name in ["cam0/1.png", "cam0/10.JPG", "cam0/2.pgm", "cam10/2.png", "cam2/3.jpeg"] {
    try folder.write(name)
  }
  let session = try SessionReader.read(folder.path)
  #expect(session.path == folder.path)
  #expect(session.cameras.map(\.name) == ["cam0", "cam2", "cam10"])
  #expect(session.cameras[0].pictures.map(\.stem) == ["1", "2", "10"])
  #expect(session.cameras[0].pictures[2].path == folder("cam0/10.JPG"))
  #expect(session.frames == ["1", "2", "3", "10"])
  #expect(session.skipped.isEmpty)
}

@Test func whatIsNotUsedIsListedWithItsReason() throws {
  let folder = try TemporaryFolder()
  for name in [
    "README.md", "stray.png", ".hidden/x.png", "corners/a.json", "cam0/1.png", "cam0/.2.png",
    "cam0/note.txt", "cam0/3.tif", "cam0/noextension", "cam0/deep/4.png",
  ] { try folder.write(name) }
  #expect(mkfifo(folder("cam0/5.png"), 0o600) == 0)
  try Files.makeLink(folder("cam0/6.png"), to: "6.png")
  try Files.makeLink(folder("cam0/7.png"), to: "nowhere")
  try Files.makeLink(folder("cam0/up"), to: "..")
  let bad: [CChar] = Array(folder("cam0/").utf8CString.dropLast()) + [-1, 46, 112, 110, 103, 0]
  close(open(bad, O_CREAT | O_WRONLY, 0o644))
  defer { unlink(bad) }
  let session = try SessionReader.read(folder.path)
  #expect(session.cameras.map(\.name) == ["cam0"])
  #expect(session.cameras[0].pictures.map(\.stem) == ["1"])
  let found = Dictionary(
    uniqueKeysWithValues: session.skipped.map {
      (String($0.path.dropFirst(folder.path.count + 1)), $0.reason)
    })
  #expect(
    found == [
      "README.md": .notAPicture, "stray.png": .outsideCameraFolder, ".hidden": .hidden,
      "corners": .folderWithoutPictures, "cam0/.2.png": .hidden, "cam0/note.txt": .notAPicture,
      "cam0/3.tif": .foreignPicture, "cam0/noextension": .notAPicture, "cam0/deep": .folder,
      "cam0/up": .folder, "cam0/5.png": .special, "cam0/6.png": .brokenLink,
      "cam0/7.png": .brokenLink, "cam0/\u{FFFD}.png": .nameNotUTF8,
    ])
}

@Test func aLoneFolderOfPicturesIsOneCamera() throws {
  let folder = try TemporaryFolder()
  for name in ["b.png", "a.jpg", "meta.json", "empty/readme.txt"] { try folder.write(name) }
  let session = try SessionReader.read(folder.path)
  #expect(session.cameras.map(\.name) == ["cam0"])
  #expect(session.frames == ["a", "b"])
}

@Test func linkedFoldersAreCamerasAndCirclesEnd() throws {
  let folder = try TemporaryFolder()
  try folder.write("store/1.png")
  try folder.write("session/cam0/1.png")
  try Files.makeLink(folder("session/cam1"), to: "../store")
  try Files.makeLink(folder("session/circle"), to: "circle")
  try Files.makeLink(folder("session/self"), to: ".")
  let session = try SessionReader.read(folder("session"))
  #expect(session.cameras.map(\.name) == ["cam0", "cam1"])
}

@Test func missingEmptyAndWrongPlacesAreToldApart() throws {
  let folder = try TemporaryFolder()
  try folder.write("file.png")
  try folder.write("empty/cam0/note.txt")
  try folder.write("recorded/session.json")
  try folder.write("recorded/cam0/1.png")
  #expect(error(folder("missing")) == .missing(path: folder("missing")))
  #expect(error(folder("file.png")) == .notAFolder(path: folder("file.png")))
  #expect(error(folder("empty")) == .noPictures(path: folder("empty"), skipped: 1))
  #expect(error(folder("recorded"))?.description.contains("session.json") == true)
  try Files.makeLink(folder("circle"), to: "circle")
  #expect(error(folder("circle"))?.description.contains("symbolic links") == true)
  #expect(error("\0") != nil)
  #expect(error("") == .missing(path: ""))
}

@Test func twoPicturesOfOneInstantAreNamedBoth() throws {
  let folder = try TemporaryFolder()
  for name in ["cam0/01.png", "cam0/01.jpg", "cam0/02.png"] { try folder.write(name) }
  #expect(
    error(folder.path)
      == .duplicateStem(
        camera: "cam0", stem: "01", first: folder("cam0/01.jpg"), second: folder("cam0/01.png")))
}

@Test(arguments: [
  "front left", "cam\n0", "caméra", "\u{202E}cam", String(repeating: "c", count: 65),
])
func cameraFoldersNeedNamesThatAreRoles(name: String) throws {
  let folder = try TemporaryFolder()
  try folder.write(name + "/1.png")
  let message = try #require(error(folder.path)).description
  #expect(message.contains("cannot be a camera name"))
}

@Test func hostileFileNamesArePlainText() throws {
  let folder = try TemporaryFolder()
  let names = ["a\nb", "$(reboot)", "-rf", "\u{1B}[31m", "x..", "a.b.c", "é", "<b>"]
  for name in names { try folder.write("cam0/\(name).png") }
  let session = try SessionReader.read(folder.path)
  #expect(Set(session.frames) == Set(names))
  // Composed and decomposed é are different file names that nobody can tell apart.
  try folder.write("cam0/e\u{301}.png")
  #expect(error(folder.path)?.description.contains("two pictures for the instant") == true)
}

@Test func tooManyCamerasAreRefused() throws {
  let folder = try TemporaryFolder()
  for index in 0...SessionReader.maximumCameras { try folder.write("cam\(index)/1.png") }
  #expect(error(folder.path) == .tooManyCameras(path: folder.path, limit: 64))
}
