import Measurements

/// Numbers held against limits as a table for people.
enum CheckTable {
  /// Of a check that every camera passes, the one nearest to the limit; otherwise every one that
  /// does not pass.
  static func lines(_ checks: [LimitCheck]) -> [String] {
    guard !checks.isEmpty else { return [] }
    var table = TextTable([
      ("check", .left), ("camera", .left), ("value", .right), ("limit", .left),
      ("verdict", .left),
    ])
    for (check, count) in checks.telling {
      let subject = check.subject.map { Console.safe($0) } ?? "the rig"
      table.add([
        Console.safe(check.title), subject + (count > 1 ? ", worst of \(count)" : ""),
        check.valueText, check.limitText, VerdictText.word(check.verdict),
      ])
    }
    return table.lines
  }
}
