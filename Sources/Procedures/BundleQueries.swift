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
package func listBundles(store: String?) throws(ProcedureError) -> BundleListing {
  let store = BundleStoring.store(store)
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
  cart: String, revision: Int?, store: String?
) throws(ProcedureError) -> StoredBundle {
  let name: Name
  do throws(NameError) {
    name = try Name(cart, of: .cartSerial)
  } catch {
    throw .name(error)
  }
  do throws(BundleError) {
    return try BundleStoring.store(store).load(name, revision: revision)
  } catch {
    throw .bundle(error)
  }
}
