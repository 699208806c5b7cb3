/// What this program calls itself in files and on screens.
package enum Software {
  package static let name = "cartcal"
  package static let version = "0.1.0"
  package static let nameAndVersion = "\(name) \(version)"
}
