import CameraCalibration
import Documents
import Execution
import Geometry
import LensModels
import Simulation

/// Random rigs end right, or with a finding that names why.
struct StartsSeries: CampaignSeries {
  /// Which lens models the solver is told.
  enum Lenses: String, CaseIterable, Sendable {
    /// The true ones.
    case given = "lenses-given"
    /// None: it chooses them.
    case chosen = "lenses-chosen"
  }

  let lenses: Lenses

  static let all = Lenses.allCases.map { StartsSeries(lenses: $0) }

  var name: String { lenses.rawValue }
  var draws: Int { 1000 }

  /// Of 1000 draws so many may be outside the bound of 99.9 %; one is to be expected, and more than
  /// six come once in 10 000 campaigns.
  private static let allowedOutside = 6.0 / 1000

  func outcome(seed: UInt64) throws -> StartsOutcome {
    let draw = try StartsDraw(seed: seed)
    let before = ResourceUse.threadCPUSeconds
    let result = try solve(draw)
    let seconds = ResourceUse.threadCPUSeconds - before
    let distance = RigDistance(result, draw.session)
    return StartsOutcome(
      style: draw.style, squaredDistance: distance?.squared, freedom: distance?.rank ?? 0,
      probability: distance?.probability, wrongCameras: wrongCameras(result, draw),
      naming: Set(result.findings.filter(StartsOutcome.names).map(\.code)).sorted(),
      warnings: Set(
        result.findings.filter { $0.severity == .warning && !StartsOutcome.names($0) }.map(\.code)
      ).sorted(),
      verdict: result.verdict, cpuSeconds: seconds)
  }

  private func solve(_ draw: StartsDraw) throws -> CalibrationResult {
    try calibrate(
      draw.session.input,
      options: CalibrationOptions(
        lens: lenses == .given ? .perCamera(draw.kinds) : .auto, threads: ThreadCount(1)))
  }

  private func wrongCameras(_ result: CalibrationResult, _ draw: StartsDraw) -> [String] {
    guard let reference = result.cameras.firstIndex(where: { $0.referenceFromCamera == .identity })
    else { return [] }
    let truth = draw.session.truth
    return result.cameras.indices.filter { index in
      CameraErrors(
        result.cameras[index], truth: truth.cameras[index].lens,
        referenceFromCamera: truth.pose(reference, from: index))?.isWrong ?? false
    }.map { result.cameras[$0].name }
  }

  /// With lenses given, the whole rig counts, to its last digit. A lens of another model than the true
  /// one cannot be right to the last digit: there what cameras are used for counts.
  private func claims(_ outcomes: [StartsOutcome]) -> [SeriesVerdict.Row] {
    let allowed = max(1, Int((Self.allowedOutside * Double(outcomes.count)).rounded()))
    func row(
      _ what: String, atMost limit: Int?, _ isCounted: (StartsOutcome) -> Bool
    ) -> SeriesVerdict.Row {
      let count = outcomes.count { isCounted($0) && $0.naming.isEmpty }
      return SeriesVerdict.Row(
        what: "\(what) and not named", measured: "\(count)",
        claimed: limit.map { $0 == 0 ? "0" : "at most \($0)" }, holds: count <= limit ?? count)
    }
    let isGiven = lenses == .given
    return [
      row("outside 99.9 %", atMost: isGiven ? allowed : nil, \.isOutside),
      row("outside 1 - 1e-6, within all limits", atMost: isGiven ? 0 : nil) {
        $0.isFarOutside && !$0.warnings.contains("beyond_limit")
      },
      row("a camera wrong in use", atMost: isGiven ? 0 : allowed) { !$0.wrongCameras.isEmpty },
    ]
  }

  func judge(_ outcomes: [StartsOutcome]) -> SeriesVerdict {
    var rows = claims(outcomes)
    func inform(_ what: String, _ measured: String) {
      rows.append(SeriesVerdict.Row(what: what, measured: measured, claimed: nil, holds: true))
    }
    func count(_ isCounted: (StartsOutcome) -> Bool) -> String {
      "\(outcomes.count(where: isCounted))"
    }
    inform("right, nothing named", count { !$0.isOutside && $0.naming.isEmpty })
    inform("right, something named", count { !$0.isOutside && !$0.naming.isEmpty })
    inform("outside 99.9 % and named", count { $0.isOutside && !$0.naming.isEmpty })
    inform("of these, not determined", count { $0.isOutside && $0.verdict == .notDetermined })
    inform(
      "slowest draw",
      NumberText.fixed(outcomes.map(\.cpuSeconds).max() ?? 0, 2) + " s of CPU")
    let codes = outcomes.flatMap(\.naming)
    for code in Set(codes).sorted() {
      inform("draws with \(code)", "\(codes.count { $0 == code })")
    }
    return SeriesVerdict(rows: rows)
  }

  func details(seed: UInt64) throws -> [String] {
    let draw = try StartsDraw(seed: seed)
    let result = try solve(draw)
    let distance = RigDistance(result, draw.session)
    var lines = [
      draw.style,
      "noise \(NumberText.fixed(draw.noise, 3)) px, found "
        + "\(NumberText.fixed(result.cornerNoisePixels, 3)) px, "
        + "d2 \(NumberText.fixed(distance?.squared, 1)) of \(distance?.rank ?? 0)",
    ]
    for (index, camera) in result.cameras.enumerated() {
      lines.append(
        line(camera, draw.session.truth.cameras[index])
          + ", \(NumberText.fixed(distance?.parts[index], 1)) of d2")
      lines += camera.lensCandidates.map { candidate in
        "  \(candidate.kind.rawValue) held out \(NumberText.fixed(candidate.holdoutRMSPixels, 4)) px"
          + (candidate.refusal.map { ", \($0)" } ?? "")
      }
    }
    return lines + result.findings.map { "\($0.severity.rawValue) \($0.code): \($0.text)" }
  }
  private func line(_ camera: CalibratedCamera, _ truth: SimulatedTruth.Camera) -> String {
    let focal = truth.lens.parameters[0]
    let kind = camera.lens?.kind.rawValue ?? "nothing"
    let widths = NumberText.fixed(focal / Double(truth.lens.width), 2)
    let error = camera.lens.map { 100 * ($0.parameters[0] / focal - 1) }
    let sigma = camera.certainty?.lensSigma.first.flatMap { $0 }.map { 100 * $0 / focal }
    let apart = camera.referenceFromCamera.map { truth.referenceFromCamera.inverse * $0 }
    let move = NumberText.fixed(apart.map { 1000 * $0.translation.length }, 2)
    let turn = NumberText.fixed(apart.map { $0.rotation.angle * 180 / .pi }, 3)
    return "\(camera.name): \(truth.lens.kind.rawValue) as \(kind), focal length \(widths) widths"
      + " off by \(NumberText.fixed(error, 2)) % (sigma \(NumberText.fixed(sigma, 2)) %)"
      + ", place off by \(move) mm and \(turn) degrees"
      + ", \(camera.views) views, rms \(NumberText.fixed(camera.rmsPixels, 3)) px"
  }
}
