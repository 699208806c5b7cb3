/// Makes inputs from a corpus: well-formed ones cut, joined, repeated and damaged. The same seed makes
/// the same inputs.
package struct InputMaker {
  private var random: SplitMix64
  private let corpus: [[UInt8]]

  package init(corpus: [[UInt8]], seed: UInt64) {
    self.corpus = corpus
    random = SplitMix64(state: seed)
  }

  package mutating func next() -> [UInt8] {
    var input = pick()
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        if !input.isEmpty {
          input[place(in: input)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        }
      case 1: if !input.isEmpty { input[place(in: input)] = .random(in: 0...255, using: &random) }
      case 2: if !input.isEmpty { input.remove(at: place(in: input)) }
      case 3:
        input.insert(
          .random(in: 0...255, using: &random), at: Int.random(in: 0...input.count, using: &random))
      case 4: input = Array(input.prefix(Int.random(in: 0...input.count, using: &random)))
      case 5: input += pick()
      case 6: input = Array(input.dropFirst(Int.random(in: 0...input.count, using: &random)))
      default:
        // A part again and again, to reach the limits on length.
        let part = input.prefix(Int.random(in: 0...min(8, input.count), using: &random))
        for _ in 0..<Int.random(in: 0...60, using: &random) { input += part }
      }
    }
    return input
  }

  private mutating func pick() -> [UInt8] {
    corpus[Int.random(in: 0..<corpus.count, using: &random)]
  }

  private mutating func place(in input: [UInt8]) -> Int {
    Int.random(in: 0..<input.count, using: &random)
  }
}

/// G. L. Steele, D. Lea, C. H. Flood: Fast splittable pseudorandom number generators (OOPSLA 2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
