/// The few large numbers below a page's verdict.
enum KeyFigures {
  static func list(_ entries: [(value: String, unit: String, title: String)]) -> Markup {
    .element(
      "dl", ["class": "figures"],
      entries.map { entry in
        .element(
          "div", [:], .element("dt", [:], entry.title),
          .element(
            "dd", [:], .text(entry.value + (entry.unit.isEmpty ? "" : " ")),
            .element("small", [:], entry.unit)))
      })
  }
}
