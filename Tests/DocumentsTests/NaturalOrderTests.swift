import Testing

@testable import Documents

@Test func peopleNumberThingsLikeThis() {
  let sorted = ["", "01", "1", "02", "2", "a", "a1", "a01b", "a1b", "a2", "a10", "a10b", "b"]
  for cut in sorted.indices {
    let turned = Array((sorted[cut...] + sorted[..<cut]).reversed())
    #expect(turned.sorted(by: NaturalOrder.precedes) == sorted)
  }
}

@Test func longDigitRunsDoNotOverflow() {
  let nines = String(repeating: "9", count: 300)
  #expect(NaturalOrder.precedes(nines, "1" + String(repeating: "0", count: 300)))
  #expect(!NaturalOrder.precedes(nines, nines))
}
