package import Boards
import Documents

/// Writes a sheet with a board, true to scale, for a printer: PDF or SVG by the name of the file.
///
/// `paper` is the word for a sheet; nil for the smallest ISO size that holds the board. Throws, and
/// writes nothing, when the board cannot be printed so, or when something stands at `file`.
package func printBoard(
  boardWord: String, paper: String?, to file: String
) throws(ProcedureError) -> BoardSheet {
  guard let board = try SolveRequest.board(boardWord) else { throw .noBoardWord }
  let sheet: BoardSheet
  let bytes: [UInt8]
  do throws(BoardPrintError) {
    let format = try SheetFormat(file: file)
    let size: PaperSize? = if let paper { try PaperSize(word: paper) } else { nil }
    sheet = try BoardSheet(board, paper: size, software: Software.nameAndVersion)
    bytes = format == .pdf ? sheet.pdf : Array(sheet.svg.utf8)
  } catch {
    throw .boardPrint(error)
  }
  try OutputFiles.check(file)
  try OutputFiles.checkNew(file)
  try OutputFiles.write(bytes, to: file)
  return sheet
}

private enum SheetFormat {
  case pdf
  case svg

  init(file: String) throws(BoardPrintError) {
    let name = file.lowercased()
    if name.hasSuffix(".pdf") {
      self = .pdf
    } else if name.hasSuffix(".svg") {
      self = .svg
    } else {
      throw .unknownFormat(file)
    }
  }
}
