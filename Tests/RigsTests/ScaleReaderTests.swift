import Documents
import TestSupport
import Testing
import Weighing

@testable import Rigs

/// The scale section of a rig that uses every key.
private let whole = """
  schema: cartcal.rig/1
  name: test
  board: checkerboard:9x6:25mm
  cameras:
    a:
      lens: {kind: wide}
      size_px: [1280, 800]
      cart_from_camera: {translation_m: [0, -0.2, 0.5], looks_at_m: [0, 0.3, 0]}
      tolerance: {position_mm: 20, angle_deg: 4.5}
  scale:
    class: III
    ranges: [{max_kg: 15, e_g: 5}, {max_kg: 30, e_g: 10}]
    cells:
      left: {xy_m: [-0.25, 0], kg_per_count: 9.4e-6}
      right: {xy_m: [0.25, 0]}
    platform_m: [0.6, 0.4]
    converter: {bits: 20, rate_hz: 80, mains_hz: 60}
    site: {latitude_deg: 47.37, height_m: 408}
    type_tests:
      - {test: creep, document: "R60: 1"}
    temperature: {span_per_k: 1e-6, span_sigma_per_k: 8e-6, zero_sigma_g_per_k: 0.3}
    decision_rule: simple_acceptance
  """

private func scale(_ text: String) throws -> ScaleSpec {
  try #require(try Rig(bytes: Array(text.utf8), file: "r.yaml").scale)
}

@Test func everyKeyOfAScaleIsRead() throws {
  let scale = try scale(whole)
  let legal = try #require(scale.legal)
  #expect(legal.accuracyClass == .medium && legal.capacity == .kilograms(30))
  #expect(legal.interval(load: .kilograms(15)) == .grams(5))
  #expect(legal.interval(load: .grams(15_001)) == .grams(10))
  #expect(scale.cells.map(\.name) == ["left", "right"])
  #expect(scale.cells[0].position == SIMD2(-0.25, 0))
  #expect(scale.cells[0].kilogramsPerCount == 9.4e-6 && scale.cells[1].kilogramsPerCount == nil)
  #expect(scale.platformSize == SIMD2(0.6, 0.4))
  #expect(scale.converter == .init(bits: 20, rate: 80, mains: 60))
  #expect(abs((scale.site?.gravity ?? 0) - 9.807082) < 1e-6)
  #expect(scale.typeTests == [.init(test: .creep, document: "R60: 1")])
  #expect(scale.coefficients == .init(span: 1e-6, spanSigma: 8e-6, zeroSigma: 0.0003))
  #expect(scale.rule == .simpleAcceptance)
}

@Test func aRigWithoutScaleHasNone() throws {
  let text = whole.split(separator: "\n").prefix { $0 != "scale:" }.joined(separator: "\n")
  #expect(try Rig(bytes: Array(text.utf8), file: "r").scale == nil)
}

@Test(arguments: [
  ("class: III", "class: V", "Write one of I, II, III, IIII"),
  ("  class: III\n", "", "ranges without a class"),
  ("e_g: 10", "e_g: 7", "1, 2 or 5 times a power of ten"),
  ("e_g: 10", "e_g: 5", "growing Max and e"),
  ("{max_kg: 30, e_g: 10}", "{max_kg: 200, e_g: 10}", "class III has 500 to 10000"),
  ("{max_kg: 15, e_g: 5}", "{max_kg: 2, e_g: 5}", "class III has 500 to 10000"),
  ("max_kg: 15", "max_g: 15000", "Did you mean \"max_kg\"?"),
  ("max_kg: 15", "max_kg: 0", "mind the unit"),
  ("ranges: [{max_kg: 15, e_g: 5}, {max_kg: 30, e_g: 10}]", "ranges: []", "has no weighing range"),
  ("xy_m: [0.25, 0]", "xy_m: [-0.25, 0]", "at one place"),
  ("xy_m: [0.25, 0]", "xy_m: [250, 0]", "from -10 to 10"),
  ("    right:", "    r ight:", "name of a load cell"),
  ("    right:", "    left:", "already in line"),
  ("kg_per_count: 9.4e-6", "kg_per_count: 0", "cannot be nothing"),
  ("bits: 20", "bits: 99", "from 8 to 32"),
  ("mains_hz: 60", "mains_hz: 1000", "from 40 to 70"),
  ("latitude_deg: 47.37", "latitude_deg: 147.37", "from -90 to 90"),
  ("latitude_deg: 47.37, height_m: 408", "gravity_m_s2: 980.7", "mind the unit"),
  ("latitude_deg: 47.37, height_m: 408", "gravity_m_s2: 3.7", "9.74 to 9.86"),
  ("latitude_deg: 47.37, ", "", "latitude_deg"),
  ("test: creep", "test: crep", "no such test of a scale"),
  ("span_sigma_per_k: 8e-6", "span_sigma_per_k: 8", "mind the unit"),
  ("decision_rule: simple_acceptance", "decision_rule: hope", "guard_banded"),
  ("  cells:", "  cell:", "Did you mean \"cells\"?"),
])
func whatIsNoScaleIsNamedWithItsPlace(old: String, new: String, words: String) throws {
  let text = whole.replacing(old, with: new, maxReplacements: 1)
  try #require(text != whole, "\(old) is not in the rig")
  let error = #expect(throws: RigError.self) { try scale(text) }
  let message = error.map { "\($0)" } ?? ""
  #expect(message.hasPrefix("r.yaml:"), "\(message)")
  #expect(message.contains(words), "\(message)")
}

@Test func aScaleWrittenReadsBackTheSame() throws {
  let rig = try Rig(bytes: Array(whole.utf8), file: "r")
  let again = try Rig(bytes: Array(rig.yaml.utf8), file: "again")
  #expect(again.scale == rig.scale)
  #expect(again.yaml == rig.yaml)
  let measured = whole.replacing("latitude_deg: 47.37, height_m: 408", with: "gravity_m_s2: 9.807")
  let other = try Rig(bytes: Array(measured.utf8), file: "r")
  #expect(try Rig(bytes: Array(other.yaml.utf8), file: "again").scale == other.scale)
}

@Test func theSchemaKnowsTheWordsOfAScale() throws {
  let schema = try SchemaFile("Rigs/Schemas/rig-1.schema.json")
  #expect(schema.words("rig_scale_class") == Set(AccuracyClass.allCases.map(\.rawValue)))
  #expect(schema.words("decision_rule") == Set(Conformity.DecisionRule.allCases.map(\.rawValue)))
  #expect(schema.words("scale_test") == Set(ScaleTest.allCases.map(\.rawValue)))
}
