import Documents
import Weighing

/// What a weighing is asked to do; made from words, and checked, before any work begins.
package struct WeighRequest: Sendable {
  let folder: String
  let cart: Name?
  let access: StoreAccess
  let jsonFile: String?

  /// A request from the words of a person. Throws when a word makes no sense, or when a file that
  /// is to be written cannot be.
  package init(
    folder: String, cart: String?, access: StoreAccess, jsonFile: String?
  ) throws(ProcedureError) {
    self.folder = folder
    do throws(NameError) {
      self.cart = try cart.map { text throws(NameError) in try Name(text, of: .cartSerial) }
    } catch {
      throw .name(error)
    }
    self.access = access
    if self.cart != nil { try access.check() }
    self.jsonFile = jsonFile
    let inputs = ([RecordedFolder.procedureName] + RecordedFolder.sampleNames).map {
      "\(folder)/\($0)"
    }
    try OutputPlaces([("--json", jsonFile)]).check(inputs: inputs)
    if let jsonFile { try OutputFiles.check(jsonFile) }
  }
}
