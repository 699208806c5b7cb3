// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else that reads bundles: `make reader-swift` builds and runs it.
let package = Package(
  name: "read-bundle",
  dependencies: [.package(name: "cartcal", path: "../..")],
  targets: [
    .executableTarget(
      name: "read-bundle",
      dependencies: [.product(name: "CartcalBundles", package: "cartcal")])
  ])
