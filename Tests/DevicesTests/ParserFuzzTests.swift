import Testing

@testable import fuzz_parsers

/// A small part of what `fuzz-parsers` does.
struct ParserFuzzTests {
  @Test(arguments: ParserUnderTest.all.map(\.name))
  func noInputBreaksAParser(_ name: String) throws {
    let parser = try #require(ParserUnderTest.all.first { $0.name == name })
    var maker = InputMaker(corpus: parser.corpus, seed: 20)
    for _ in 0..<20_000 {
      let input = maker.next()
      let problem = parser.check(input)
      try #require(problem == nil, "\(input)")
    }
  }

  @Test func inputsFollowFromTheSeed() {
    var (first, second) = (
      InputMaker(corpus: [[1, 2, 3]], seed: 5), InputMaker(corpus: [[1, 2, 3]], seed: 5)
    )
    let inputs = (0..<100).map { _ in first.next() }
    #expect(inputs == (0..<100).map { _ in second.next() })
    #expect(Set(inputs).count > 50)
  }
}
