package import Bundles
import Documents

/// The carts of a store.
package struct BundleListing: Sendable {
  package struct Cart: Sendable {
    package let name: String
    package let revisions: [Int]
    /// Nil when none is in force.
    package let current: CartBundle?
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
      var current: CartBundle?
      do throws(BundleError) {
        if try store.currentRevision(of: name) != nil { current = try store.load(name).bundle }
      } catch {
        problems.append(error)
      }
      carts.append(BundleListing.Cart(name: name.text, revisions: revisions, current: current))
    }
    return BundleListing(store: store.path, carts: carts, problems: problems)
  } catch {
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
