import Documents

/// Leads through a plan one placement at a time: asks, watches the scale, says what is wrong, and
/// gives each placement's samples once it is complete.
///
///     for event in guide.take(sample) { ... }
///
/// It has no clock and no memory beyond the samples it is given, so that a journal of finished
/// placements is all that has to survive a power cut.
package struct WeighingGuide: Sendable {
  package enum Event: Equatable, Sendable {
    /// What to do next; the number of the placement in the plan, nil for what the plan does not ask
    /// for; and what is to lie on the scale then.
    case prompt(String, placement: Int?, load: WeighingPlan.Placement)
    /// Something is not as asked; the prompt still stands.
    case problem(Problem)
    /// On, and at rest; it stays for so many seconds more.
    case resting(seconds: Double)
    case finished(Finished)
  }

  package enum Problem: Equatable, Sendable {
    case wrongMass(String)
    case wrongPlace(String)
    case takenOff(String)
    case notAdded(String)
    case vibrating(String)

    package var text: String {
      switch self {
      case .wrongMass(let text), .wrongPlace(let text), .takenOff(let text), .notAdded(let text),
        .vibrating(let text):
        text
      }
    }
  }

  /// A placement with its samples.
  package struct Finished: Equatable, Sendable {
    /// In the plan; nil for what the plan does not ask for.
    package let placement: Int?
    /// What lay on the scale.
    package let load: WeighingPlan.Placement
    /// Seconds of the samples' clock.
    package let start: Double
    package let end: Double
    package let samples: [CellSample]
  }

  package let plan: WeighingPlan
  /// The placement that is asked for; nil when all are done.
  package private(set) var next: Int?
  private let words: PlacementWords
  private var watch: LoadWatch
  private var phase = Phase.asking
  /// Samples since the load last moved.
  private var still: [CellSample] = []
  private var hasMoved = false
  /// What lay there when the last placement ended, kilograms: hands may be quicker than the scale.
  private var lastSeen: Double?
  private var seenAtPrompt: Double?
  private var said: Problem?
  /// Seconds of the samples' clock.
  private var askedAt = 0.0
  /// The last load that was not taken, and whether it was lifted since.
  private var refused: (mass: Double, place: SIMD2<Double>)?
  private var wasLifted = false
  private var vibratingSince: Double?
  /// What is asked for before the plan goes on.
  private var extras: [WeighingPlan.Placement]

  private enum Phase: Equatable {
    case asking, waiting
    /// Since when, about what mass lies there, and by how much it may differ: seconds, kilograms.
    case recording(start: Double, mass: Double, slack: Double)
  }

  /// How long a load settles before it is averaged; see `RecordedSamples.settling`.
  private static let settling = RecordedSamples.settling
  /// Vibration that lasts longer is worth saying, seconds.
  private static let patience = 5.0
  /// Small masses that the scale shows nothing of are asked for once more after so many seconds, and
  /// then it counts what it shows.
  private static let (reminder, longest) = (30.0, 90.0)

  /// - Parameters:
  ///   - done: how many placements are in the journal.
  ///   - masses: what may lie on the scale by mistake.
  package init(
    _ plan: WeighingPlan, _ spec: ScaleSpec, watch: LoadWatch, masses: [ReferenceMass],
    done: Int = 0
  ) {
    self.plan = plan
    self.watch = watch
    words = PlacementWords(
      spec, masses, lightest: plan.placements.map(\.nominal).filter { $0 > 0 }.min() ?? 0.1)
    next = done < plan.placements.count ? done : nil
    extras = done > 0 && next != nil ? Self.afterBreak(plan, done) : []
  }

  /// After a break zero is not where it was: it is taken first. A load that something is put on
  /// beside has been lifted: it is weighed anew, too.
  private static func afterBreak(_ plan: WeighingPlan, _ next: Int) -> [WeighingPlan.Placement] {
    guard plan.placements[next].kind != .empty else { return [] }
    let zero = WeighingPlan.Placement(kind: .empty, duration: 10)
    return plan.placements[next].added.isEmpty ? [zero] : [zero, plan.placements[next - 1]]
  }

  /// What is to lie on the scale; nil when all is done.
  private var asked: WeighingPlan.Placement? { extras.first ?? next.map { plan.placements[$0] } }

  /// Takes the next sample, in the order of time.
  package mutating func take(_ sample: CellSample) -> [Event] {
    guard next != nil, let asked else { return [] }
    let sight = watch.take(sample)
    var events: [Event] = []
    if phase == .asking {
      events.append(
        .prompt(words.prompt(asked), placement: extras.isEmpty ? next : nil, load: asked))
      (phase, hasMoved, seenAtPrompt, said) = (.waiting, false, lastSeen, nil)
      (refused, wasLifted, askedAt) = (nil, false, sample.time)
    }
    follow(sight, sample)
    if case .recording(let start, let mass, let slack) = phase {
      if watch.zero != nil, abs(sight.mass - mass) > slack {
        (phase, still) = (.waiting, [])
        events += say(.takenOff(words.takenOff(asked)))
      } else {
        events += record(asked, sample, sight, start: start)
      }
    } else if sight.state == .stable {
      events += judge(asked, sample, sight)
    } else if sight.state == .vibrating {
      events += wait(sample)
    }
    return events
  }

  /// Keeps the samples since the load last moved.
  private mutating func follow(_ sight: LoadWatch.Sight, _ sample: CellSample) {
    if sight.state != .vibrating { vibratingSince = nil }
    if let before = seenAtPrompt {
      hasMoved = hasMoved || abs(sight.mass - before) > 0.02 * max(abs(before), 0.5)
    } else if sight.state == .stable {
      seenAtPrompt = sight.mass
    }
    if sight.state == .moving, case .waiting = phase { still = [] }
    wasLifted = wasLifted || abs(sight.mass) < words.leastMass
    still.append(sample)
    if case .waiting = phase, still.count > 100_000 { still.removeFirst(50_000) }
  }

  private mutating func wait(_ sample: CellSample) -> [Event] {
    let since = vibratingSince ?? sample.time
    vibratingSince = since
    guard sample.time - since > Self.patience else { return [] }
    return say(.vibrating("The scale vibrates. Wait until it is quiet, and keep hands off."))
  }

  /// A load at rest: the one that was asked for, or another.
  private mutating func judge(
    _ placement: WeighingPlan.Placement, _ sample: CellSample, _ sight: LoadWatch.Sight
  ) -> [Event] {
    if watch.zero == nil || placement.kind == .empty {
      return judgeEmpty(placement, sample, sight)
    }
    guard placement.added.isEmpty else { return judgeAdded(placement, sample, sight) }
    guard sight.mass > words.leastMass else { return [] }
    if let problem = words.problem(placement, sight) {
      guard hasMoved else { return [] }
      guard isInsisted(sight) else {
        (refused, wasLifted) = ((sight.mass, sight.place), false)
        return say(problem)
      }
      // Believed: cells may have been exchanged. What is truly wrong, all loads together will show.
      watch.distrust()
    }
    watch.learn(mass: placement.nominal, at: placement.position, sight)
    return begin(placement, sample, mass: placement.nominal)
  }

  /// Small masses beside a load: told by what the reading changed by, since the load is not known so
  /// well. A scale that sticks shows too little of them, and nobody may wait for it for ever.
  private mutating func judgeAdded(
    _ placement: WeighingPlan.Placement, _ sample: CellSample, _ sight: LoadWatch.Sight
  ) -> [Event] {
    let wanted = PlacementWords.added(placement)
    let change = sight.mass - (lastSeen ?? sight.mass)
    guard abs(change) < max(words.leastMass, 2 * wanted) else {
      return say(.wrongMass(words.notLeft(placement)))
    }
    let waited = sample.time - askedAt
    if abs(change - wanted) < 0.5 * wanted || waited > Self.longest {
      return begin(placement, sample, mass: sight.mass)
    }
    if case .notAdded = said { return [] }
    guard waited > Self.reminder else { return [] }
    return say(
      .notAdded(
        words.notAdded(placement, seen: change, remaining: Self.longest - Self.reminder)))
  }

  /// True when the same load lies at the same place once more, after it was lifted.
  private func isInsisted(_ sight: LoadWatch.Sight) -> Bool {
    guard let refused, wasLifted else { return false }
    return abs(sight.mass - refused.mass) < words.leastMass / 2 + 0.005 * abs(refused.mass)
      && Loading.length(sight.place - refused.place) < words.samePlace
  }

  private mutating func judgeEmpty(
    _ placement: WeighingPlan.Placement, _ sample: CellSample, _ sight: LoadWatch.Sight
  ) -> [Event] {
    // The first time there is nothing to tell an empty scale by but the person's word.
    if watch.zero != nil, abs(sight.mass) > words.leastMass {
      return hasMoved ? say(.wrongMass(words.notEmpty(sight.mass))) : []
    }
    guard placement.kind == .empty else { return [] }
    return begin(placement, sample, mass: 0)
  }

  private mutating func begin(
    _ placement: WeighingPlan.Placement, _ sample: CellSample, mass: Double
  ) -> [Event] {
    // Two windows of rest have gone by since the load came.
    let first = still.first?.time ?? sample.time
    let start = max(first, sample.time - Self.settling)
    still.removeAll { $0.time < start }
    phase = .recording(
      start: start, mass: mass,
      slack: placement.added.isEmpty
        ? words.leastMass + 0.05 * mass : 0.75 * PlacementWords.added(placement))
    return [.resting(seconds: max(0, start + placement.duration - sample.time))]
  }

  private mutating func record(
    _ placement: WeighingPlan.Placement, _ sample: CellSample, _ sight: LoadWatch.Sight,
    start: Double
  ) -> [Event] {
    let end = start + placement.duration
    guard sample.time >= end else { return [] }
    let samples = still.filter { $0.time >= start && $0.time < end }
    lastSeen = placement.kind == .empty ? 0 : sight.mass
    if placement.kind == .empty {
      let settled = samples.suffix(max(1, samples.count / 2))
      watch.zero = (0..<sample.counts.count).map { cell in
        settled.reduce(0) { $0 + $1.counts[cell] } / Double(settled.count)
      }
    }
    let finished = Finished(
      placement: extras.isEmpty ? next : nil, load: placement, start: start, end: end,
      samples: samples)
    if extras.isEmpty {
      next = next.flatMap { $0 + 1 < plan.placements.count ? $0 + 1 : nil }
    } else {
      extras.removeFirst()
    }
    (phase, still, vibratingSince) = (.asking, [], nil)
    return [.finished(finished)]
  }

  /// Once, until something else is wrong or the placement is right.
  private mutating func say(_ problem: Problem) -> [Event] {
    guard said != problem else { return [] }
    said = problem
    return [.problem(problem)]
  }
}
