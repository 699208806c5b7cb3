import Simulation
import Testing

struct SeededNumbersTests {
  @Test func theSeedDecides() {
    var a = SeededNumbers(7)
    var b = SeededNumbers(7)
    var c = SeededNumbers(8)
    let first = (0..<10).map { _ in a.next() }
    let same = (0..<10).map { _ in b.next() }
    let other = (0..<10).map { _ in c.next() }
    #expect(first == same)
    #expect(first != other)
  }

  /// Streams of neighbouring seeds are as independent as the numbers of one stream: 5 standard
  /// errors.
  @Test func neighbouringSeedsHaveNothingInCommon() {
    let count = 20_000
    for place in 0..<4 {
      let values = (0..<count).map { seed -> Double in
        var numbers = SeededNumbers(UInt64(seed))
        for _ in 0..<place { _ = numbers.normal() }
        return numbers.normal()
      }
      let mean = values.reduce(0, +) / Double(count)
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(count)
      let product = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
      let error = 5 / Double(count).squareRoot()
      #expect(abs(mean) < error)
      #expect(abs(square - 1) < 2.squareRoot() * error)
      #expect(abs(product / Double(count)) < error)
    }
  }

  @Test func boundsHold() {
    var numbers = SeededNumbers(3)
    for _ in 0..<2000 {
      let (even, ratio, index) = (
        numbers.uniform(2, 5), numbers.logUniform(0.01, 3), numbers.index(3)
      )
      #expect((2..<5).contains(even) && (0.01..<3).contains(ratio) && (0..<3).contains(index))
      let (angle, length) = (numbers.rotation(upTo: 0.4).angle, numbers.direction().length)
      #expect(angle <= 0.4 + 1e-12 && abs(length - 1) < 1e-12)
      let (never, always) = (numbers.chance(0), numbers.chance(1))
      #expect(!never && always)
    }
  }
}
