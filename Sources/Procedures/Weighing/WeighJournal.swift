import Devices
import Documents
import Files
import Sessions
import Weighing

/// The placements of a weighing that are done, on disk.
///
/// Each placement's samples are one file, written whole and synced, and then `procedure.json` is
/// replaced by one that names it: a placement is done when that names it, and not before. So a
/// crash between any two writes loses at most the placement that was being weighed, and doubles
/// none.
struct WeighJournal {
  /// What a weighing is, so that it is not continued by another.
  struct Identity: Codable, Equatable, Sendable {
    var length: WeighingPlan.Length
    var cart: String?
    var rigSHA256: String
    var masses: [String]
    var placements: Int

    enum CodingKeys: String, CodingKey {
      case length, cart, masses, placements
      case rigSHA256 = "rig_sha256"
    }
  }

  /// `procedure.json` of a live weighing.
  private struct File: Codable {
    var procedure: RecordedProcedure
    var plan: Identity
    /// By step: the placement of the plan; null for what it does not ask for.
    var planned: [Int?]

    enum CodingKeys: String, CodingKey {
      case plan
      case planned = "planned_steps"
    }

    init(procedure: RecordedProcedure, plan: Identity, planned: [Int?]) {
      self.procedure = procedure
      self.plan = plan
      self.planned = planned
    }

    init(from decoder: any Decoder) throws {
      procedure = try RecordedProcedure(from: decoder)
      let values = try decoder.container(keyedBy: CodingKeys.self)
      plan = try values.decode(Identity.self, forKey: .plan)
      planned = try values.decode([Int?].self, forKey: .planned)
      // Placements follow each other from the first.
      let done = planned.compactMap { $0 }
      guard planned.count == procedure.steps.count, done == Array(0..<done.count) else {
        throw DecodingError.dataCorruptedError(
          forKey: .planned, in: values, debugDescription: "steps and placements do not agree")
      }
    }

    func encode(to encoder: any Encoder) throws {
      try procedure.encode(to: encoder)
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(plan, forKey: .plan)
      try values.encode(planned, forKey: .planned)
    }
  }

  let folder: String
  private let identity: Identity
  private let plan: WeighingPlan
  private let spec: ScaleSpec
  private let started: UTCTime
  private(set) var steps: [RecordedProcedure.Step] = []
  private var planned: [Int?] = []
  /// Seconds to add to the samples' clock, which begins anew with the computer.
  private var offset: Double?

  /// A break in a weighing counts as so many seconds: what truly passed is not known after a power
  /// cut.
  private static let gap = 10.0

  /// How many placements of the plan are done.
  var done: Int { planned.count { $0 != nil } }
  var isComplete: Bool { done == plan.placements.count }

  /// Begins in `folder`, which is made, or continues what lies there.
  ///
  /// Throws when another weighing lies there, or what lies there is damaged.
  init(
    _ folder: String, _ identity: Identity, _ plan: WeighingPlan, _ spec: ScaleSpec
  ) throws(ProcedureError) {
    self.folder = folder
    self.identity = identity
    self.plan = plan
    self.spec = spec
    let file = folder + "/" + RecordedFolder.procedureName
    try OutputFiles.makeFolder(folder + "/steps")
    guard try Self.isThere(file) else {
      started = .now
      return
    }
    let found: File
    do throws(DocumentError) {
      found = try JSONDocument.decode(File.self, file: file)
    } catch {
      throw .document(error)
    }
    guard found.plan == identity else { throw .otherWeighing(folder: folder) }
    started = found.procedure.started ?? .now
    steps = found.procedure.steps
    planned = found.planned
  }

  /// Keeps a finished placement.
  mutating func add(_ finished: WeighingGuide.Finished) throws(ProcedureError) {
    let offset =
      self.offset ?? (steps.last.map { $0.end + Self.gap - finished.start } ?? -finished.start)
    self.offset = offset
    let number = steps.count
    var text = ""
    for sample in finished.samples {
      // To the tenth of a millisecond, which no load cell needs.
      let time = ((sample.time + offset) * 10_000).rounded() / 10_000
      let row = ScaleRow(
        sample: ScaleSample(
          time: time, counts: sample.counts, status: .stable, temperature: sample.temperature),
        tilt: sample.tilt, step: number)
      text += row.line + "\n"
    }
    let bytes: [UInt8] = Array(text.utf8)
    try OutputFiles.write(bytes, to: "\(folder)/\(Self.stepFile(number))")
    steps.append(step(number, finished, offset))
    planned.append(finished.placement)
    try OutputFiles.write(file, to: "\(folder)/\(RecordedFolder.procedureName)")
  }

  /// Puts all samples together into `scale.csv`, as recorded sessions have it.
  func complete() throws(ProcedureError) {
    var bytes = Array("\(ScaleRow.header(cells: spec.cells.count))\n".utf8)
    for step in steps {
      do throws(FileError) {
        bytes += try Files.read("\(folder)/\(Self.stepFile(step.number))", limit: 1 << 28)
      } catch {
        throw .recording(
          .unreadable(file: "\(folder)/\(Self.stepFile(step.number))", reason: error.reason))
      }
    }
    try OutputFiles.write(bytes, to: "\(folder)/\(RecordedFolder.sampleNames[0])")
  }

  private var file: File {
    File(
      procedure: RecordedProcedure(
        rate: spec.converter.rate, platform: spec.platformSize,
        cells: spec.cells.map(\.position), bits: spec.converter.bits, steps: steps,
        started: started), plan: identity, planned: planned)
  }

  private func step(
    _ number: Int, _ finished: WeighingGuide.Finished, _ offset: Double
  ) -> RecordedProcedure.Step {
    let load = finished.load
    let masses = load.masses
    return RecordedProcedure.Step(
      number: number, kind: load.kind, start: finished.start + offset,
      end: finished.end + offset, group: load.group,
      nominal: masses.map(\.nominal.kilograms), massClass: masses.first?.massClass,
      limits: masses.map { Double(($0.largestError ?? .zero).micrograms) / 1000 },
      position: load.position,
      massIDs: masses.isEmpty ? nil : masses.map(\.id))
  }

  private static func stepFile(_ number: Int) -> String {
    let digits = "\(number)"
    return "steps/\(String(repeating: "0", count: max(0, 4 - digits.count)) + digits).csv"
  }

  private static func isThere(_ path: String) throws(ProcedureError) -> Bool {
    do throws(FileError) {
      return try Files.kind(of: path) != nil
    } catch {
      throw .storage(StorageError(writing: error))
    }
  }
}
