import Boards
import Imaging
import Testing

@testable import BoardDetection

@Suite struct MarkerNamingTests {
  /// Squares of about 34 pixels, turned and tilted.
  static let view = Homography(x: 80, y: 75, u: (32, 6), v: (-4, 33), tilt: (0.012, 0.006))
  /// The same upside down.
  static let turned = Homography(x: 290, y: 250, u: (-32, -6), v: (4, -33), tilt: (0.008, 0.01))
  /// On its side.
  static let onItsSide = Homography(x: 330, y: 60, u: (4, 33), v: (-33, 5), tilt: (0.006, 0.008))

  static func board(_ word: String) throws -> BoardSpec { try BoardSpec(word: word) }

  static func picture(
    _ board: BoardSpec, _ view: Homography = view, width: Int = 380, height: Int = 330,
    blur: Double = 0.8, seed: UInt64 = 1
  ) -> GreyImage {
    var renderer = BoardRenderer(width: width, height: height)
    renderer.paint(board, at: view)
    return renderer.picture(blur: blur, noise: 1.5, seed: seed)
  }

  /// True when every corner lies where its name says.
  static func areRight(_ corners: [BoardCorner], _ view: Homography) -> Bool {
    !corners.isEmpty && BoardDetectorTests.errors(corners, view).worst < 0.3
  }

  @Test(arguments: [
    "DICT_4X4_50", "DICT_5X5_100", "DICT_6X6_250", "DICT_7X7_50", "DICT_ARUCO_ORIGINAL",
    "DICT_APRILTAG_16h5", "DICT_APRILTAG_25h9", "DICT_APRILTAG_36h11", "DICT_ARUCO_MIP_36h12",
  ])
  func wholeBoardsAreNamedWhicheverWayTheyLie(dictionary: String) throws {
    // Even in columns + rows, so that colours alone do not tell.
    let board = try Self.board("charuco:7x5:25mm:19mm:\(dictionary)")
    for view in [Self.view, Self.turned, Self.onItsSide] {
      let result = BoardDetector(board: board).detect(in: Self.picture(board, view))
      #expect(result.status == .complete, "\(dictionary): \(String(describing: result.reason))")
      #expect(!result.ambiguous)
      let found = try #require(result.boards.first)
      #expect(Self.areRight(found.corners, view))
      let markers = try #require(found.markers)
      #expect(markers.read >= 15 && !markers.legacy && !markers.inverted && markers.layoutSeen)
    }
  }

  @Test func cornersAreAsAccurateAsOnAPlainBoard() throws {
    let board = try Self.board("charuco:7x5:25mm:18mm:DICT_5X5_100")
    let found = BoardDetector(board: board).detect(in: Self.picture(board)).boards.first
    let errors = BoardDetectorTests.errors(try #require(found).corners, Self.view)
    #expect(errors.rms < 0.02)
    #expect(errors.worst < 0.06)
  }

  @Test func partsAreNamed() throws {
    let board = try Self.board("charuco:12x9:25mm:18mm:DICT_5X5_100")
    for (x, y) in [(-150.0, -100.0), (-200.0, 40.0), (60.0, -120.0), (40.0, 60.0)] {
      let view = Homography(x: x, y: y, u: (38, 5), v: (-4, 39))
      let result = BoardDetector(board: board).detect(in: Self.picture(board, view))
      #expect(result.status == .anchored)
      let found = try #require(result.boards.first)
      #expect(found.corners.count >= 20)
      #expect(Self.areRight(found.corners, view), "\(x) \(y)")
    }
  }

  @Test func blurThatHidesEverySingleMarkerLeavesTheNames() throws {
    let board = try Self.board("charuco:7x5:25mm:18mm:DICT_5X5_100")
    let result = BoardDetector(board: board).detect(in: Self.picture(board, blur: 2.2))
    let found = try #require(result.boards.first)
    #expect(found.status.isNamed)
    #expect(Self.areRight(found.corners, Self.view))
  }

  @Test(arguments: ["7x6", "6x6"])
  func theOldLayoutIsSeen(size: String) throws {
    let stated = try Self.board("charuco:\(size):25mm:18mm:DICT_5X5_100")
    let printed = try Self.board("charuco:\(size):25mm:18mm:DICT_5X5_100:legacy")
    for (word, picture) in [(stated, printed), (printed, stated), (printed, printed)] {
      for view in [Self.view, Self.turned] {
        let result = BoardDetector(board: word).detect(in: Self.picture(picture, view))
        #expect(result.status == .complete)
        let found = try #require(result.boards.first)
        #expect(Self.areRight(found.corners, view))
        #expect(found.markers?.legacy == (picture == printed))
        #expect(found.markers?.layoutSeen == true)
      }
    }
  }

  @Test func aMiddlePartSaysThatItDoesNotShowTheLayout() throws {
    let stated = try Self.board("charuco:11x8:25mm:18mm:DICT_5X5_100")
    let printed = try Self.board("charuco:11x8:25mm:18mm:DICT_5X5_100:legacy")
    // Neither end of the rows is in the picture.
    let view = Homography(x: -110, y: 30, u: (60, 0), v: (0, 60))
    let picture = Self.picture(printed, view)
    var result = BoardDetector(board: stated).detect(in: picture)
    #expect(result.status == .anchored)
    #expect(result.boards.first?.markers?.layoutSeen == false)
    // With its word it is named rightly, and by the word alone a column beside.
    let known = BoardDetector(board: printed).detect(in: picture)
    #expect(Self.areRight(try #require(known.boards.first).corners, view))
    // Another picture that shows the layout sets it right.
    let whole = BoardDetector(board: stated).detect(
      in: Self.picture(
        printed, Homography(x: 40, y: 40, u: (31, 1), v: (-1, 31))))
    var agreement = LayoutAgreement(stated)
    agreement.count(whole)
    agreement.count(result)
    #expect(agreement.isLegacy == true && agreement.contradictsWord)
    agreement.settle(&result)
    #expect(Self.areRight(try #require(result.boards.first).corners, view))
    // Pictures of both layouts: then nobody can say.
    agreement.count(
      BoardDetector(board: stated).detect(
        in: Self.picture(
          stated, Homography(x: 40, y: 40, u: (31, 1), v: (-1, 31)))))
    var unknown = BoardDetector(board: stated).detect(in: picture)
    agreement.settle(&unknown)
    #expect(unknown.status == BoardStatus.none)
  }

  @Test func invertedBoardsAreSeen() throws {
    let stated = try Self.board("charuco:7x6:25mm:18mm:DICT_6X6_100")
    let printed = try Self.board("charuco:7x6:25mm:18mm:DICT_6X6_100:inverted")
    for view in [Self.view, Self.turned] {
      let result = BoardDetector(board: stated).detect(in: Self.picture(printed, view))
      #expect(result.status == .complete)
      let found = try #require(result.boards.first)
      #expect(Self.areRight(found.corners, view))
      #expect(found.markers?.inverted == true)
    }
  }

  /// Boards that are not the stated one get no names.
  @Test(arguments: [
    "charuco:7x6:25mm:18mm:DICT_4X4_100", "charuco:7x6:25mm:18mm:DICT_6X6_100",
    "charuco:8x6:25mm:18mm:DICT_5X5_100", "charuco:6x7:25mm:18mm:DICT_5X5_100",
    "charuco:5x6:25mm:18mm:DICT_5X5_100", "charuco:9x7:25mm:18mm:DICT_5X5_100",
    "charuco:7x6:25mm:18mm:DICT_APRILTAG_25h9",
  ])
  func otherBoardsAreRefused(word: String) throws {
    let stated = try Self.board("charuco:7x6:25mm:18mm:DICT_5X5_100")
    let picture = Self.picture(try Self.board(word))
    let result = BoardDetector(board: stated).detect(in: picture)
    #expect(!result.status.isNamed)
  }

  @Test func mirroredPicturesAreRefused() throws {
    let board = try Self.board("charuco:7x6:25mm:18mm:DICT_5X5_100")
    let picture = Self.picture(board)
    var pixels = picture.pixels
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        pixels[y * picture.width + x] = picture.pixels[(y + 1) * picture.width - 1 - x]
      }
    }
    let mirrored = GreyImage(width: picture.width, height: picture.height, pixels: pixels)
    let result = BoardDetector(board: board).detect(in: mirrored)
    #expect(result.status == BoardStatus.none)
    guard case .otherMarkers = result.reason else {
      Issue.record("\(String(describing: result.reason))")
      return
    }
  }

  @Test func plainBoardsAreRefusedAndSaidSo() throws {
    var renderer = BoardRenderer(width: 380, height: 330)
    renderer.paint(columns: 6, rows: 5, at: Self.view)
    let board = try Self.board("charuco:7x6:25mm:18mm:DICT_5X5_100")
    let result = BoardDetector(board: board).detect(in: renderer.picture())
    #expect(result.status == BoardStatus.none)
    #expect(result.reason?.code == "other_markers")
  }

  @Test func noiseHasNoBoard() throws {
    let detector = BoardDetector(board: try Self.board("charuco:7x6:25mm:18mm:DICT_4X4_50"))
    var generator = SeededGenerator(seed: 5)
    for side in [1, 3, 7] {
      // Random black and white tiles are full of corners.
      let tiles = (0..<(130 * 130)).map { _ in UInt8(generator.unit() < 0.5 ? 30 : 220) }
      let pixels = (0..<(380 * 330)).map { n in
        tiles[(n / 380 / side) % 130 * 130 + (n % 380) / side % 130]
      }
      let result = detector.detect(in: GreyImage(width: 380, height: 330, pixels: pixels))
      #expect(!result.status.isNamed)
    }
  }
}
