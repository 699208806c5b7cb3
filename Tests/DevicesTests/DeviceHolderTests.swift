import Glibc
import Testing

@testable import Devices

/// A terminal pair stands for a device: a child process holds its other end open.
struct DeviceHolderTests {
  @Test func theProcessThatHoldsANodeIsNamed() throws {
    var (near, far): (CInt, CInt) = (-1, -1)
    try #require(openpty(&near, &far, nil, nil, nil) == 0)
    defer { close(near) }
    let node = String(cString: ttyname(far))
    #expect(DeviceHolder.find(node) == [], "this process itself does not count")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, far, 0)
    var words: [UnsafeMutablePointer<CChar>?] =
      ["sleep", "60"].map { (word: String) in strdup(word) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    try #require(posix_spawnp(&child, "sleep", &actions, nil, &words, nil) == 0)
    defer {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    close(far)
    let holders = DeviceHolder.find(node)
    #expect(holders.map(\.processID) == [Int(child)])
    // Before its program is loaded the child still bears the name of the tests.
    #expect(holders.first?.command.isEmpty == false)
  }

  @Test func whatIsNoDeviceHasNoHolders() {
    #expect(DeviceHolder.find("/nowhere/at/all") == [])
    #expect(DeviceHolder.find("/etc/passwd") == [])
  }
}
