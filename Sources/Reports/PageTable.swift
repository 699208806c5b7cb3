/// A table: text at the left, numbers at the right of their columns.
struct PageTable {
  enum Column: String {
    /// May be broken anywhere.
    case text = "t"
    /// Stays on one line, as numbers do.
    case word = "w"
    case number = "n"
    /// Broken between words only.
    case phrase = "p"
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
  mutating func add(_ cells: [String]) { add(lines: cells.map { [$0] }) }

  /// The same with several lines in a cell.
  mutating func add(lines cells: [[String]]) {
    add(
      markup: cells.map { lines in
        let content = lines.map { Markup.text($0, limit: 200) }
        return lines.count == 1 ? content : content.map { .element("div", [:], $0) }
      })
  }

  /// The same with anything in a cell.
  mutating func add(markup cells: [[Markup]]) {
    precondition(cells.count == columns.count)
    rows.append(
      .element(
        "tr", [:],
        zip(cells, columns).map { .element("td", ["class": $1.rawValue], $0) }))
  }

  var markup: Markup {
    .element(
      "div", ["class": rows.count > Self.keptTogether ? "scroll" : "scroll kept"],
      .element(
        "table", [:], .element("thead", [:], head), .element("tbody", [:], [.list(rows)])))
  }
}
