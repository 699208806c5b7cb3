import Bundles
package import Documents
import Files

/// Checks all that a store holds: every file of every revision and its signature, the chain from each
/// revision to the one before it, that nothing is missing, that no older state was put back, and
/// that the masses of every scale calibrated since a date were in date.
package func auditStore(
  _ access: StoreAccess, since: UTCTime? = nil, jsonFile: String? = nil
) throws(ProcedureError) -> AuditReport {
  if let jsonFile { try OutputFiles.check(jsonFile) }
  let bundles = try access.reader()
  let isSigned = if case .signed = bundles.trust { true } else { false }
  var report = AuditReport(
    store: bundles.path, time: UTCTime.now, since: since, looksAtSignatures: isSigned, carts: [])
  do throws(BundleError) {
    for cart in try bundles.carts() { report.carts.append(try audit(cart, bundles, since)) }
  } catch {
    throw .bundle(error)
  }
  try noteRestored(&report, bundles)
  if let jsonFile { try OutputFiles.write(report, to: jsonFile) }
  return report
}

/// Names carts of which a later revision was seen than there is now, or that are gone altogether.
private func noteRestored(
  _ report: inout AuditReport, _ bundles: BundleStore
) throws(ProcedureError) {
  let seen = SeenRevisions()
  var known = try seen.carts(in: bundles.path)
  for index in report.carts.indices {
    let cart = report.carts[index]
    let before = known.removeValue(forKey: cart.cart) ?? 0
    let highest = cart.revisions.last ?? 0
    if before > highest {
      report.carts[index].problems.append(
        restored(cart.cart, seen: before, highest: highest, bundles))
    } else {
      try seen.keep(highest, of: cart.cart, in: bundles.path)
    }
  }
  for (cart, before) in known.sorted(by: { $0.key < $1.key }) {
    report.carts.append(
      AuditReport.Cart(
        cart: cart, revisions: [], current: nil,
        problems: [restored(cart, seen: before, highest: 0, bundles)]))
  }
}

private func restored(
  _ cart: String, seen: Int, highest: Int, _ bundles: BundleStore
) -> AuditReport.Problem {
  let error = ProcedureError.restored(
    cart: cart, seen: seen, highest: highest, store: bundles.path)
  return AuditReport.Problem(code: .restored, revision: nil, text: "\(error)")
}

private func audit(
  _ cart: Name, _ bundles: BundleStore, _ since: UTCTime?
) throws(BundleError) -> AuditReport.Cart {
  let revisions = try bundles.revisions(of: cart)
  var result = AuditReport.Cart(
    cart: cart.text, revisions: revisions, current: nil, problems: [])
  func note(_ code: AuditReport.Problem.Code, _ revision: Int?, _ text: String) {
    result.problems.append(AuditReport.Problem(code: code, revision: revision, text: text))
  }
  do throws(BundleError) {
    result.current = try bundles.currentRevision(of: cart)
  } catch {
    note(.damaged, nil, "\(error)")
  }
  if result.current.map({ !revisions.contains($0) }) ?? true {
    note(
      .noneInForce, nil,
      "No revision of cart \(cart.text) is in force. Put one in force: cartcal bundle activate.")
  }
  // Chance and age leave no gaps: revisions are never removed.
  for missing in 1...max(1, revisions.last ?? 1) where !revisions.contains(missing) {
    note(
      .revisionMissing, missing,
      "Revision \(missing) of cart \(cart.text) is not there. Look for it in a backup: revisions are "
        + "never removed.")
    if result.problems.count > 1000 { break }
  }
  for revision in revisions {
    let bundle: CartBundle
    do throws(BundleError) {
      bundle = try bundles.load(cart, revision: revision).bundle
    } catch {
      if case .signing = error {
        note(.badSignature, revision, "\(error)")
      } else {
        note(.damaged, revision, "\(error)")
      }
      continue
    }
    for parent in [bundle.parent, bundle.repair?.from].compactMap({ $0 }) {
      checkParent(parent, of: bundle, cart, bundles, revisions, note)
    }
    checkMasses(bundle, since, note)
  }
  return result
}

private func checkParent(
  _ parent: CartBundle.Parent, of bundle: CartBundle, _ cart: Name, _ bundles: BundleStore,
  _ revisions: [Int], _ note: (AuditReport.Problem.Code, Int?, String) -> Void
) {
  let name = "Revision \(bundle.revision) of cart \(cart.text)"
  guard parent.revision < bundle.revision, revisions.contains(parent.revision) else {
    note(
      .parentMissing, bundle.revision,
      "\(name) rests on revision \(parent.revision), which is not before it here.")
    return
  }
  let file = "\(bundles.path)/\(cart.text)/\(revisionFolder(parent.revision))/bundle.json"
  do throws(StorageError) {
    guard try SHA256.hexadecimal(ofFile: file).digest != parent.sha256 else { return }
    note(
      .parentChanged, bundle.revision,
      "\(name) rests on another revision \(parent.revision) than the one that is here: its "
        + "bundle.json was \(parent.sha256.prefix(12))... .")
  } catch {
    note(.damaged, parent.revision, "\(error)")
  }
}

private func revisionFolder(_ revision: Int) -> String {
  let digits = String(revision)
  return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}

/// The masses of a scale that was calibrated with this revision: one that was carried over was judged
/// with its own.
private func checkMasses(
  _ bundle: CartBundle, _ since: UTCTime?,
  _ note: (AuditReport.Problem.Code, Int?, String) -> Void
) {
  guard let scale = bundle.scale, scale.created == bundle.created,
    since.map({ scale.created >= $0 }) ?? true
  else { return }
  let day = String(scale.created.description.prefix(10))
  for mass in scale.record.masses {
    let name = SafeText.line(mass.name, limit: 60)
    guard let due = mass.due else {
      note(
        .massUndated, bundle.revision,
        "Revision \(bundle.revision): mass \(name) has no date until which its certificate holds. "
          + "Enter it in the registry of masses.")
      continue
    }
    // Days are written so that they sort as text.
    if due < day {
      note(
        .massOverdue, bundle.revision,
        "Revision \(bundle.revision): mass \(name) was due on \(SafeText.line(due, limit: 20)), before "
          + "the scale was calibrated on \(day). Have it calibrated, and weigh the cart again.")
    }
  }
}
