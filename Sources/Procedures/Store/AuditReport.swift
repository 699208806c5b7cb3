package import Documents
package import Measurements

/// What `cartcal bundle audit --json` writes: schema `cartcal.audit/1`.
package struct AuditReport: Encodable, Equatable, Sendable {
  package static let schemaName = "cartcal.audit/1"

  package var schema = Self.schemaName
  package var store: String
  package var time: UTCTime
  /// Scales calibrated earlier are not held against their masses; nil for all.
  package var since: UTCTime?
  /// False where signatures were not looked at.
  package var looksAtSignatures: Bool
  package var carts: [Cart]

  package struct Cart: Encodable, Equatable, Sendable {
    package var cart: String
    package var revisions: [Int]
    /// Nil where none is in force.
    package var current: Int?
    package var problems: [Problem]
  }

  package struct Problem: Encodable, Equatable, Sendable {
    package enum Code: String, CaseIterable, Encodable, Sendable {
      case damaged
      case badSignature = "bad_signature"
      case revisionMissing = "revision_missing"
      case parentMissing = "parent_missing"
      case parentChanged = "parent_changed"
      case noneInForce = "none_in_force"
      case restored
      case massOverdue = "mass_overdue"
      case massUndated = "mass_undated"

      /// True where files are not as they were written; else the calibration itself is wanting.
      package var isOfStorage: Bool { self != .massOverdue && self != .massUndated }
    }

    package var code: Code
    /// The revision it is about; nil for the cart.
    package var revision: Int?
    package var text: String
  }

  private enum CodingKeys: String, CodingKey {
    case schema, store, time, since, carts
    case looksAtSignatures = "signatures_checked"
  }

  package var problems: [Problem] { carts.flatMap(\.problems) }

  package var exitStatus: ExitStatus {
    if problems.contains(where: { $0.code.isOfStorage }) { return .storage }
    return problems.isEmpty ? .done : .failed
  }
}
