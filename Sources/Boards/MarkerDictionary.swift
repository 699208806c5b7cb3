/// A set of square markers: patterns of black and white bits inside a black border, by number.
///
/// OpenCV's predefined dictionaries. A dictionary of fewer markers is the beginning of the larger
/// one of its size.
package struct MarkerDictionary: Equatable, Sendable {
  /// OpenCV's name, for example `DICT_5X5_100`.
  package let name: String
  /// Bits along a side, without the border of one bit all round.
  package let bitsPerSide: Int
  /// How many markers it has.
  package let count: Int

  /// The dictionary of a name, in any case; nil where there is none.
  package init?(name: String) {
    let wanted = name.uppercased()
    for family in MarkerTables.families {
      for member in family.dictionaries where member.name.uppercased() == wanted {
        self.name = member.name
        bitsPerSide = family.bitsPerSide
        count = member.count
        return
      }
    }
    return nil
  }

  /// The names of all dictionaries.
  package static var names: [String] {
    MarkerTables.families.flatMap { $0.dictionaries.map(\.name) }
  }

  /// The bits of the first markers, at most `most`: row by row, the first bit highest, 1 white.
  package func codes(_ most: Int) -> [UInt64] {
    guard
      let family = MarkerTables.families.first(where: { family in
        family.dictionaries.contains { $0.name == name }
      })
    else { return [] }
    let digits = (bitsPerSide * bitsPerSide + 3) / 4
    return family.codes.withUTF8Buffer { text in
      (0..<min(most, count)).map { id in
        text[(id * digits)..<((id + 1) * digits)].reduce(0) { $0 << 4 | Self.value($1) }
      }
    }
  }

  private static func value(_ digit: UInt8) -> UInt64 {
    UInt64(digit < 58 ? digit - 48 : digit - 87)
  }
}

extension MarkerDictionary {
  /// True when a bit of a marker is white.
  package func isWhite(_ code: UInt64, column: Int, row: Int) -> Bool {
    code >> UInt64(bitsPerSide * bitsPerSide - 1 - row * bitsPerSide - column) & 1 == 1
  }
}
