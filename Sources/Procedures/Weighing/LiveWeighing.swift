package import Devices
import Documents
import Measurements
import ScaleModels
package import Weighing

/// What a live weighing is asked to do; made from words, and checked, before anything is asked of a
/// person.
package struct LiveWeighRequest: Sendable {
  let rig: GivenRig
  let spec: ScaleSpec
  let registry: MassRegistry
  let plan: WeighingPlan
  let length: WeighingPlan.Length
  /// The calibration that is in force.
  let before: (model: ScaleModel, revision: Int)?
  let cart: String
  let access: StoreAccess
  let use: String?
  let rigFile: String
  let massesFile: String?
  let jsonFile: String?
  let reportFile: String?
  let folder: String

  /// How many placements there are.
  package var placements: Int { plan.placements.count }
  /// By the rig.
  package var scale: ScaleSpec { spec }

  /// - Parameters:
  ///   - masses: a registry's file; nil for `registry` itself.
  ///   - session: the folder of the weighing; one that was interrupted is continued.
  ///
  /// Throws when a word makes no sense, when a mass is overdue or too coarse, and when a `verify` is
  /// asked for of a cart without a calibration.
  package init(
    rig file: String, length: WeighingPlan.Length, masses: String?, registry: MassRegistry? = nil,
    use: String? = nil, cart: String, access: StoreAccess, session: String?, jsonFile: String?,
    reportFile: String? = nil
  ) throws(ProcedureError) {
    rig = try GivenRig(scaleFile: file)
    guard let scale = rig.rig.scale else { throw .rigWithoutScale(file: file) }
    spec = scale
    rigFile = file
    massesFile = masses
    self.length = length
    self.cart = cart
    self.access = access
    self.use = use
    self.jsonFile = jsonFile
    self.reportFile = reportFile
    let name: Name
    do throws(NameError) { name = try Name(cart, of: .cartSerial) } catch { throw .name(error) }
    if let masses {
      self.registry = try WeighRequest.registry(masses)
    } else if let registry {
      self.registry = registry
    } else {
      self.registry = try MassRegistry.none()
    }
    if let use { _ = try WeighRequest.site(use) }
    try OutputPlaces([("--json", jsonFile), ("--report", reportFile)])
      .check(inputs: [file] + [masses].compactMap { $0 })
    if let jsonFile { try OutputFiles.check(jsonFile) }
    if let reportFile { try OutputFiles.check(reportFile) }
    before =
      length == .verify
      ? try ScaleStoring.modelToVerify(name, in: access)
      : try ScaleStoring.modelInForce(name, in: access)
    if length == .verify, before == nil { throw .nothingToVerify(cart: cart) }
    let now = UTCTime.now
    // Those that are out of date are not even asked for.
    let usable = self.registry.masses.filter { $0.due >= now }
    let findings: [Finding]
    do throws(WeighingPlanError) {
      let plan = try WeighingPlan(length, for: scale, masses: usable)
      self.plan = plan
      findings = self.registry.findings(
        using: plan.placements.map { $0.masses.map(\.id) }.filter { !$0.isEmpty },
        on: scale.legal, at: now
      ).filter { $0.severity == .unusable }
    } catch {
      let overdue = self.registry.findings(
        using: self.registry.masses.map { [$0.id] }, on: nil, at: now)
      throw overdue.first.map { .massRefused($0) } ?? .plan(error)
    }
    if let finding = findings.first { throw .massRefused(finding) }
    folder = session ?? "weighing-\(name.text)-\(length.rawValue)"
    try OutputFiles.checkFolder(folder)
  }
}

extension MassRegistry {
  fileprivate static func none() throws(ProcedureError) -> MassRegistry {
    do throws(MassRegistryError) {
      return try MassRegistry([])
    } catch {
      throw .masses(.registry(file: "no registry", error))
    }
  }
}

/// What a live weighing says while it goes on.
package enum LiveWeighMessage: Sendable {
  /// How many placements there are, how many were done before, and what is not determined.
  case begins(placements: Int, done: Int, omissions: [String])
  /// What to do next; `placement` counts from 1.
  case prompt(String, placement: Int?)
  case problem(String)
  case resting(seconds: Double)
  case done(placement: Int?)
}

/// Weighs masses on a scale, one prompt at a time, and calibrates or verifies with what came of it.
///
/// - Parameters:
///   - tilt: of the accelerometer, as of the sample read last.
///   - say: told what happens.
///   - asked: told what is to lie on the scale next; hands that are not there act on it.
///   - isStopped: asked at every sample; true ends the weighing where it is, to be continued.
package func weighLive(
  _ request: LiveWeighRequest, scale: any Scale,
  tilt: () -> SIMD2<Double>? = { nil }, isStopped: () -> Bool = { false },
  say: (LiveWeighMessage) -> Void, asked: (WeighingPlan.Placement) -> Void = { _ in }
) throws(ProcedureError) -> WeighOutcome? {
  guard scale.cells == request.spec.cells.count else {
    throw .device(
      .unsupported(
        node: "the scale",
        problem: "it has \(scale.cells) load cells where \(request.rigFile) says "
          + "\(request.spec.cells.count)"))
  }
  guard let watch = LoadWatch(request.spec, before: request.before?.model) else {
    throw .plan(.noCapacity)
  }
  var journal = try WeighJournal(
    request.folder,
    WeighJournal.Identity(
      length: request.length, cart: request.cart, rigSHA256: request.rig.sha256,
      masses: request.registry.masses.map(\.id), placements: request.plan.placements.count),
    request.plan, request.spec)
  say(
    .begins(
      placements: request.plan.placements.count, done: journal.done,
      omissions: request.plan.omissions))
  var guide = WeighingGuide(
    request.plan, request.spec, watch: watch, masses: request.registry.masses,
    done: journal.done)
  while guide.next != nil {
    if isStopped() { return nil }
    let sample: ScaleSample
    do throws(DeviceError) {
      sample = try scale.next(within: 5)
    } catch {
      throw .device(error)
    }
    let events = guide.take(
      CellSample(
        time: sample.time, temperature: sample.temperature, tilt: tilt(),
        counts: sample.counts))
    for event in events {
      switch event {
      case .prompt(let text, let placement, let load):
        say(.prompt(text, placement: placement.map { $0 + 1 }))
        asked(load)
      case .problem(let problem): say(.problem(problem.text))
      case .resting(let seconds): say(.resting(seconds: seconds))
      case .finished(let finished):
        try journal.add(finished)
        say(.done(placement: finished.placement.map { $0 + 1 }))
      }
    }
  }
  try journal.complete()
  if request.length == .verify { return try verify(request) }
  return try weigh(
    WeighRequest(
      folder: request.folder, rig: request.rigFile, registry: request.registry,
      use: request.use, cart: request.cart, access: request.access, jsonFile: request.jsonFile,
      reportFile: request.reportFile, isLive: true))
}
