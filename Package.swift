// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target of this package is compiled with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What the report page is made of, part of the program so that one file is enough.
let pageAssets = [
  "page.html", "page.css", "elements.js", "figures.js", "filter.js", "model.js", "state.js",
  "headline.js", "heatmap.js", "boxes.js", "parallel.js", "curves.js", "nightly.js", "scatter.js",
  "table.js", "difference.js", "provenance.js", "main.js", "live.js",
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let flyingFox = [
  Target.Dependency.product(name: "FlyingFox", package: "FlyingFox"),
  Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox"),
]
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "rll-sweep",
  products: [
    .executable(name: "rll-sweep", targets: ["rll-sweep"]),
    .executable(name: "rll-report", targets: ["rll-report"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    // C libraries and C code
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .target(name: "CKernels"),

    // The learning half
    .target(name: "Kernels", dependencies: ["COpenBLAS", "CKernels"], swiftSettings: strict),
    .target(name: "Datasets", dependencies: ["CHDF5", "Kernels", crypto], swiftSettings: strict),
    .target(
      name: "Training", dependencies: ["Datasets", "Kernels", crypto], swiftSettings: strict),

    // The batch half
    .target(name: "Sweeps", dependencies: ["Yams", crypto], swiftSettings: strict),
    .target(name: "Store", dependencies: ["Sweeps", grdb, crypto], swiftSettings: strict),
    .target(
      name: "Runner",
      dependencies: ["Store", "Sweeps", subprocess, systemPackage, logging],
      swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["Store", "Sweeps", crypto],
      resources: pageAssets.map { .embedInCode("Page/Assets/" + $0) }, swiftSettings: strict),
    .target(
      name: "ReportServer", dependencies: ["Reports", "Store"] + flyingFox, swiftSettings: strict),

    // The two programs
    .target(
      name: "CommandSupport",
      dependencies: ["Reports", "Store", "Sweeps", argumentParser, logging],
      swiftSettings: strict, plugins: ["RecordCommit"]),
    .plugin(name: "RecordCommit", capability: .buildTool(), path: "Sources/RecordCommit"),
    .executableTarget(
      name: "rll-sweep",
      dependencies: [
        "CommandSupport", "Datasets", "Kernels", "Reports", "Runner", "Store", "Sweeps", "Training",
        argumentParser, logging,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "rll-report",
      dependencies: [
        "CommandSupport", "Datasets", "ReportServer", "Reports", "Store", "Sweeps", "Training",
        argumentParser,
      ],
      swiftSettings: strict),

    // Tests and benchmarks
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["CHDF5", "Datasets", "Kernels", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests", dependencies: ["Training", "Datasets", "Kernels", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SweepsTests", dependencies: ["Sweeps", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StoreTests", dependencies: ["Store", "Sweeps", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RunnerTests", dependencies: ["Runner", "Store", "Sweeps", "TestSupport", logging],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Store", "Sweeps", "TestSupport", crypto],
      swiftSettings: strict),
    .testTarget(
      name: "ReportServerTests", dependencies: ["ReportServer", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Datasets", "Store", "Sweeps", "TestSupport", "rll-sweep", "rll-report"],
      swiftSettings: strict),
    .testTarget(
      name: "RepositoryTests",
      dependencies: ["Store", "Sweeps", "TestSupport", "rll-sweep", "rll-report"],
      swiftSettings: strict),
    .target(name: "CAllocationCount", path: "Tests/AllocationCount"),
    .executableTarget(
      name: "rll-bench",
      dependencies: [
        "CAllocationCount", "Datasets", "Kernels", "Store", "Sweeps", "Training", argumentParser,
      ],
      path: "Tests/Benchmarks",
      swiftSettings: strict),
  ]
)
