/// Rows under headings, columns as wide as their longest cell.
struct TextTable {
  /// How a column stands under its heading.
  enum Alignment {
    case left
    case right
  }

  private let headings: [(title: String, alignment: Alignment)]
  private var rows: [[String]] = []

  init(_ headings: [(title: String, alignment: Alignment)]) {
    self.headings = headings
  }

  mutating func add(_ cells: [String]) {
    precondition(cells.count == headings.count)
    rows.append(cells)
  }

  /// The table as lines without trailing spaces.
  var lines: [String] {
    let all = [headings.map(\.title)] + rows
    let widths = headings.indices.map { column in
      all.map { $0[column].count }.max() ?? 0
    }
    return all.map { cells in
      let padded = cells.indices.map { column in
        headings[column].alignment == .left
          ? cells[column].padded(to: widths[column])
          : cells[column].leftPadded(to: widths[column])
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
