import Execution
import Testing

struct ResourceUseTests {
  @Test func clocksRunForwardWithWork() {
    let process = ResourceUse.processCPUSeconds
    let thread = ResourceUse.threadCPUSeconds
    let wall = ResourceUse.wallSeconds
    var sum = 0.0
    while ResourceUse.threadCPUSeconds <= thread { sum += 1 }
    #expect(sum >= 0)
    #expect(ResourceUse.processCPUSeconds > process)
    #expect(ResourceUse.wallSeconds > wall)
  }

  @Test func peakMemoryCountsWhatWasTouched() {
    let before = ResourceUse.peakResidentBytes
    #expect(before > 1 << 20)
    let block = [UInt8](repeating: 1, count: before + (8 << 20))
    #expect(block.reduce(0) { $0 &+ Int($1) } == block.count)
    #expect(ResourceUse.peakResidentBytes > before)
  }
}
