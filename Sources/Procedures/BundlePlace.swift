import Bundles
import Documents
import Files

/// A bundle as people name it: the one in force of a cart, `CART-0042`; one of its revisions,
/// `CART-0042/3`; or the folder of a revision, wherever it is.
enum BundlePlace {
  /// Reads it, with every file that is there checked. A word is taken as a folder when that has a
  /// `bundle.json`.
  static func load(
    _ word: String, _ bundles: BundleStore
  ) throws(ProcedureError) -> (bundle: CartBundle, folder: String) {
    if isRevision(word) {
      do throws(BundleError) {
        return (try BundleStore.verifiedBundle(in: word, trust: bundles.trust).bundle, word)
      } catch {
        throw .bundle(error)
      }
    }
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var revision: Int?
    if parts.count == 2 {
      guard let number = Int(parts[1]), (1...999_999_999).contains(number) else {
        throw .bundleWord(word)
      }
      revision = number
    }
    let name: Name
    do throws(NameError) {
      name = try Name(String(parts[0]), of: .cartSerial)
    } catch {
      throw .bundleWord(word)
    }
    do throws(BundleError) {
      let stored = try bundles.load(name, revision: revision)
      return (stored.bundle, stored.folder)
    } catch {
      throw .bundle(error)
    }
  }

  private static func isRevision(_ word: String) -> Bool {
    do throws(FileError) {
      return try Files.kind(of: word + "/bundle.json") == .regular
    } catch {
      return false
    }
  }
}
