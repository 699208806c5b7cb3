/// Finds the word that a person may have meant.
package enum NearestWord {
  /// The word in `words` that differs from `word` in the fewest letters, at most two; else one that
  /// begins with `word`; nil when there is none.
  package static func nearest(_ word: String, in words: [String]) -> String? {
    let candidates = words.map { ($0, editDistance(Array(word), Array($0))) }
    guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= 2 else {
      return words.first { word.count > 3 && $0.hasPrefix(word) }
    }
    return best.0
  }

  /// Levenshtein's distance, by one row of its table at a time.
  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard a.count < 64 else { return Int.max }
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
