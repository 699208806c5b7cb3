import Bundles
import Measurements
import Procedures

/// `cartcal key`: the keys that sign bundles, and those that are trusted.
enum KeyCommand: CommandGroup {
  static let name = "key"
  static let summary = "Make, trust and revoke the keys that sign bundles."

  private static let newSpec = CommandSpec(
    path: "cartcal key new", summary: "Make a signing key: FILE, the secret, and FILE.pub.",
    operand: .init(name: "FILE", help: "Where to write it. It must not exist.", count: 1...1),
    options: [
      .init("--password", nil, "Protect it by the password in CARTCAL_KEY_PASSWORD.")
    ],
    notes: [
      "Keep FILE to yourself, and carry FILE.pub to every computer that is to trust what it signs: "
        + "cartcal key trust FILE.pub. Both are in the format of minisign."
    ])

  private static let listSpec = CommandSpec(
    path: "cartcal key list", summary: "List the trusted keys, and the revoked ones.",
    operand: nil, options: [StoreOptions.keys], notes: [])

  private static let showSpec = CommandSpec(
    path: "cartcal key show", summary: "Show the number of a public key.",
    operand: .init(name: "FILE", help: "A public key.", count: 1...1), options: [], notes: [])

  private static let trustSpec = CommandSpec(
    path: "cartcal key trust", summary: "Trust what a public key's owner signs.",
    operand: .init(name: "FILE", help: "The public key.", count: 1...1),
    options: [StoreOptions.keys], notes: [])

  private static let revokeSpec = CommandSpec(
    path: "cartcal key revoke", summary: "Take the trust from a key, for good.",
    operand: .init(name: "KEY", help: "Its number, as cartcal key list shows it.", count: 1...1),
    options: [StoreOptions.keys],
    notes: [
      "Nothing that was signed with it counts any more. Calibrate the carts concerned anew; "
        + "cartcal bundle verify names them."
    ])

  static var members: [GroupMember] {
    [
      .init(newSpec, ("FILE", "make a key: FILE and FILE.pub"), action: make),
      .init(listSpec, ("", "the trusted keys, and the revoked ones"), action: list),
      .init(showSpec, ("FILE", "the number of a public key"), action: show),
      .init(trustSpec, ("FILE", "trust what a public key's owner signs"), action: trust),
      .init(revokeSpec, ("KEY", "take the trust from a key, for good"), action: revoke),
    ]
  }

  private static func make(_ arguments: Arguments) throws -> ExitStatus {
    let made = try makeKey(
      file: arguments.operands[0], isProtected: arguments.has("--password"))
    Console.say("key       \(made.key.id)")
    Console.say("secret    \(Console.safe(arguments.operands[0])): keep it to yourself")
    Console.say("public    \(Console.safe(made.publicFile)): trust it with cartcal key trust")
    return .done
  }

  private static func list(_ arguments: Arguments) throws -> ExitStatus {
    let keys = try trustedKeys(StoreOptions.access(arguments))
    guard !keys.keys.isEmpty || !keys.revoked.isEmpty else {
      Console.say("\(Console.safe(keys.folder)) holds no key.")
      return .done
    }
    for id in Set(keys.keys.keys).union(keys.revoked).sorted(by: { "\($0)" < "\($1)" }) {
      Console.say("\(id)  \(keys.revoked.contains(id) ? "revoked" : "trusted")")
    }
    return .done
  }

  private static func show(_ arguments: Arguments) throws -> ExitStatus {
    Console.say("\(try publicKey(file: arguments.operands[0]).id)")
    return .done
  }

  private static func trust(_ arguments: Arguments) throws -> ExitStatus {
    let access = try StoreOptions.access(arguments)
    let key = try trustKey(file: arguments.operands[0], access)
    Console.say("\(key.id)  trusted from now on, in \(Console.safe(access.keyFolder))")
    return .done
  }

  private static func revoke(_ arguments: Arguments) throws -> ExitStatus {
    let access = try StoreOptions.access(arguments)
    let id = try revokeKey(id: arguments.operands[0], access)
    Console.say("\(id)  revoked, in \(Console.safe(access.keyFolder))")
    return .done
  }
}
