// swift-tools-version: 6.2
import PackageDescription

// One list of settings for every Swift target: Swift 6 mode, warnings are errors, imports stay
// inside the file that writes them unless it says `package import` or `public import`.
let common: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

// Hot numeric modules are compiled for x86-64-v3 (AVX2, FMA); arm64 needs no flag. The modules an
// outside package may depend on (Bundles, LensModels, Geometry, Documents, Measurements,
// ScaleModels) must not carry unsafe flags, so they use `common` and inline into the hot modules.
#if arch(x86_64)
  let hot = common + [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
#else
  let hot = common
#endif

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  settings: [SwiftSetting] = common
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, exclude: exclude, swiftSettings: common)
}

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
  name: "cartcal",
  products: [
    .executable(name: "cartcal", targets: ["cartcal"]),
    .library(
      name: "CartcalBundles",
      targets: ["Bundles", "LensModels", "Geometry", "Documents", "Measurements", "ScaleModels"]),
  ],
  targets: [
    // C libraries, one target each.
    systemLibrary("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
    systemLibrary("CLAPACKE", pkgConfig: "lapacke", apt: "liblapacke-dev"),
    systemLibrary("CBLAS", pkgConfig: "openblas", apt: "libopenblas-serial-dev"),
    systemLibrary("CTurboJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev"),
    systemLibrary("CPNG", pkgConfig: "libpng", apt: "libpng-dev"),
    systemLibrary("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
    systemLibrary("CUdev", pkgConfig: "libudev", apt: "libudev-dev"),
    systemLibrary("CV4L2", pkgConfig: "libv4l2", apt: "libv4l-dev"),
    systemLibrary("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    .target(name: "CPUCheck", path: "Sources/CLibraries/CPUCheck"),

    // The house, from the ground up: a module uses only what stands above it in this list.
    module("Geometry"),
    module("Execution", ["CPUCheck"]),
    module("Files"),
    module("LinearAlgebra", ["CLAPACKE", "CBLAS"], settings: hot),
    module("Imaging", ["CTurboJPEG", "CPNG", "Files"], settings: hot),
    module("Documents", ["CSodium", "CYAML", "Files"]),
    module("Measurements", ["Documents"]),
    module("LensModels", ["Geometry"]),
    module("Devices", ["CUdev", "CV4L2", "Documents", "Execution", "Files", "Measurements"]),
    module("Boards", ["Documents", "Geometry"]),
    module(
      "BoardDetection", ["Boards", "Documents", "Execution", "Geometry", "Imaging"],
      exclude: ["Schemas"], settings: hot),
    module(
      "Sessions", ["Devices", "Documents", "Files", "Imaging", "Measurements"],
      exclude: ["Schemas"]),
    module(
      "Capture",
      [
        "BoardDetection", "Boards", "Devices", "Documents", "Execution", "Files", "Imaging",
        "Measurements", "Sessions",
      ]),
    module("ScaleModels"),
    module(
      "Weighing", ["Documents", "Files", "LinearAlgebra", "Measurements", "ScaleModels"],
      exclude: ["Schemas"]),
    module(
      "Bundles",
      ["Documents", "Files", "Geometry", "LensModels", "Measurements", "ScaleModels"],
      exclude: ["Schemas"]),
    module(
      "CameraCalibration",
      [
        "BoardDetection", "Boards", "Documents", "Execution", "Geometry", "LensModels",
        "LinearAlgebra", "Measurements",
      ], settings: hot),
    module(
      "Rigs",
      [
        "Boards", "CameraCalibration", "Devices", "Documents", "Geometry", "LensModels",
        "Measurements", "Weighing",
      ], exclude: ["Schemas"]),
    module(
      "Simulation",
      [
        "BoardDetection", "Boards", "Bundles", "CameraCalibration", "Devices", "Documents",
        "Execution", "Geometry", "Imaging", "LensModels", "LinearAlgebra", "Rigs", "Weighing",
      ], exclude: ["Schemas"], settings: hot),
    module(
      "Reports",
      [
        "BoardDetection", "Boards", "Bundles", "Documents", "Geometry", "Imaging", "LensModels",
        "Measurements", "Sessions", "Weighing",
      ]),
    module(
      "Procedures",
      [
        "BoardDetection", "Boards", "Bundles", "CArchive", "CameraCalibration", "Capture",
        "Devices", "Documents", "Execution", "Files", "Geometry", "Imaging", "LensModels",
        "Measurements", "Reports", "Rigs", "ScaleModels", "Sessions", "Simulation", "Weighing",
      ], exclude: ["Schemas"]),
    .executableTarget(
      name: "cartcal",
      dependencies: [
        "BoardDetection", "Boards", "Bundles", "CPUCheck", "CameraCalibration", "Capture",
        "Devices", "Documents", "Execution", "Imaging", "LensModels", "Measurements", "Procedures",
        "Sessions", "Rigs", "Simulation", "Weighing",
      ], swiftSettings: common),

    // Many simulated rigs against their truth: `swift run -c release campaigns`.
    .executableTarget(
      name: "campaigns",
      dependencies: [
        "BoardDetection", "Boards", "Bundles", "CameraCalibration", "Documents", "Execution",
        "Files", "Geometry", "LensModels", "LinearAlgebra", "Measurements", "ScaleModels",
        "Simulation", "Weighing",
      ], path: "Tests/Benchmarks/Campaigns", swiftSettings: common),

    .target(
      name: "TestSupport", dependencies: ["Documents", "Files"], path: "Tests/TestSupport",
      swiftSettings: common),
    tests("Geometry", ["Geometry"]),
    tests("Execution", ["Execution"]),
    tests("LinearAlgebra", ["LinearAlgebra"]),
    tests("Files", ["Files", "TestSupport"]),
    tests("Imaging", ["Imaging", "TestSupport"], exclude: ["Fixtures"]),
    tests("Documents", ["Documents", "Files", "TestSupport"]),
    tests("Measurements", ["Measurements"]),
    tests("LensModels", ["LensModels", "Geometry"]),
    tests("Boards", ["Boards", "Geometry"]),
    tests(
      "BoardDetection",
      ["BoardDetection", "Boards", "Documents", "Files", "Geometry", "Imaging", "TestSupport"]),
    tests("ScaleModels", ["ScaleModels"]),
    tests("Devices", ["Devices", "Files", "Measurements", "TestSupport", "fuzz-parsers"]),
    tests(
      "Weighing",
      [
        "Weighing", "Documents", "Files", "LinearAlgebra", "Measurements", "ScaleModels",
        "Simulation",
      ]),
    tests("Sessions", ["Sessions", "Devices", "Documents", "Files", "Imaging", "TestSupport"]),
    tests(
      "Capture",
      [
        "Capture", "BoardDetection", "Boards", "Devices", "Documents", "Files", "Imaging",
        "Sessions", "TestSupport",
      ]),
    tests(
      "Bundles",
      ["Bundles", "Documents", "Files", "Geometry", "LensModels", "Measurements", "TestSupport"]),
    tests(
      "CameraCalibration",
      [
        "CameraCalibration", "BoardDetection", "Boards", "Execution", "Geometry", "LensModels",
        "LinearAlgebra", "Measurements", "Simulation",
      ]),
    tests(
      "Simulation",
      [
        "Simulation", "BoardDetection", "Boards", "CameraCalibration", "Devices", "Documents",
        "Execution",
        "Geometry", "Imaging", "LensModels", "Rigs", "TestSupport", "Weighing",
      ]),
    tests(
      "Rigs",
      [
        "Rigs", "Boards", "CameraCalibration", "Devices", "Documents", "Geometry", "LensModels",
        "Measurements", "TestSupport", "Weighing",
      ]),
    tests(
      "Reports",
      [
        "BoardDetection", "Boards", "Bundles", "Documents", "Geometry", "Imaging", "LensModels",
        "Measurements", "Reports", "ScaleModels",
      ]),
    tests(
      "Procedures",
      [
        "BoardDetection", "Boards", "CameraCalibration", "Documents", "Files", "Geometry",
        "LensModels", "Measurements", "Procedures", "Simulation", "TestSupport", "Weighing",
      ]),
    tests(
      "Campaigns",
      [
        "campaigns", "CameraCalibration", "Documents", "Execution", "Geometry", "LensModels",
        "Measurements", "Simulation", "TestSupport",
      ]),
    tests(
      "cartcal",
      [
        "cartcal", "Boards", "CameraCalibration", "Documents", "Files", "Geometry", "LensModels",
        "Measurements", "Procedures",
      ], exclude: ["Golden"]),
    // Damaged and made-up input for the parsers of bundles and of what devices send.
    .executableTarget(
      name: "fuzz-parsers",
      dependencies: ["Bundles", "Devices", "Documents", "Geometry", "LensModels", "Measurements"],
      path: "Tests/Fuzzing", swiftSettings: common),
    // Real drivers in a virtual machine: `make hil`.
    .executableTarget(
      name: "hil-check", dependencies: ["Devices", "Documents", "Execution", "Files", "Sessions"],
      path: "Tests/HardwareInTheLoop", swiftSettings: common),
    // A made-up machine of devices, to run the program in (libumockdev).
    .executableTarget(
      name: "DeviceTestbed", path: "Tests/DeviceTestbed",
      linkerSettings: [.linkedLibrary("umockdev")]),
    tests(
      "EndToEnd",
      [
        "cartcal", "Bundles", "DeviceTestbed", "Devices", "Documents", "Files", "Geometry",
        "Imaging", "LensModels", "Measurements", "ScaleModels", "Sessions", "Simulation",
        "TestSupport",
      ],
      exclude: ["Fixtures"]),
  ]
)
