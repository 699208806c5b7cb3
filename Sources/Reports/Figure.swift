/// A drawing with its title above and its explanation below.
enum Figure {
  static func drawing(_ title: String, _ drawing: Markup, _ caption: String) -> Markup {
    self.drawing(title, drawing, [.text(caption)])
  }

  static func drawing(_ title: String, _ drawing: Markup, _ caption: [Markup]) -> Markup {
    .element(
      "figure", [:], .element("h4", [:], title), drawing, .element("figcaption", [:], caption))
  }
}
