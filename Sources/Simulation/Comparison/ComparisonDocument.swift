import Documents

/// A comparison in one row of numbers: schema `cartcal.comparison/1`. Degrees, millimetres and
/// pixels, means and maxima over cameras and over pairs of cameras.
package struct ComparisonDocument: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.comparison/1"

  package var schema = Self.schemaName
  package var rms: Double?
  package var cameras: Int
  package var missing: [String]
  package var coveredMean: Double?
  package var coveredMax: Double?
  package var fullMean: Double?
  package var fullMax: Double?
  package var rotationMean: Double?
  package var rotationMax: Double?
  package var translationMean: Double?
  package var translationMax: Double?
  package var effectiveRotationMean: Double?
  package var effectiveRotationMax: Double?
  package var effectiveTranslationMean: Double?
  package var effectiveTranslationMax: Double?
  package var basketRMS: Double?
  package var basketMax: Double?
  package var basketPairs: Double?
  package var basketPairsForetold: Double?
  package var cartRotationMax: Double?
  package var cartTranslationMax: Double?

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case schema, cameras, missing
    case rms = "rms_px"
    case coveredMean = "intr_covered_mean_px"
    case coveredMax = "intr_covered_max_px"
    case fullMean = "intr_full_mean_px"
    case fullMax = "intr_full_max_px"
    case rotationMean = "rot_mean_deg"
    case rotationMax = "rot_max_deg"
    case translationMean = "trans_mean_mm"
    case translationMax = "trans_max_mm"
    case effectiveRotationMean = "eff_rot_mean_deg"
    case effectiveRotationMax = "eff_rot_max_deg"
    case effectiveTranslationMean = "eff_trans_mean_mm"
    case effectiveTranslationMax = "eff_trans_max_mm"
    case basketRMS = "basket_rms_mm"
    case basketMax = "basket_max_mm"
    case basketPairs = "basket_pairs_mm"
    case basketPairsForetold = "basket_pairs_foretold_mm"
    case cartRotationMax = "cart_rot_max_deg"
    case cartTranslationMax = "cart_trans_max_mm"
  }

  package init(_ comparison: RigComparison) {
    let degrees = 180 / Double.pi
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    func scaled(_ value: Double?, _ factor: Double) -> Double? { value.map { $0 * factor } }
    rms = comparison.rms
    cameras = comparison.cameras.count
    missing = comparison.missing
    let covered = comparison.cameras.compactMap(\.covered)
    let whole = comparison.cameras.compactMap(\.whole)
    coveredMean = mean(covered.map(\.mean))
    coveredMax = covered.map(\.largest).max()
    fullMean = mean(whole.map(\.mean))
    fullMax = whole.map(\.largest).max()
    let pairs = comparison.pairs
    rotationMean = scaled(mean(pairs.map(\.angle)), degrees)
    rotationMax = scaled(pairs.map(\.angle).max(), degrees)
    translationMean = scaled(mean(pairs.map(\.distance)), 1000)
    translationMax = scaled(pairs.map(\.distance).max(), 1000)
    effectiveRotationMean = scaled(mean(pairs.map(\.effectiveAngle)), degrees)
    effectiveRotationMax = scaled(pairs.map(\.effectiveAngle).max(), degrees)
    effectiveTranslationMean = scaled(mean(pairs.map(\.effectiveDistance)), 1000)
    effectiveTranslationMax = scaled(pairs.map(\.effectiveDistance).max(), 1000)
    basketRMS = scaled(comparison.points?.rms, 1000)
    basketMax = scaled(comparison.points?.largest, 1000)
    basketPairs = scaled(comparison.foretold?.found, 1000)
    basketPairsForetold = scaled(comparison.foretold?.foretold, 1000)
    cartRotationMax = scaled(comparison.cameras.compactMap(\.cartAngle).max(), degrees)
    cartTranslationMax = scaled(comparison.cameras.compactMap(\.cartDistance).max(), 1000)
  }

  /// Name and value of each number, for people: five decimals.
  package var rows: [(name: String, value: String)] {
    func row(_ key: CodingKeys, _ value: Double?) -> (String, String) {
      (key.rawValue, NumberText.fixed(value, 5))
    }
    let names = missing.map { SafeText.line($0, limit: 64) }.joined(separator: ", ")
    return [
      row(.rms, rms), (CodingKeys.cameras.rawValue, "\(cameras)"),
      (CodingKeys.missing.rawValue, missing.isEmpty ? "-" : names),
      row(.coveredMean, coveredMean), row(.coveredMax, coveredMax), row(.fullMean, fullMean),
      row(.fullMax, fullMax), row(.rotationMean, rotationMean), row(.rotationMax, rotationMax),
      row(.translationMean, translationMean), row(.translationMax, translationMax),
      row(.effectiveRotationMean, effectiveRotationMean),
      row(.effectiveRotationMax, effectiveRotationMax),
      row(.effectiveTranslationMean, effectiveTranslationMean),
      row(.effectiveTranslationMax, effectiveTranslationMax), row(.basketRMS, basketRMS),
      row(.basketMax, basketMax), row(.basketPairs, basketPairs),
      row(.basketPairsForetold, basketPairsForetold), row(.cartRotationMax, cartRotationMax),
      row(.cartTranslationMax, cartTranslationMax),
    ]
  }
}
