// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// The same for every target: a warning is an error, and `unsafe` is visible where it stands.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

/// Targets stand in the order in which the data flows; each names all it may import.
func library(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A `main` in C, which calls the Swift function of that program.
func program(_ name: String) -> Target {
  .executableTarget(name: name, dependencies: ["Commands"])
}

func tests(
  _ name: String, _ dependencies: Target.Dependency..., resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "perf-gate",
  platforms: [.macOS(.v15)],
  targets: [
    .systemLibrary(
      name: "CLibGit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),

    // Already a part of every program, by libgit2.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // The index of the history.
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]),

    library("Measurements"),
    library("Statistics"),
    // In C, see there; perf-launch is what starts the programs that are measured.
    .target(name: "CLaunch"),
    .executableTarget(
      name: "perf-launch", dependencies: ["CLaunch"],
      linkerSettings: [
        .unsafeFlags(["-nostartfiles", "-static-executable"], .when(platforms: [.linux]))
      ]),
    library("System", "CLaunch"),
    // Spares the start of libgit2 the certificates that nothing here needs, see there.
    .target(name: "CCertificates"),
    library("Git", "System", "CLibGit2", "CCertificates"),
    library("Formats", "Measurements", "System", "CZlib"),
    library("Runner", "Measurements", "System", "Formats"),
    library("History", "Measurements", "Git", "CSQLite"),
    library("Verdicts", "Measurements", "Statistics"),
    library("Trends", "Measurements", "Statistics"),
    library("Reports", "Measurements", "Verdicts", "Trends"),
    library("CommandLine", "Measurements", "System"),
    library("Forges", "Measurements", "System", "CommandLine"),
    library(
      "Configuration", "Measurements", "System", "Git", "Formats", "Runner", "Verdicts", "Trends",
      "CommandLine"),
    library(
      "Commands", "Measurements", "Statistics", "System", "Git", "Formats", "Runner", "History",
      "Verdicts", "Trends", "Reports", "CommandLine", "Forges", "Configuration"),

    program("perf-record"),
    program("perf-gate"),
    program("perf-diff"),
    program("perf-sync"),
    program("perf-comment"),
    program("perf-log"),
    program("perf-bisect"),

    .target(
      name: "TestSupport", dependencies: ["Statistics"], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("MeasurementsTests", "Measurements", "Statistics", "TestSupport"),
    tests("StatisticsTests", "Statistics", "TestSupport", resources: [.copy("Fixtures")]),
    tests("GitTests", "Git", "TestSupport"),
    tests("SystemTests", "System", "CLaunch", "perf-launch", "TestSupport"),
    tests(
      "FormatsTests", "Formats", "System", "Measurements", "Statistics", "TestSupport",
      resources: [.copy("Fixtures")]),
    tests(
      "RunnerTests", "Runner", "Formats", "System", "Measurements", "Statistics", "perf-launch",
      "TestSupport"),
    tests("HistoryTests", "History", "Measurements", "Git", "TestSupport"),
    tests("VerdictsTests", "Verdicts", "Measurements", "Statistics", "TestSupport"),
    tests("TrendsTests", "Trends", "Measurements", "Statistics", "TestSupport"),
    tests(
      "ReportsTests", "Reports", "Verdicts", "Measurements", "Statistics", "TestSupport",
      resources: [.copy("Fixtures"), .copy("Golden")]),
    tests("CommandLineTests", "CommandLine", "TestSupport"),
    tests("ForgesTests", "Forges", "CommandLine", "TestSupport"),
    tests(
      "ConfigurationTests", "Configuration", "CommandLine", "Reports", "Verdicts", "Trends", "Git",
      "Measurements", "Statistics", "TestSupport"),
    tests(
      "CommandsTests", "Commands", "CommandLine", "Configuration", "Formats", "Runner", "System",
      "Trends", "Measurements", "Statistics", "perf-record", "perf-gate", "perf-diff", "perf-sync",
      "perf-comment", "perf-log", "perf-bisect", "perf-launch", "TestSupport",
      resources: [.copy("Fixtures"), .copy("Golden")]),
  ]
)
