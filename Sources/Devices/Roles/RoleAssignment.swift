/// Which device plays which role of a cart design.
package struct RoleAssignment: Equatable, Sendable {
  /// A role and what was found for it.
  package struct Role: Equatable, Sendable {
    package let role: String
    package let match: DeviceMatch
    package let state: RoleState
    /// The device's position in the list; nil where none plays the role.
    package let device: Int?
  }

  /// In the order in which they were given.
  package let roles: [Role]
  /// Positions of devices that play no role.
  package let extras: [Int]

  /// Whether every role has its one device, in its place.
  package var isComplete: Bool { roles.allSatisfy { $0.state == .found } }
}

/// What is to be said of a role.
package enum RoleState: Equatable, Sendable {
  case found
  /// No device fits, and its port, where one is given, is empty.
  case missing
  /// Several devices fit; `devices` are their positions.
  case duplicated(devices: [Int])
  /// Its device hangs in the port of another role, whose device hangs in its own.
  case swapped(with: String)
  /// Its device, or one of its kind, hangs in a port that is not its own.
  case misplaced
  /// In its port hangs a device that is not the one, or not of the kind, that is meant.
  case otherDevice(Int)
}

extension RoleState {
  /// The word in files.
  package var word: String {
    switch self {
    case .found: "found"
    case .missing: "missing"
    case .duplicated: "duplicated"
    case .swapped: "swapped"
    case .misplaced: "misplaced"
    case .otherDevice: "other_device"
    }
  }

  package static var words: [String] {
    ["found", "missing", "duplicated", "swapped", "misplaced", "other_device"]
  }
}

extension RoleAssignment {
  /// Finds the devices of `wanted` among `devices`.
  ///
  /// A device that fits a role in everything plays it. Of the others, one that is of the right kind
  /// and hangs elsewhere is swapped when the role that belongs there misses its own device and that
  /// hangs here, else misplaced. Nothing is guessed: a misplaced device plays no role.
  package init(_ wanted: [(role: String, match: DeviceMatch)], among devices: [FoundDevice]) {
    let fitting = wanted.map { want in devices.indices.filter { want.match.fits(devices[$0]) } }
    let taken = Set(fitting.filter { $0.count == 1 }.flatMap { $0 })
    // Where the device of a role without one hangs instead, if that can be told.
    let astray = wanted.indices.map { index -> Int? in
      let match = wanted[index].match
      guard fitting[index].isEmpty, match.port != nil, match.namesKind else { return nil }
      let others = devices.indices.filter {
        !taken.contains($0) && match.fitsKind(devices[$0])
      }
      // Of several of one kind, the one that hangs where a device of another kind belongs.
      if others.count > 1 {
        let misplaced = others.filter { other in
          wanted.contains {
            $0.match.port == devices[other].address.port && !$0.match.fitsKind(devices[other])
          }
        }
        if misplaced.count == 1 { return misplaced[0] }
      }
      return others.first
    }
    var roles: [Role] = []
    for (index, want) in wanted.enumerated() {
      let state: RoleState
      var device: Int?
      if fitting[index].count == 1 {
        (state, device) = (.found, fitting[index][0])
      } else if fitting[index].count > 1 {
        state = .duplicated(devices: fitting[index])
      } else if let stray = astray[index] {
        let owner = wanted.indices.first { other in
          other != index && wanted[other].match.port == devices[stray].address.port
            && astray[other].map { devices[$0].address.port } == want.match.port
        }
        state = owner.map { .swapped(with: wanted[$0].role) } ?? .misplaced
        device = stray
      } else if want.match.port != nil,
        let other = devices.indices.first(where: { want.match.fitsPort(devices[$0]) })
      {
        state = .otherDevice(other)
      } else {
        state = .missing
      }
      roles.append(Role(role: want.role, match: want.match, state: state, device: device))
    }
    self.roles = roles
    let known = Set(
      roles.flatMap { role -> [Int] in
        switch role.state {
        case .duplicated(let several): several
        case .otherDevice(let other): [other]
        default: role.device.map { [$0] } ?? []
        }
      })
    extras = devices.indices.filter { !known.contains($0) }
  }
}

extension RoleAssignment.Role {
  /// What is wrong, as a sentence; nil where its device is in its place. `devices` are those that
  /// were searched.
  package func problem(_ devices: [FoundDevice]) -> String? {
    func port() -> String { device.map { devices[$0].address.port } ?? "" }
    switch state {
    case .found: return nil
    case .missing: return "\(role) is missing: no device with \(match)."
    case .duplicated(let several):
      let nodes = several.map { devices[$0].node }.joined(separator: ", ")
      return "\(role) is there \(several.count) times: \(nodes) fit \(match)."
    case .swapped(let other):
      return "\(role) and \(other) are swapped: the device of \(role) hangs in port "
        + "\(port())."
    case .misplaced:
      return "\(role) hangs in the wrong port: \(port()) instead of "
        + "\(match.port ?? "")."
    case .otherDevice(let other):
      return "In the port of \(role) hangs another device: \(devices[other].name) with "
        + "\(devices[other].identity.text)."
    }
  }

  /// The one next action; nil where nothing is wrong.
  package var remedy: String? {
    switch state {
    case .found: nil
    case .missing: "Plug it in, and look at its cable."
    case .duplicated: "Unplug the one that does not belong, or say its port or serial in the rig."
    case .swapped: "Exchange their two plugs."
    case .misplaced: "Plug it into its own port."
    case .otherDevice: "Put the right device there, or change the rig if that one is meant."
    }
  }
}
