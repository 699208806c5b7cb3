import Procedures

/// The options by which commands are told where bundles are, who signs and who is trusted.
enum StoreOptions {
  static let keys = CommandSpec.Option(
    "--keys", "DIR",
    "The trusted public keys. Otherwise CARTCAL_KEYS, else \(StoreAccess.installedKeys).")
  private static let unsigned = CommandSpec.Option(
    "--unsigned", nil, "Take bundles that nobody signed; signatures are not looked at.")

  /// Of commands that store bundles.
  static let signing = [
    CommandSpec.Option(
      "--key", "FILE",
      "Sign with this secret key. Otherwise CARTCAL_KEY, else /etc/cartcal/signing.key where it "
        + "exists, else the bundle is not signed. See cartcal key --help."), keys, unsigned,
  ]
  /// Of commands that read bundles.
  static let reading = [
    CommandSpec.Option(
      "--store", "DIR", "Where bundles are kept (otherwise as for cartcal solve)."),
    keys, unsigned,
  ]

  /// `store` is one that was named otherwise than by `--store`.
  static func access(
    _ arguments: Arguments, store: String? = nil
  ) throws(UsageError) -> StoreAccess {
    let named = try arguments.place("--store")
    return StoreAccess(
      store: store ?? named, key: try arguments.place("--key"),
      keys: try arguments.place("--keys"), takesUnsigned: arguments.has("--unsigned"))
  }

  /// What became of a bundle that was stored, to stand after its place. `passed`: the verdict lets it
  /// come into force.
  static func state(isCurrent: Bool, isSigned: Bool, passed: Bool) -> String {
    let use =
      if isCurrent { "now current" } else if passed && !isSigned {
        "not made current, since the one in force is signed: give --key"
      } else { "kept, but not made current" }
    return isSigned ? "signed, \(use)" : "not signed, \(use)"
  }
}
