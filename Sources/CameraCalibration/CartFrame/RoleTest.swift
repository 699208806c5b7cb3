import Geometry

/// Whether cameras are where their roles say, and which stand in each other's place.
struct RoleTest {
  /// Camera indices, each with the camera in whose nominal place it is: cycles of exchanged roles.
  private(set) var cycles: [[Int]] = []
  /// Cameras beyond their tolerance that are in nobody else's place: metres, radians.
  private(set) var far: [(camera: Int, move: Double, turn: Double)] = []
  /// The cart frame of the cameras' poses: the one given, else the best fit with roles exchanged as
  /// found.
  private(set) var fit: NominalFit?

  /// A camera within this many tolerances of another one's place may be that one.
  private static let reach = 1.5

  /// `isInCart` when the cameras' poses are in the cart frame already.
  init(_ cameras: [PlacedCamera], isInCart: Bool) {
    // By place in `cameras`: whose nominal place it is in.
    var roles = Array(cameras.indices)
    func nominal(_ roles: [Int]) -> [NominalPlace] { roles.map { cameras[$0].nominal } }
    func cost(_ roles: [Int]) -> Double {
      guard isInCart else { return NominalFit(cameras, places: nominal(roles))?.cost ?? 0 }
      return zip(cameras, nominal(roles)).reduce(0) {
        $0 + min(100, PlacedCamera.squaredDistance($1.0.frameFromCamera, $1.1))
      }
    }
    func placement(_ roles: [Int]) -> RigidTransform {
      guard !isInCart else { return .identity }
      return NominalFit(cameras, places: nominal(roles))?.cartFromFrame ?? .identity
    }
    func excess(_ index: Int, _ place: NominalPlace, _ cartFromFrame: RigidTransform) -> Double {
      let (move, turn) = PlacedCamera.distance(
        cartFromFrame * cameras[index].frameFromCamera, place)
      return max(move / place.positionTolerance, turn / place.angleTolerance)
    }
    let plain = placement(roles)
    guard cameras.indices.contains(where: { excess($0, cameras[$0].nominal, plain) > 1 }) else {
      if !isInCart { fit = NominalFit(cameras, places: nominal(roles)) }
      return
    }
    var present = cost(roles)
    // Each exchange puts at least one camera into its place, so that there are no more than cameras.
    for _ in cameras.indices {
      var best: (a: Int, b: Int, cost: Double)?
      for a in cameras.indices {
        for b in cameras.indices where b > a {
          var trial = roles
          trial.swapAt(a, b)
          let cost = cost(trial)
          if cost < best?.cost ?? .infinity { best = (a, b, cost) }
        }
      }
      // What chance does not do: twenty is beyond four standard deviations in one direction.
      guard let best, best.cost < present - 20 else { break }
      roles.swapAt(best.a, best.b)
      present = best.cost
    }
    if !isInCart { fit = NominalFit(cameras, places: nominal(roles)) }
    let cartFromFrame = fit?.cartFromFrame ?? .identity
    var isExchanged = Array(repeating: false, count: cameras.count)
    for start in cameras.indices where roles[start] != start && !isExchanged[start] {
      var cycle = [start]
      while let last = cycle.last, roles[last] != start { cycle.append(roles[last]) }
      guard cycle.allSatisfy({ excess($0, cameras[roles[$0]].nominal, cartFromFrame) < Self.reach })
      else {
        continue
      }
      for member in cycle { isExchanged[member] = true }
      cycles.append(cycle.map { cameras[$0].camera })
    }
    for index in cameras.indices
    where !isExchanged[index] && excess(index, cameras[index].nominal, cartFromFrame) > 1 {
      let (move, turn) = PlacedCamera.distance(
        cartFromFrame * cameras[index].frameFromCamera, cameras[index].nominal)
      far.append((cameras[index].camera, move, turn))
    }
  }
}
