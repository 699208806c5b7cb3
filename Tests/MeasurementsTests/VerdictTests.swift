import Measurements
import Testing

struct VerdictTests {
  @Test func theTableOfExitStatuses() {
    #expect(Verdict.pass.exitStatus == .done)
    #expect(Verdict.marginal.exitStatus == .done)
    #expect(Verdict.notAsked.exitStatus == .done)
    #expect(Verdict.fail.exitStatus == .failed)
    #expect(Verdict.notDetermined.exitStatus == .failed)
    #expect(
      [ExitStatus.done, .failed, .badInput, .device, .storage, .unexpected, .interrupted]
        .map { $0.rawValue } == [0, 1, 2, 3, 4, 5, 130])
  }

  @Test func namesInFiles() {
    #expect(Verdict(rawValue: "not_determined") == .notDetermined)
    #expect(Verdict(rawValue: "not_asked") == .notAsked)
  }
}
