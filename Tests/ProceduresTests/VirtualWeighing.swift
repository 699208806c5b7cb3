import TestSupport
import Weighing

@testable import Procedures

/// Weighings with prompts on a virtual scale with virtual hands.
protocol VirtualWeighing {}

extension VirtualWeighing {
  static var rig: String {
    let root = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    return root + "/rigs/virtual-cart4.yaml"
  }

  func request(
    _ folder: TemporaryFolder, _ length: WeighingPlan.Length = .line, cart: String = "V-1",
    masses: MassRegistry? = nil, session: String = "session"
  ) throws -> LiveWeighRequest {
    try LiveWeighRequest(
      rig: Self.rig, length: length, masses: nil, registry: masses ?? virtualMasses(),
      cart: cart, access: StoreAccess(store: folder("store"), takesUnsigned: true),
      session: folder(session), jsonFile: nil)
  }

  /// `act` stands for other hands.
  func run(
    _ request: LiveWeighRequest, _ hands: VirtualHands, _ log: WeighingLog = WeighingLog(),
    isStopped: () -> Bool = { false }, act: ((WeighingPlan.Placement) -> Void)? = nil
  ) throws -> WeighOutcome? {
    try weighLive(
      request, scale: hands.scale, tilt: { hands.scale.tilt }, isStopped: isStopped,
      say: log.take, asked: act ?? hands.act)
  }
}

/// What was said.
final class WeighingLog {
  var prompts: [Int?] = []
  var problems: [String] = []
  var done: [Int?] = []

  func take(_ message: LiveWeighMessage) {
    switch message {
    case .prompt(_, let placement): prompts.append(placement)
    case .problem(let text): problems.append(text)
    case .done(let placement): done.append(placement)
    case .begins, .resting: break
    }
  }
}
