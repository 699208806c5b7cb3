import Bundles
import Measurements

extension SolvePage {
  /// Findings that ask for the same.
  private struct Action {
    let remedy: String
    var findings: [Finding]
  }

  /// Of findings that ask for the same, so many are told in full.
  private static let toldInFull = 6

  /// One list of remedies, the heaviest first, each with what was seen; then what is worth knowing.
  var whatToDo: Markup {
    let needed = actions([.unusable, .warning])
    let notes = actions([.note])
    var content = [Markup.element("h2", [:], "What to do")]
    if needed.isEmpty {
      content.append(
        .element(
          "p", [:],
          isBad
            ? "See which checks below are beyond their limits, and calibrate again."
            : "Nothing has to be done."))
    } else {
      content.append(
        .element("ol", ["class": "findings"], [.list(needed.map(item))]))
    }
    if !notes.isEmpty {
      content.append(.element("h4", ["class": "notes"], "Worth knowing"))
      content.append(.element("ul", ["class": "findings"], [.list(notes.map(item))]))
    }
    return .element("section", [:], content)
  }

  private func actions(_ severities: [Finding.Severity]) -> [Action] {
    var actions: [Action] = []
    for severity in severities {
      var places: [[String]: Int] = [:]
      for finding in bundle.findings where finding.severity == severity {
        let key = [finding.code, finding.remedy]
        if let place = places[key] {
          actions[place].findings.append(finding)
        } else {
          places[key] = actions.count
          actions.append(Action(remedy: finding.remedy, findings: [finding]))
        }
      }
    }
    return actions
  }

  private func item(_ action: Action) -> Markup {
    let severity = action.findings[0].severity
    let told = action.findings.prefix(Self.toldInFull)
    var seen = told.map { finding in
      Markup.element(
        "p", ["class": "seen"],
        .element("span", ["class": "kind"], kind(finding)),
        .text(" \u{2002}"), .text(finding.text, limit: 2000))
    }
    let others = action.findings.dropFirst(Self.toldInFull)
    if !others.isEmpty {
      let subjects = others.compactMap(\.subject)
      seen.append(
        .element(
          "p", ["class": "seen"],
          "The same \(others.count) times more"
            + (subjects.isEmpty ? "." : ": \(subjects.joined(separator: ", ")).")))
    }
    return .element(
      "li", ["class": severity.rawValue],
      [.element("p", ["class": "remedy"], [.text(action.remedy, limit: 2000)])] + seen)
  }

  private func kind(_ finding: Finding) -> String {
    let word =
      switch finding.severity {
      case .unusable: "Problem"
      case .warning: "Warning"
      case .note: "Note"
      }
    // Most texts name what they are about.
    guard let subject = finding.subject, !finding.text.contains(subject) else { return word }
    return "\(word) \u{00B7} \(subject)"
  }
}
