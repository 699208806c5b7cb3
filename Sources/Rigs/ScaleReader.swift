import Devices
import Documents
import Weighing

/// Makes a scale's description of the `scale` section of a rig.
///
///     scale:
///       class: III
///       ranges: [{max_kg: 15, e_g: 5}, {max_kg: 30, e_g: 10}]
///       cells:
///         rear_left: {xy_m: [-0.27, -0.19]}
///       site: {latitude_deg: 47.37, height_m: 408}
///       type_tests: [{test: creep, document: "R60/2021-NL1-22.11"}]
///       temperature: {span_per_k: 1e-5, span_sigma_per_k: 0.7e-5, zero_sigma_g_per_k: 0.3}
///       decision_rule: guard_banded
///       platform_m: [0.6, 0.45]
///       converter: {bits: 24, rate_hz: 10, mains_hz: 50}
///       wiring: {kind: load_cells, device: {usb_id: "32e4:9230"}}
enum ScaleReader {
  private static let ofCells = [
    "class", "ranges", "cells", "site", "type_tests", "temperature", "decision_rule",
    "platform_m", "converter",
  ]

  /// The scale, and how it is read. One that weighs by itself has no cells, and nothing to calibrate.
  static func section(
    _ node: YAMLNode
  ) throws(YAMLError) -> (spec: ScaleSpec?, wiring: ScaleWiring?) {
    let fields = try YAMLFields(node, of: "a scale", known: ofCells + ["wiring"])
    let wiring = try fields.optional("wiring").map(self.wiring)
    guard let wiring, wiring.kind != .loadCells else { return (try scale(fields), wiring) }
    if let key = ofCells.first(where: { fields.optional($0) != nil }),
      let node = fields.optional(key)
    {
      throw node.mismatch(
        "a scale of kind \(wiring.kind.rawValue) weighs by itself and has no \(key) here",
        "Leave it out, or write kind: load_cells if its cells are read.")
    }
    return (nil, wiring)
  }

  private static func wiring(_ node: YAMLNode) throws(YAMLError) -> ScaleWiring {
    let fields = try YAMLFields(
      node, of: "the wiring of a scale", known: ["kind", "device", "unit", "checksum"])
    var wiring = ScaleWiring(
      try word(
        ScaleWiring.Kind.self, fields.required("kind", example: "load_cells"), "kind of scale"))
    if let node = fields.optional("device") { wiring.match = try RigDevices.match(node) }
    if let node = fields.optional("unit") {
      wiring.unit = try word(ScaleUnit.self, node, "unit of mass")
      guard wiring.kind == .toledo8217, wiring.unit.kilograms != nil else {
        throw node.mismatch(
          wiring.unit.kilograms == nil
            ? "a \(wiring.unit.rawValue) differs between countries"
            : "only a scale of kind toledo_8217 does not say its unit itself",
          "Write unit: kg or unit: lb with kind: toledo_8217, else leave it out.")
      }
    }
    if let node = fields.optional("checksum") {
      guard wiring.kind == .toledoContinuous else {
        throw node.mismatch(
          "only messages of kind toledo_continuous may go without a checksum", "Leave it out.")
      }
      guard let hasChecksum = Bool(try node.text()) else {
        throw node.mismatch("true or false was expected", "Write checksum: false or leave it out.")
      }
      wiring.hasChecksum = hasChecksum
    }
    return wiring
  }

  private static func scale(_ fields: YAMLFields) throws(YAMLError) -> ScaleSpec {
    var spec = ScaleSpec(
      cells: try cells(fields.required("cells", example: "{rear_left: {xy_m: [-0.27, -0.19]}}")),
      legal: try legal(fields))
    if let node = fields.optional("decision_rule") {
      spec.rule = try word(Conformity.DecisionRule.self, node, "decision rule")
    }
    if let node = fields.optional("type_tests") { spec.typeTests = try typeTests(node) }
    if let node = fields.optional("site") { spec.site = try site(node) }
    if let node = fields.optional("temperature") { spec.coefficients = try coefficients(node) }
    if let node = fields.optional("platform_m") {
      let size = try node.numbers("a size in metres", count: 2, in: 0.01...10)
      spec.platform = SIMD2(size[0], size[1])
    }
    if let node = fields.optional("converter") { spec.converter = try converter(node) }
    return spec
  }

  private static func legal(_ fields: YAMLFields) throws(YAMLError) -> LegalScale? {
    guard let node = fields.optional("class") else {
      if let ranges = fields.optional("ranges") {
        throw ranges.mismatch("ranges without a class", "Write class: III, as on the plate.")
      }
      return nil
    }
    let accuracyClass = try word(AccuracyClass.self, node, "accuracy class")
    let list = try fields.required("ranges", example: "[{max_kg: 30, e_g: 5}]")
    var ranges: [WeighingRange] = []
    for element in try list.list("the weighing ranges") {
      let fields = try YAMLFields(element, of: "a weighing range", known: ["max_kg", "e_g"])
      let capacity = try fields.required("max_kg", example: "30")
        .number("Max in kilograms", in: 0.001...100_000)
      let interval = try fields.required("e_g", example: "5")
        .number("e in grams", in: 0.000_001...100_000)
      guard let capacity = ExactMass(kilograms: capacity), let interval = ExactMass(grams: interval)
      else { throw element.mismatch("these are no masses", "Write max_kg and e_g.") }
      ranges.append(WeighingRange(capacity: capacity, interval: interval))
    }
    do throws(LegalScaleError) {
      return try LegalScale(accuracyClass: accuracyClass, ranges: ranges)
    } catch {
      throw list.mismatch("\(error)", "")
    }
  }

  private static func cells(_ node: YAMLNode) throws(YAMLError) -> [ScaleSpec.Cell] {
    guard case .mapping(let members) = node.value, (1...16).contains(members.count) else {
      throw node.mismatch(
        "1 to 16 cells were expected, as a mapping of their names",
        "Write the name as a key, for example rear_left:, in the order of the channels.")
    }
    var cells: [ScaleSpec.Cell] = []
    for member in members {
      do throws(NameError) {
        _ = try Name(member.key, of: .cellName)
      } catch {
        throw .mismatch(member.keyPlace, detail: "\(error)", remedy: "")
      }
      let fields = try YAMLFields(
        member.value, of: "cell \(member.key)", known: ["xy_m", "kg_per_count"])
      let place = try fields.required("xy_m", example: "[-0.27, -0.19]")
        .numbers("a place in metres", count: 2, in: -10...10)
      let position = SIMD2(place[0], place[1])
      if let other = cells.first(where: { $0.position == position }) {
        throw member.value.mismatch(
          "cells \(other.name) and \(member.key) are at one place",
          "Give each cell its own place.")
      }
      cells.append(
        ScaleSpec.Cell(
          name: member.key, position: position,
          kilogramsPerCount: try fields.optional("kg_per_count").map(sensitivity)))
    }
    return cells
  }

  private static func sensitivity(_ node: YAMLNode) throws(YAMLError) -> Double {
    let what = "the mass of a count in kilograms"
    let value = try node.number(what, in: -1...1)
    guard abs(value) >= 1e-12 else {
      throw node.mismatch("\(what) cannot be nothing", "Write it as the data sheet gives it.")
    }
    return value
  }

  private static func converter(_ node: YAMLNode) throws(YAMLError) -> ScaleSpec.Converter {
    let fields = try YAMLFields(
      node, of: "a converter", known: ["bits", "rate_hz", "mains_hz"])
    var converter = ScaleSpec.Converter()
    if let bits = fields.optional("bits") {
      converter.bits = try bits.integer("the bits of a converter", in: 8...32)
    }
    if let rate = fields.optional("rate_hz") {
      converter.rate = try rate.number("a rate in samples a second", in: 1...10_000)
    }
    if let mains = fields.optional("mains_hz") {
      converter.mains = try mains.number("the mains frequency in Hz", in: 40...70)
    }
    return converter
  }

  private static func typeTests(_ node: YAMLNode) throws(YAMLError) -> [ScaleSpec.TypeTest] {
    var tests: [ScaleSpec.TypeTest] = []
    for element in try node.list("the type tests") {
      let fields = try YAMLFields(element, of: "a type test", known: ["test", "document"])
      tests.append(
        ScaleSpec.TypeTest(
          test: try word(
            ScaleTest.self, fields.required("test", example: "creep"), "test of a scale"),
          document: try fields.required("document", example: "the number of its report").text()))
    }
    return tests
  }

  private static func site(_ node: YAMLNode) throws(YAMLError) -> GravitySite {
    let fields = try YAMLFields(
      node, of: "a site", known: ["latitude_deg", "height_m", "gravity_m_s2"])
    let measured = try fields.optional("gravity_m_s2")?
      .number("gravity in m/s^2", in: 0...100)
    let make: () throws(GravityError) -> GravitySite
    if let measured {
      make = { () throws(GravityError) in try GravitySite(measured: measured) }
    } else {
      let latitude = try fields.required("latitude_deg", example: "47.37")
        .number("a latitude in degrees", in: -90...90)
      let height = try fields.required("height_m", example: "408")
        .number("a height in metres", in: -500...9000)
      make = { () throws(GravityError) in try GravitySite(latitude: latitude, height: height) }
    }
    do throws(GravityError) {
      return try make()
    } catch {
      throw node.mismatch("\(error)", "")
    }
  }

  private static func coefficients(
    _ node: YAMLNode
  ) throws(YAMLError) -> ScaleSpec.TemperatureCoefficients {
    let fields = try YAMLFields(
      node, of: "temperature coefficients",
      known: ["span_per_k", "span_sigma_per_k", "zero_sigma_g_per_k"])
    return ScaleSpec.TemperatureCoefficients(
      span: try fields.required("span_per_k", example: "1e-5")
        .number("a span coefficient per kelvin", in: -0.01...0.01),
      spanSigma: try fields.required("span_sigma_per_k", example: "0.7e-5")
        .number("its standard deviation per kelvin", in: 1e-9...0.01),
      zeroSigma: try fields.required("zero_sigma_g_per_k", example: "0.3")
        .number("the scatter of zeros in grams per kelvin", in: 1e-6...1000) / 1000)
  }

  private static func word<Word: RawRepresentable<String> & CaseIterable>(
    _: Word.Type, _ node: YAMLNode, _ what: String
  ) throws(YAMLError) -> Word {
    guard let word = Word(rawValue: try node.text()) else {
      throw node.mismatch(
        "there is no such \(what)",
        "Write one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return word
  }
}
