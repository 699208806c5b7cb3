import Testing

@testable import Sessions

private let large = PictureSize(width: 1280, height: 720)
private let small = PictureSize(width: 640, height: 480)

@Test func theMajorityDecidesAndTheOddOnesAreNamed() throws {
  let majority = try #require(MajoritySize([large, small, nil, large, large, small]))
  #expect(majority.size == large && majority.oddOnes == [1, 5])
}

@Test func aTieGoesToTheSizeMetFirst() {
  #expect(MajoritySize([small, large, large, small])?.size == small)
  #expect(MajoritySize([large, small])?.oddOnes == [1])
}

@Test func noSizeIsNoMajority() {
  #expect(MajoritySize([]) == nil)
  #expect(MajoritySize([nil, nil]) == nil)
}
