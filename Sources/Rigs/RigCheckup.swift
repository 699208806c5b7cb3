import Documents
import Geometry
package import Measurements

/// What can be said of a rig before a cart of it is built.
package struct RigCheckup: Sendable {
  /// How many places in the basket were tried; 0 where the basket is not known.
  package var places = 0
  /// By camera: in how many of the places it sees a board that faces it; nil where its focal length
  /// is not known.
  package var sees: [Int?] = []
  /// By camera and camera: in how many places both see a board that faces the middle between them.
  package var together: [[Int]] = []
  /// By datum pose: the cameras that see the board there.
  package var datumSeenBy: [[Int]] = []
  package var findings: [Finding] = []

  /// Two cameras count as linked when they see the board together in as many places or more.
  package static let fewestPlacesTogether = 3

  package init(_ rig: Rig) {
    let sight = RigSight(rig)
    let count = rig.cameras.count
    let places = rig.basket.map { RigSight.places(in: $0) } ?? []
    self.places = places.count
    sees = (0..<count).map { camera in
      guard sight.knowsLens(camera) else { return nil }
      return places.count { sight.sees(camera, sight.boardFacing([camera], at: $0)) }
    }
    together = (0..<count).map { a in
      (0..<count).map { b in
        guard a != b else { return 0 }
        return places.count { place in
          let board = sight.boardFacing([min(a, b), max(a, b)], at: place)
          return sight.sees(a, board) && sight.sees(b, board)
        }
      }
    }
    datumSeenBy = rig.datum.map { pose in
      (0..<count).filter { sight.sees($0, pose.cartFromBoard) }
    }
    find(rig)
  }

  /// The overall outcome: not determined when a finding says that the rig cannot work.
  package var verdict: Verdict {
    findings.contains { $0.severity == .unusable } ? .fail : .pass
  }

  /// Groups of cameras that see boards together, each in the order of the rig.
  package var groups: [[Int]] {
    var group = Array(together.indices)
    for a in together.indices {
      for b in together.indices where together[a][b] >= Self.fewestPlacesTogether {
        let (from, to) = (max(group[a], group[b]), min(group[a], group[b]))
        for index in group.indices where group[index] == from { group[index] = to }
      }
    }
    return Set(group).sorted().map { root in group.indices.filter { group[$0] == root } }
  }

  private mutating func find(_ rig: Rig) {
    if rig.board.isAmbiguous, rig.cameras.count > 1 {
      findings.append(.rigBoardAmbiguous(columns: rig.board.columns, rows: rig.board.rows))
    }
    findClosePairs(rig)
    let unknown = sees.indices.filter { sees[$0] == nil }.map { rig.cameras[$0].role }
    if !unknown.isEmpty { findings.append(.rigFocalUnknown(unknown)) }
    if rig.basket == nil { findings.append(.rigBasketUnknown()) }
    if unknown.isEmpty, rig.basket != nil {
      for (index, camera) in rig.cameras.enumerated() where sees[index] == 0 {
        findings.append(.rigCameraBlind(camera.role))
      }
      let groups = self.groups.map { $0.map { rig.cameras[$0].role } }
      if groups.count > 1 { findings.append(.rigCamerasApart(groups)) }
    }
    guard !rig.datum.isEmpty else {
      findings.append(.rigWithoutDatum())
      return
    }
    guard unknown.isEmpty else { return }
    for (index, pose) in rig.datum.enumerated() where datumSeenBy[index].isEmpty {
      findings.append(.rigDatumUnseen(pose.frame))
    }
  }

  /// Cameras whose tolerances overlap cannot be told apart when their plugs are exchanged.
  private mutating func findClosePairs(_ rig: Rig) {
    for (index, a) in rig.cameras.enumerated() {
      for b in rig.cameras[(index + 1)...] {
        let distance =
          (a.place.cartFromCamera.translation - b.place.cartFromCamera.translation).length
        let turn =
          (a.place.cartFromCamera.rotation.inverse * b.place.cartFromCamera.rotation).angle
        guard distance <= a.place.positionTolerance + b.place.positionTolerance,
          turn <= a.place.angleTolerance + b.place.angleTolerance
        else { continue }
        findings.append(.rigCamerasAlike(a.role, b.role))
      }
    }
  }
}

extension Finding {
  static func rigBoardAmbiguous(columns: Int, rows: Int) -> Finding {
    Finding(
      code: "rig_board_ambiguous", severity: .unusable,
      text: "The board of \(columns) x \(rows) inner corners looks the same after half a turn: "
        + "several cameras cannot agree on it.",
      remedy: "Name a board whose columns and rows have an odd sum.")
  }

  static func rigFocalUnknown(_ roles: [String]) -> Finding {
    Finding(
      code: "rig_focal_unknown", severity: .note,
      text: "What the cameras see was not checked: there is no focal length for "
        + "\(roles.joined(separator: ", ")).",
      remedy: "Add focal_px to the lens, from its data sheet: focal length over pixel pitch.")
  }

  static func rigBasketUnknown() -> Finding {
    Finding(
      code: "rig_basket_unknown", severity: .note,
      text: "Whether cameras see boards together was not checked: the basket's size is missing.",
      remedy: "Add basket: {size_m: [right, forward, up]}.")
  }

  static func rigCameraBlind(_ role: String) -> Finding {
    Finding(
      code: "rig_camera_blind", severity: .warning, subject: role,
      text: "Camera \(role) sees the whole board nowhere in the basket.",
      remedy: "Check its pose: the camera's z axis points forward out of the lens. Otherwise take "
        + "a smaller board.")
  }

  static func rigCamerasApart(_ groups: [[String]]) -> Finding {
    let names = groups.map { $0.joined(separator: ", ") }.joined(separator: " | ")
    return Finding(
      code: "rig_cameras_apart", severity: .warning,
      text: "The cameras fall into groups that hardly see a board together: \(names).",
      remedy: "Check the poses; otherwise give each group a datum pose, or take a smaller board.")
  }

  static func rigWithoutDatum() -> Finding {
    Finding(
      code: "rig_without_datum", severity: .note,
      text: "No datum is given: the cart frame will be the best fit to the nominal poses, no "
        + "better than carts are built.",
      remedy: "Fix a place for the board in the basket, measure its pose and add it as datum.")
  }

  static func rigDatumUnseen(_ frame: String) -> Finding {
    Finding(
      code: "rig_datum_unseen", severity: .warning, subject: frame,
      text: "No camera sees the whole board at the datum pose of frame \(frame).",
      remedy: "Check the pose: the board's z axis points away from the viewer, so into the floor "
        + "for a board that lies face up.")
  }

  static func rigCamerasAlike(_ a: String, _ b: String) -> Finding {
    Finding(
      code: "rig_cameras_alike", severity: .warning,
      text: "Cameras \(a) and \(b) may stand in one place within their tolerances: exchanged plugs "
        + "would not be noticed.",
      remedy: "Check both poses, and tighten the tolerances.")
  }
}
