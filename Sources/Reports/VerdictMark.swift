import Measurements

/// A sign for each verdict; told apart by shape, so that it holds in grey.
enum VerdictMark {
  /// `name` is its class in the style sheet.
  static func drawing(_ verdict: Verdict, name: String = "large") -> Markup {
    let shape: [Markup] =
      switch verdict {
      case .pass:
        [
          .element("circle", ["class": "solid", "cx": "24", "cy": "24", "r": "22"], []),
          stroke("M13 25l8 8l15 -17", "inside"),
        ]
      case .marginal:
        [
          stroke("M24 4L46 43L2 43z", "edge"), stroke("M24 17L24 30M24 36.5L24 36.6", "edge"),
        ]
      case .fail:
        [
          .element(
            "path", ["class": "solid", "d": "M15 2h18l13 13v18l-13 13h-18l-13 -13v-18z"], []),
          stroke("M15 15L33 33M33 15L15 33", "inside"),
        ]
      case .notDetermined:
        [
          .element("circle", ["class": "edge", "cx": "24", "cy": "24", "r": "21"], []),
          stroke("M17 19c0 -9 14 -9 14 0c0 6 -7 5 -7 11M24 36.5L24 36.6", "edge"),
        ]
      case .notAsked:
        [
          .element("circle", ["class": "edge", "cx": "24", "cy": "24", "r": "21"], []),
          stroke("M15 24L33 24", "edge"),
        ]
      }
    return .element(
      "svg", ["class": "verdict \(name)", "viewBox": "0 0 48 48", "aria-hidden": "true"], shape)
  }

  private static func stroke(_ data: String, _ name: String) -> Markup {
    .element("path", ["class": name, "d": data], [])
  }
}
