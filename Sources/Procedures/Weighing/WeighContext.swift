import Bundles
import Documents
package import Measurements
package import ScaleModels
package import Weighing

/// What a weighing is held against beside its own session.
package struct WeighContext: Sendable {
  /// The scale by its rig; nil without one, and then no verdict is asked.
  package var spec: ScaleSpec?
  /// Where the session's masses stand.
  package var registry: MassRegistry?
  /// Where the cart will weigh, where that is another place.
  package var use: GravitySite?
  /// The scale that was in force before, with its revision.
  package var before: (model: ScaleModel, revision: Int)?
  /// What was found before the session was looked at.
  package var findings: [Finding] = []

  package init(
    spec: ScaleSpec? = nil, registry: MassRegistry? = nil, use: GravitySite? = nil,
    before: (model: ScaleModel, revision: Int)? = nil, findings: [Finding] = []
  ) {
    self.spec = spec
    self.registry = registry
    self.use = use
    self.before = before
    self.findings = findings
  }

  /// That the place of use has another gravity than one verification covers.
  var moveFindings: [Finding] {
    guard let use, let site = spec?.site, let legal = spec?.legal,
      !site.sharesZone(with: use, scale: legal)
    else { return [] }
    let change = site.relativeChange(to: use)
    let atCapacity = abs(change) * legal.capacity.kilograms * 1000
    return [
      Finding(
        code: "new_verification_due", severity: .warning,
        text: "Gravity at the place of use is \(NumberText.fixed(change * 1e6, 0)) parts in a "
          + "million off that of the calibration, \(NumberText.fixed(atCapacity, 1)) g at Max; one "
          + "gravity zone of this scale spans "
          + "\(NumberText.fixed(GravitySite.zoneLimit(legal) * 1e6, 0)). Readings are corrected by "
          + "\(NumberText.fixed(site.readingFactor(at: use), 6)).",
        remedy: "Have the scale verified anew at the place of use.")
    ]
  }
}

extension ScaleRecord.Gravity.Use {
  init?(_ context: WeighContext) {
    guard let use = context.use, let site = context.spec?.site else { return nil }
    let legal = context.spec?.legal
    self.init(
      value: use.gravity, source: use.isMeasured ? .measured : .site,
      readingFactor: site.readingFactor(at: use), change: site.relativeChange(to: use),
      zoneLimit: legal.map { GravitySite.zoneLimit($0) },
      sharesZone: legal.map { site.sharesZone(with: use, scale: $0) })
  }
}

extension ScaleRecord.Plate {
  init(_ legal: LegalScale) {
    self.init(
      accuracyClass: legal.accuracyClass.rawValue,
      ranges: legal.ranges.map {
        Range(capacity: $0.capacity.kilograms, interval: $0.interval.kilograms)
      }, minimum: legal.minimum.kilograms)
  }
}
