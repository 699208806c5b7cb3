/// Chooses masses whose sum is near a load: few of them, the heaviest first.
struct MassChooser {
  /// Heaviest first.
  private let masses: [ReferenceMass]
  private let capacity: ExactMass
  /// More masses than this nobody puts on at once.
  private static let most = 5

  init(_ masses: [ReferenceMass], capacity: ExactMass) {
    self.masses = masses.sorted { $0.nominal > $1.nominal }
    self.capacity = capacity
  }

  /// Masses that sum to `load` within a tenth, and not above Max; nil when there are none.
  func masses(near load: ExactMass) -> [ReferenceMass]? {
    let most = ExactMass(micrograms: min(load.micrograms / 100 * 101, capacity.micrograms))
    let found = below(most, enough: ExactMass(micrograms: load.micrograms / 100 * 95))
    return 10 * sum(found) >= ExactMass(micrograms: 9 * load.micrograms) ? found : nil
  }

  /// As much as there is up to Max, where that is at least `least`.
  func greatest(above least: ExactMass) -> [ReferenceMass]? {
    let found = below(capacity, enough: capacity)
    return sum(found) >= least ? found : nil
  }

  /// Loads on the way up: Min, where the limits change, half of Max, and `most`
  /// (R 76-1:2006, A.4.4.1), as far as there are masses for them.
  func ladder(_ scale: LegalScale, most: [ReferenceMass]) -> [[ReferenceMass]] {
    let steps = scale.accuracyClass.steps
    var wanted = [scale.minimum]
    for range in scale.ranges {
      wanted += [steps.half * range.interval, steps.whole * range.interval, range.capacity]
    }
    for part in [5, 4, 2] as [Int64] {
      wanted.append(ExactMass(micrograms: scale.capacity.micrograms / part))
    }
    var ladder = [sum(most): most]
    for load in wanted where load < sum(most) {
      if let found = masses(near: load) { ladder[sum(found)] = found }
    }
    return ladder.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Masses that sum to a load exactly, as few as there can be and none of `taken`; nil when there
  /// are none.
  func masses(of load: ExactMass, beside taken: [ReferenceMass]) -> [ReferenceMass]? {
    // A set has at most two of each, and who looks through more finds nothing else.
    var free: [ReferenceMass] = []
    for mass in masses
    where mass.nominal <= load && !taken.contains(mass)
      && free.count(where: { $0.nominal == mass.nominal }) < 2
    {
      free.append(mass)
    }
    for count in 1...Self.most {
      if let found = Self.pick(count, of: free[...], load) { return found }
    }
    return nil
  }

  private static func pick(
    _ count: Int, of masses: ArraySlice<ReferenceMass>, _ load: ExactMass
  ) -> [ReferenceMass]? {
    guard count > 0 else { return load == .zero ? [] : nil }
    var rest = masses
    while let first = rest.popFirst() {
      guard first.nominal <= load else { continue }
      if let others = pick(count - 1, of: rest, load - first.nominal) { return [first] + others }
    }
    return nil
  }

  /// The heaviest first until there is enough, and never more than `load`.
  private func below(_ load: ExactMass, enough: ExactMass) -> [ReferenceMass] {
    var found: [ReferenceMass] = []
    for mass in masses
    where found.count < Self.most && sum(found) < enough && sum(found) + mass.nominal <= load {
      found.append(mass)
    }
    return found
  }

  private func sum(_ masses: [ReferenceMass]) -> ExactMass {
    masses.reduce(.zero) { $0 + $1.nominal }
  }
}
