import Boards
import Glibc
import Imaging
import Testing

@testable import BoardDetection

/// A handful of the real pictures that stand beside the checkout, in `../shared/data`.
@Suite struct RealPictureTests {
  /// The folder with the pictures, or nil when it is not there.
  private static let data: String? = {
    // Tests/BoardDetectionTests/RealPictureTests.swift: three up is the package.
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(root)/../shared/data"
    return access(path, F_OK) == 0 ? path : nil
  }()

  private static func detect(_ name: String, columns: Int, rows: Int) throws -> BoardDetection {
    let data = try #require(data)
    let picture = try PictureDecoder.decode(file: "\(data)/\(name)")
    let board = try BoardSpec(columns: columns, rows: rows, squareSize: 0.025)
    return BoardDetector(board: board).detect(in: picture.image)
  }

  @Test(.enabled(if: data != nil, "needs ../shared/data"))
  func wholeBoardsAreComplete() throws {
    for (name, columns, rows) in [
      // A glare that eats the corners, a screen that shows boards, a wide lens, a finger.
      ("opencv_stereo/cam0/13.jpg", 9, 6), ("opencv_stereo/cam0/08.jpg", 9, 6),
      ("udacity_gopro_wide/cam0/0052.jpg", 8, 6),
      ("caliscope_chess8/cam0/cam_3_frame_1070.jpg", 9, 6),
    ] {
      let result = try Self.detect(name, columns: columns, rows: rows)
      #expect(result.status == .complete, "\(name)")
      #expect(result.ambiguous == (columns + rows).isMultiple(of: 2))
    }
  }

  @Test(.enabled(if: data != nil, "needs ../shared/data"))
  func cutBoardsAreUnanchored() throws {
    for (name, columns, rows) in [
      ("udacity_lanecam/cam0/001.jpg", 9, 6), ("udacity_gopro_wide/cam0/0055.jpg", 8, 6),
    ] {
      let result = try Self.detect(name, columns: columns, rows: rows)
      #expect(result.status == .unanchored, "\(name)")
    }
  }

  /// The frame cuts off one corner of the board's 54, and all sides are there.
  @Test(.enabled(if: data != nil, "needs ../shared/data"))
  func aBoardWithoutOneCornerIsNamed() throws {
    let result = try Self.detect("udacity_lanecam/cam0/005.jpg", columns: 9, rows: 6)
    #expect(result.status == .anchored)
    let corners = try #require(result.boards.first).corners
    #expect(corners.count == 53)
    #expect(!corners.contains { $0.column == 0 && $0.row == 0 })
  }

  @Test(.enabled(if: data != nil, "needs ../shared/data"))
  func aPictureWithoutABoardHasNone() throws {
    let result = try Self.detect(
      "negatives_noboard/cam0/cam_0_frame_0000.jpg", columns: 9, rows: 6)
    #expect(result.status == BoardStatus.none)
    #expect(result.reason != nil)
  }
}
