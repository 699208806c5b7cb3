import Measurements

extension SessionDiagnosis {
  /// Further off than this part of the way to the corners is another place, not a careless placing.
  private static let far = 0.4

  /// Two cells in each other's place: every load lies where it should once they are exchanged. Nil
  /// when that is not so.
  func swapped(_ loading: Loading) -> [Finding]? {
    let limit = Self.far * loading.reach
    let now = loading.distances(loading.cells)
    // One load on a wrong corner is not enough to doubt the wires.
    guard now.count(where: { $0 > limit / 2 }) >= 2 else { return nil }
    let before = now.reduce(0) { $0 + $1 * $1 }
    var best: (one: Int, other: Int, squares: Double)?
    for one in loading.cells.indices {
      for other in loading.cells.indices where other > one {
        var positions = loading.cells
        positions.swapAt(one, other)
        let distances = loading.distances(positions)
        let squares = distances.reduce(0) { $0 + $1 * $1 }
        guard distances.allSatisfy({ $0 < limit / 2 }) else { continue }
        if squares < best?.squares ?? before / 4 { best = (one, other, squares) }
      }
    }
    return best.map { best in
      let (one, other) = (procedure.name(best.one), procedure.name(best.other))
      return [
        Finding(
          code: "cells_swapped", severity: .unusable,
          subject: "cells \(one) and \(other)",
          text:
            "Cells \(one) and \(other) are in each other's place: loads on the corner "
            + "of one are seen by the other.",
          remedy: "Exchange the plugs of these two cells, and record the session again.")
      ]
    }
  }

  /// Loads that lay where they should not.
  func misplaced(_ loading: Loading) -> [Finding] {
    let limit = Self.far * loading.reach
    let distances = loading.distances(loading.cells)
    return zip(loading.loads, distances).compactMap { load, distance in
      guard distance > limit, let place = loading.place(load, loading.cells) else { return nil }
      return Finding(
        code: "mass_misplaced", severity: .unusable, subject: "step \(load.step.number)",
        text: "In step \(load.step.number) the mass of "
          + "\(Words.kilograms(load.step.nominal.reduce(0, +))) lay at \(Words.place(place)), not "
          + "at \(Words.place(load.step.position)) as the procedure says: on the wrong corner.",
        remedy: "Place it on the right corner and record that step again, or correct its place in "
          + "procedure.json.")
    }
  }
}
