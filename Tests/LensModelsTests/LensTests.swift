import LensModels
import Testing

@Test(arguments: LensKind.allCases)
func lensRefusesParametersThatAreNone(_ kind: LensKind) {
  let count = kind.parameterCount
  #expect(throws: LensError.wrongParameterCount(kind, count: count + 1)) {
    try Lens(
      kind: kind, width: 640, height: 480, parameters: Array(repeating: 1, count: count + 1))
  }
  for bad in [Double.nan, .infinity] {
    for index in 0..<count {
      var parameters = Array(repeating: 0.0, count: count)
      parameters[0] = 500
      parameters[1] = 500
      parameters[index] = bad
      #expect(throws: LensError.self) {
        try Lens(kind: kind, width: 640, height: 480, parameters: parameters)
      }
    }
  }
  #expect(throws: LensError.self) {
    try Lens(
      kind: kind, width: 640, height: 480, parameters: Array(repeating: 0, count: count))
  }
}

@Test func parameterNamesKeepOpenCVsOrder() {
  #expect(
    LensKind.opencv8.parameterNames
      == ["fx", "fy", "cx", "cy", "k1", "k2", "p1", "p2", "k3", "k4", "k5", "k6"])
  #expect(LensKind(rawValue: "kannala_brandt4") == .kannalaBrandt4)
}
