import Documents

/// The masses of a site, by id.
package struct MassRegistry: Equatable, Sendable {
  /// In the order they were given.
  package let masses: [ReferenceMass]

  /// Checks every mass by itself and that no id stands twice; throws at the first mistake.
  package init(_ masses: [ReferenceMass]) throws(MassRegistryError) {
    var seen: Set<String> = []
    for mass in masses {
      guard (1...64).contains(mass.id.utf8.count) else { throw .badID(mass.id) }
      guard seen.insert(mass.id).inserted else { throw .duplicateID(mass.id) }
      guard let limit = mass.massClass.permissibleError(nominal: mass.nominal) else {
        throw .unknownNominal(id: mass.id, mass.nominal)
      }
      if let value = mass.calibrated {
        guard value.expandedUncertainty > .zero, value.coverageFactor.isFinite,
          value.coverageFactor >= 1
        else { throw .impossibleUncertainty(id: mass.id) }
        // OIML R 111-1, 5.2 and 5.3: within the limit, known to a third of it. A value many limits
        // away is a mistake of units, not a worn weight.
        guard (value.conventionalMass - mass.nominal).magnitude <= 10 * limit else {
          throw .valueFarFromNominal(id: mass.id, value.conventionalMass, nominal: mass.nominal)
        }
      }
    }
    self.masses = masses
  }

  package subscript(id: String) -> ReferenceMass? { masses.first { $0.id == id } }
}

/// What is wrong with a registry of masses.
package enum MassRegistryError: Error, Equatable {
  case badID(String)
  case duplicateID(String)
  case unknownNominal(id: String, ExactMass)
  case impossibleUncertainty(id: String)
  case valueFarFromNominal(id: String, ExactMass, nominal: ExactMass)
}

extension MassRegistryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badID(let id):
      "Mass \"\(SafeText.line(id, limit: 80))\" has an id of no or more than 64 characters. "
        + "Use what is engraved on it."
    case .duplicateID(let id):
      "Mass \(SafeText.line(id)) stands in the registry twice. Remove one, or give each its own id."
    case .unknownNominal(let id, let nominal):
      "Mass \(SafeText.line(id)) is said to be \(nominal) nominally, which no weight of OIML R 111 "
        + "from 1 g to 20 kg is. Check the value and its unit."
    case .impossibleUncertainty(let id):
      "Mass \(SafeText.line(id)) has an uncertainty or coverage factor that is not possible. "
        + "Copy U and k from its certificate."
    case .valueFarFromNominal(let id, let value, let nominal):
      "Mass \(SafeText.line(id)) is said to be \(value), far from its nominal \(nominal). "
        + "Check the conventional mass and its unit against the certificate."
    }
  }
}
