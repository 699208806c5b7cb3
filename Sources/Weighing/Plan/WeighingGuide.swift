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
    /// What to do next; the number of the placement in the plan, nil for a zero that the plan does
    /// not ask for.
    case prompt(String, placement: Int?)
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
    case vibrating(String)

    package var text: String {
      switch self {
      case .wrongMass(let text), .wrongPlace(let text), .takenOff(let text), .vibrating(let text):
        text
      }
    }
  }

  /// A placement with its samples.
  package struct Finished: Equatable, Sendable {
    /// In the plan; nil for a zero that the plan does not ask for.
    package let placement: Int?
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
  /// The last load that was not taken, and whether it was lifted since.
  private var refused: (mass: Double, place: SIMD2<Double>)?
  private var wasLifted = false
  private var vibratingSince: Double?
  /// True while a zero is taken that the plan does not ask for.
  private var isExtra: Bool

  private enum Phase: Equatable {
    case asking, waiting
    case recording(start: Double, mass: Double)
  }

  /// How long a load settles before it is averaged; see `RecordedSamples.settling`.
  private static let settling = RecordedSamples.settling
  /// Vibration that lasts longer is worth saying, seconds.
  private static let patience = 5.0

  /// - Parameters:
  ///   - done: how many placements are in the journal.
  ///   - masses: what may lie on the scale by mistake.
  package init(
    _ plan: WeighingPlan, _ spec: ScaleSpec, watch: LoadWatch, masses: [ReferenceMass],
    done: Int = 0
  ) {
    self.plan = plan
    self.watch = watch
    words = PlacementWords(spec, masses)
    next = done < plan.placements.count ? done : nil
    // After a break zero is not where it was: it is taken first.
    isExtra = done > 0 && next != nil && !(plan.placements[done].kind == .empty)
  }

  private var isEmptyAsked: Bool {
    guard let next else { return true }
    return isExtra || plan.placements[next].kind == .empty
  }

  /// Takes the next sample, in the order of time.
  package mutating func take(_ sample: CellSample) -> [Event] {
    guard let next else { return [] }
    let sight = watch.take(sample)
    var events: [Event] = []
    if phase == .asking {
      events.append(
        .prompt(
          isExtra ? words.emptyPrompt : words.prompt(plan.placements[next]),
          placement: isExtra ? nil : next))
      (phase, hasMoved, seenAtPrompt, said) = (.waiting, false, lastSeen, nil)
      (refused, wasLifted) = (nil, false)
    }
    follow(sight, sample)
    if case .recording(let start, let mass) = phase {
      events += record(sample, sight, start: start, mass: mass)
    } else if sight.state == .stable {
      events += judge(sample, sight)
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
  private mutating func judge(_ sample: CellSample, _ sight: LoadWatch.Sight) -> [Event] {
    guard let next else { return [] }
    let placement = plan.placements[next]
    if watch.zero == nil || isEmptyAsked {
      return judgeEmpty(sample, sight)
    }
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
    return begin(sample, mass: placement.nominal, duration: placement.duration)
  }

  /// True when the same load lies at the same place once more, after it was lifted.
  private func isInsisted(_ sight: LoadWatch.Sight) -> Bool {
    guard let refused, wasLifted else { return false }
    return abs(sight.mass - refused.mass) < words.leastMass / 2 + 0.005 * abs(refused.mass)
      && Loading.length(sight.place - refused.place) < words.samePlace
  }

  private mutating func judgeEmpty(_ sample: CellSample, _ sight: LoadWatch.Sight) -> [Event] {
    // The first time there is nothing to tell an empty scale by but the person's word.
    if watch.zero != nil, abs(sight.mass) > words.leastMass {
      return hasMoved ? say(.wrongMass(words.notEmpty(sight.mass))) : []
    }
    guard isEmptyAsked else { return [] }
    let duration = isExtra ? 10 : next.map { plan.placements[$0].duration } ?? 10
    return begin(sample, mass: 0, duration: duration)
  }

  private mutating func begin(
    _ sample: CellSample, mass: Double, duration: Double
  ) -> [Event] {
    // Two windows of rest have gone by since the load came.
    let first = still.first?.time ?? sample.time
    let start = max(first, sample.time - Self.settling)
    still.removeAll { $0.time < start }
    phase = .recording(start: start, mass: mass)
    return [.resting(seconds: max(0, start + duration - sample.time))]
  }

  private mutating func record(
    _ sample: CellSample, _ sight: LoadWatch.Sight, start: Double, mass: Double
  ) -> [Event] {
    guard let next else { return [] }
    let placement = plan.placements[next]
    if watch.zero != nil, abs(sight.mass - mass) > words.leastMass + 0.05 * mass {
      (phase, still) = (.waiting, [])
      return say(.takenOff(words.takenOff(isExtra ? nil : placement)))
    }
    let duration = isExtra ? 10 : placement.duration
    guard sample.time - start >= duration else { return [] }
    let samples = still.filter { $0.time >= start && $0.time < start + duration }
    lastSeen = isEmptyAsked ? 0 : sight.mass
    if isEmptyAsked {
      let settled = samples.suffix(max(1, samples.count / 2))
      watch.zero = (0..<sample.counts.count).map { cell in
        settled.reduce(0) { $0 + $1.counts[cell] } / Double(settled.count)
      }
    }
    let finished = Finished(
      placement: isExtra ? nil : next, start: start, end: start + duration, samples: samples)
    if isExtra {
      isExtra = false
    } else {
      self.next = next + 1 < plan.placements.count ? next + 1 : nil
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
