/// Picture names that are a word and a number: `left01`, `right01`.
enum NameFamilies {
  /// The words before the numbers when at least two of them carry mostly the same numbers, three
  /// or more: then the names look like several cameras' pictures. Nil otherwise.
  static func prefixes(sharingNumbers stems: Set<String>) -> [String]? {
    var numbers: [String: Set<String>] = [:]
    for stem in stems {
      let digits = String(stem.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
      let prefix = String(stem.dropLast(digits.count))
      guard !digits.isEmpty, !prefix.isEmpty else { return nil }
      numbers[prefix, default: []].insert(digits)
    }
    guard (2...8).contains(numbers.count), let first = numbers.values.first else { return nil }
    let shared = numbers.values.reduce(first) { $0.intersection($1) }
    let largest = numbers.values.map(\.count).max() ?? 0
    guard shared.count >= 3, 2 * shared.count >= largest else { return nil }
    return numbers.keys.sorted()
  }
}
