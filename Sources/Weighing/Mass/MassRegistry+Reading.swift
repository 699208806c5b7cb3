package import Documents

/// Why a file of reference masses cannot be used.
package enum MassFileError: Error, Equatable {
  case yaml(YAMLError)
  case registry(file: String, MassRegistryError)
}

extension MassFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .yaml(let error): "\(error)"
    case .registry(let file, let error): "\(file): \(error)"
    }
  }
}

extension MassRegistry {
  package static let schemaName = "cartcal.masses/1"
  private static let most = 1000
  /// 2000-01-01 to 2099-12-31.
  private static let dueRange = UTCTime(seconds: 946_684_800)...UTCTime(seconds: 4_102_444_799)

  /// The masses of a YAML file (`cartcal.masses/1`), see `factory/masses.yaml`.
  package static func read(file path: String) throws(MassFileError) -> MassRegistry {
    let node: YAMLNode
    do throws(YAMLError) { node = try YAMLDocument.parse(file: path) } catch { throw .yaml(error) }
    return try registry(node, file: path)
  }

  /// The masses in the bytes of such a file; `file` stands in messages.
  package static func read(
    _ bytes: [UInt8], file: String
  ) throws(MassFileError) -> MassRegistry {
    let node: YAMLNode
    do throws(YAMLError) {
      node = try YAMLDocument.parse(bytes, file: file)
    } catch {
      throw .yaml(error)
    }
    return try registry(node, file: file)
  }

  private static func registry(
    _ node: YAMLNode, file: String
  ) throws(MassFileError) -> MassRegistry {
    let masses: [ReferenceMass]
    do throws(YAMLError) { masses = try self.masses(node) } catch { throw .yaml(error) }
    do throws(MassRegistryError) {
      return try MassRegistry(masses)
    } catch {
      throw .registry(file: file, error)
    }
  }

  private static func masses(_ node: YAMLNode) throws(YAMLError) -> [ReferenceMass] {
    let fields = try YAMLFields(node, of: "a registry of masses", known: ["schema", "masses"])
    let schema = try fields.required("schema", example: schemaName)
    guard try schema.text() == schemaName else {
      throw schema.mismatch("this is no registry of masses", "Write schema: \(schemaName).")
    }
    let list = try fields.required("masses", example: "[]").list("the masses")
    guard list.count <= most else {
      throw node.mismatch("more than \(most) masses", "Check that it is the file you mean.")
    }
    var masses: [ReferenceMass] = []
    for element in list { masses.append(try mass(element)) }
    return masses
  }

  private static func mass(_ node: YAMLNode) throws(YAMLError) -> ReferenceMass {
    let fields = try YAMLFields(
      node, of: "a mass",
      known: [
        "id", "nominal_g", "class", "certificate", "due", "conventional_mass_g",
        "expanded_uncertainty_g", "coverage_factor",
      ])
    let word = try fields.required("class", example: "M1")
    guard let massClass = MassClass(rawValue: try word.text()) else {
      throw word.mismatch(
        "there is no such class of weights here",
        "Write one of \(MassClass.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return ReferenceMass(
      id: try fields.required("id", example: "M1-20-1").text(),
      nominal: try grams(
        fields.required("nominal_g", example: "20000"), "a nominal mass in grams"),
      massClass: massClass,
      certificate: try fields.required("certificate", example: "its number").text(),
      calibrated: try calibrated(fields),
      due: try due(fields.required("due", example: "2027-05-31")))
  }

  private static func calibrated(
    _ fields: YAMLFields
  ) throws(YAMLError) -> ReferenceMass.CalibratedValue? {
    guard let value = fields.optional("conventional_mass_g") else {
      if let stray = fields.optional("expanded_uncertainty_g") {
        throw stray.mismatch(
          "an uncertainty without a value", "Write conventional_mass_g, from the certificate.")
      }
      return nil
    }
    return ReferenceMass.CalibratedValue(
      conventionalMass: try grams(value, "a conventional mass in grams"),
      expandedUncertainty: try grams(
        fields.required("expanded_uncertainty_g", example: "0.3"),
        "an expanded uncertainty in grams"),
      coverageFactor: try fields.optional("coverage_factor")?
        .number("a coverage factor", in: 1...20) ?? 2)
  }

  private static func grams(_ node: YAMLNode, _ what: String) throws(YAMLError) -> ExactMass {
    let number = try node.number(what, in: 1e-6...1e6)
    guard let mass = ExactMass(grams: number) else {
      throw node.mismatch("this is no mass", "Write grams.")
    }
    return mass
  }

  /// The end of a day, `2027-05-31`.
  private static func due(_ node: YAMLNode) throws(YAMLError) -> UTCTime {
    let text = try node.text()
    guard let time = UTCTime("\(text)T23:59:59Z") else {
      throw node.mismatch(
        "\(SafeText.line(text, limit: 40)) is no date", "Write year, month and day: 2027-05-31.")
    }
    // A year of 0207 or 20270 is a slip of the pen, and would let a mass count for ever.
    guard dueRange.contains(time) else {
      throw node.mismatch(
        "no certificate ends on \(text)", "Write a year from 2000 to 2099: 2027-05-31.")
    }
    return time
  }
}
