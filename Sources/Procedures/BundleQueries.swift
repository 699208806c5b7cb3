package import Bundles
import Documents

/// The carts of a store.
package struct BundleListing: Sendable {
  package struct Cart: Sendable {
    package let name: String
    package let revisions: [Int]
    /// Nil when none is in force, or when it cannot be trusted.
    package let current: CartBundle?
    /// Evidence and pages of the current revision that are no longer there.
    package let missing: [String]
    package let isDamaged: Bool
  }

  /// Where the store is.
  package let store: String
  package let carts: [Cart]
  /// What is wrong with carts of this store.
  package let problems: [BundleError]
}

/// The carts of the store named, or of the one in use. A damaged cart does not hide the others.
package func listBundles(_ access: StoreAccess) throws(ProcedureError) -> BundleListing {
  let store = try access.reader()
  do throws(BundleError) {
    var carts: [BundleListing.Cart] = []
    var problems: [BundleError] = []
    for name in try store.carts() {
      let revisions = try store.revisions(of: name)
      var current: StoredBundle?
      var isDamaged = false
      do throws(BundleError) {
        if try store.currentRevision(of: name) != nil { current = try store.load(name) }
      } catch {
        problems.append(error)
        isDamaged = true
      }
      carts.append(
        BundleListing.Cart(
          name: name.text, revisions: revisions, current: current?.bundle,
          missing: current?.missing ?? [], isDamaged: isDamaged))
    }
    return BundleListing(store: store.path, carts: carts, problems: problems)
  } catch {
    // A store that was never written to holds no cart.
    if case .storage(.missing(store.path)) = error {
      return BundleListing(store: store.path, carts: [], problems: [])
    }
    throw .bundle(error)
  }
}

/// One bundle with its files checked: the revision named, else the one in force.
package func showBundle(
  cart: String, revision: Int?, _ access: StoreAccess
) throws(ProcedureError) -> StoredBundle {
  let stored = try withCart(cart, access) { bundles, name throws(BundleError) in
    try bundles.load(name, revision: revision)
  }
  if revision == nil {
    try access.reader().checkSeen(BundleStoring.name(of: stored.bundle))
  }
  return stored
}

/// Removes evidence and pages of older revisions (see `BundleStore.prune`): of one cart, or of all.
package func pruneBundles(
  cart: String?, keeping count: Int, isTrial: Bool, _ access: StoreAccess
) throws(ProcedureError) -> [(cart: String, pruned: [PrunedRevision])] {
  let bundles = try access.reader()
  var names: [Name] = []
  if let cart {
    do throws(NameError) { names = [try Name(cart, of: .cartSerial)] } catch { throw .name(error) }
  } else {
    do throws(BundleError) { names = try bundles.carts() } catch { throw .bundle(error) }
  }
  var result: [(cart: String, pruned: [PrunedRevision])] = []
  do throws(BundleError) {
    for name in names {
      result.append((name.text, try bundles.prune(name, keeping: count, isTrial: isTrial)))
    }
  } catch {
    throw .bundle(error)
  }
  return result
}

/// Makes a stored revision the one in force.
package func activateBundle(
  cart: String, revision: Int, _ access: StoreAccess
) throws(ProcedureError) -> (stored: StoredBundle, before: Int?) {
  try withCart(cart, access) { bundles, name throws(BundleError) in
    try bundles.activate(name, revision: revision, at: UTCTime.now)
  }
}

/// Makes the newest good revision before the one in force the one in force.
package func rollBackBundle(
  cart: String, _ access: StoreAccess
) throws(ProcedureError) -> (stored: StoredBundle, before: Int?) {
  try withCart(cart, access) { bundles, name throws(BundleError) in
    guard let revision = try bundles.revisionToRollBackTo(name) else {
      throw .nothingToRollBackTo(cart: name.text, store: bundles.path)
    }
    return try bundles.activate(name, revision: revision, at: UTCTime.now)
  }
}

private func withCart<Result>(
  _ cart: String, _ access: StoreAccess,
  _ body: (BundleStore, Name) throws(BundleError) -> Result
) throws(ProcedureError) -> Result {
  let name: Name
  do throws(NameError) { name = try Name(cart, of: .cartSerial) } catch { throw .name(error) }
  let bundles = try access.reader()
  do throws(BundleError) { return try body(bundles, name) } catch { throw .bundle(error) }
}
