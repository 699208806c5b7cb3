import Documents
package import Weighing

/// What a weighing is asked to do; made from words, and checked, before any work begins.
package struct WeighRequest: Sendable {
  let folder: String
  let rig: GivenRig?
  let masses: MassRegistry?
  let use: GravitySite?
  let cart: Name?
  let access: StoreAccess
  let jsonFile: String?
  let reportFile: String?
  /// True for a weighing with prompts: its command, given again, finishes it and stores nothing twice.
  let isLive: Bool

  /// A request from the words of a person. Throws when a word makes no sense, when a file that is
  /// named cannot be used, or when a file that is to be written cannot be.
  ///
  /// - Parameters:
  ///   - rig: a rig file with a scale; without one no verdict is asked.
  ///   - masses: a registry's file, for the ids that a session names; else `registry` itself.
  ///   - use: where the cart will weigh, `LATITUDE,HEIGHT` or gravity in m/s².
  package init(
    folder: String, rig: String? = nil, masses: String? = nil, registry: MassRegistry? = nil,
    use: String? = nil, cart: String?, access: StoreAccess, jsonFile: String?,
    reportFile: String? = nil, isLive: Bool = false
  ) throws(ProcedureError) {
    self.folder = folder
    self.isLive = isLive
    self.rig = try rig.map { file throws(ProcedureError) in try GivenRig(scaleFile: file) }
    if let masses {
      self.masses = try Self.registry(masses)
    } else {
      self.masses = registry
    }
    self.use = try use.map { word throws(ProcedureError) in try Self.site(word) }
    if self.use != nil, self.rig?.rig.scale?.site == nil {
      throw .useWithoutSite(rig: rig)
    }
    do throws(NameError) {
      self.cart = try cart.map { text throws(NameError) in try Name(text, of: .cartSerial) }
    } catch {
      throw .name(error)
    }
    self.access = access
    if self.cart != nil { try access.check() }
    self.jsonFile = jsonFile
    self.reportFile = reportFile
    let inputs =
      ([RecordedFolder.procedureName] + RecordedFolder.sampleNames).map { "\(folder)/\($0)" }
      + [rig, masses].compactMap { $0 }
    try OutputPlaces([("--json", jsonFile), ("--report", reportFile)]).check(inputs: inputs)
    if let jsonFile { try OutputFiles.check(jsonFile) }
    if let reportFile { try OutputFiles.check(reportFile) }
  }

  static func registry(_ file: String) throws(ProcedureError) -> MassRegistry {
    do throws(MassFileError) {
      return try MassRegistry.read(file: file)
    } catch {
      throw .masses(error)
    }
  }

  /// A place of use in a word.
  static func site(_ word: String) throws(ProcedureError) -> GravitySite {
    let parts = word.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, (1...2).contains(numbers.count) else {
      throw .useWord(word)
    }
    do throws(GravityError) {
      return numbers.count == 1
        ? try GravitySite(measured: numbers[0])
        : try GravitySite(latitude: numbers[0], height: numbers[1])
    } catch {
      throw .gravity(error)
    }
  }
}

extension GivenRig {
  /// A rig that has a scale.
  init(scaleFile file: String) throws(ProcedureError) {
    self = try GivenRig(file: file)
    guard rig.scale != nil else { throw .rigWithoutScale(file: file) }
  }

  /// Throws when a session's cells are not those of the rig: another cart, or another rig.
  func check(_ procedure: RecordedProcedure, session: String) throws(ProcedureError) {
    guard let scale = rig.scale else { return }
    guard procedure.cells.count == scale.cells.count else {
      throw .otherCells(
        file: file, session: session,
        detail: "the session has \(NumberText.count(procedure.cells.count, "cell")), the rig "
          + "\(scale.cells.count)")
    }
    for (place, cell) in zip(procedure.cells, scale.cells) {
      let off = place - cell.position
      guard off.x * off.x + off.y * off.y > Self.reach * Self.reach else { continue }
      throw .otherCells(
        file: file, session: session,
        detail: "cell \(cell.name) is at (\(place.x), \(place.y)) m in the session and at "
          + "(\(cell.position.x), \(cell.position.y)) m in the rig")
    }
  }

  /// How far a cell may be from where the rig says, metres: how carts are built.
  private static let reach = 0.01
}
