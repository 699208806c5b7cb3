/// A table: text at the left, numbers at the right of their columns.
struct PageTable {
  enum Column: String {
    /// May be broken anywhere.
    case text = "t"
    /// Stays on one line, as numbers do.
    case word = "w"
    case number = "n"
  }

  /// Tables of up to so many rows are not torn apart on paper.
  private static let keptTogether = 14

  private let columns: [Column]
  private let head: Markup
  private var rows: [Markup] = []

  init(_ columns: [(title: String, kind: Column)]) {
    self.columns = columns.map(\.kind)
    head = .element(
      "tr", [:], columns.map { .element("th", ["class": $0.kind.rawValue], $0.title) })
  }

  /// A row of as many cells as there are columns.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count)
    rows.append(
      .element(
        "tr", [:],
        zip(cells, columns).map { cell, kind in
          .element("td", ["class": kind.rawValue], [.text(cell, limit: 200)])
        }))
  }

  var markup: Markup {
    .element(
      "div", ["class": rows.count > Self.keptTogether ? "scroll" : "scroll kept"],
      .element(
        "table", [:], .element("thead", [:], head), .element("tbody", [:], [.list(rows)])))
  }
}
