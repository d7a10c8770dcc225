package import System

/// A program that seems to be built for debugging, judged from outside: by its folder, or by the
/// tool that runs it.
///
/// A program does not contain whether it was optimised. Symbols for a debugger prove nothing,
/// because releases have them, too.
package struct DebugBuild: Hashable, Sendable {
  /// The evidence, such as `'.build/debug/tool'` or `'cargo run'`.
  let sign: String
  /// The command that makes a release.
  let remedy: String

  package var concern: PreflightWarning {
    PreflightWarning(
      .warning, "\(sign) looks like a debug build",
      because: "what is slow there need not be slow in a release", advice: remedy)
  }
}

extension DebugBuild {
  /// Checks a command that will be launched; nil if it does not seem to be a debug build, or does
  /// not exist.
  package init?(_ command: Command, in surroundings: Surroundings) {
    self.init(command) { word in
      guard let path = try? Command(word).path(in: surroundings) else { return nil }
      return Platform.realPath(path.hasPrefix("/") ? path : "\(surroundings.directory)/\(path)")
    }
  }

  /// Checks a command.
  ///
  /// - Parameter path: Returns the path of a program by its name, links resolved; nil if there
  ///   is none.
  package init?(_ command: Command, path: (String) -> String?) {
    if let runner = Runner.all.first(where: { $0.runsDebugBuild(command) }) {
      self.init(sign: "'\(runner.name)'", remedy: runner.remedy)
      return
    }
    // The arguments of `env` or `taskset` have the program that matters.
    let programs = [command.program] + command.arguments.filter { $0.contains("/") }
    for program in programs {
      guard let path = path(program), let remedy = Self.remedy(forPath: path) else { continue }
      self.init(sign: "'\(program)'", remedy: remedy)
      return
    }
    return nil
  }

  /// The command for a release, by the folders that build tools use; nil if the path has none
  /// of them.
  private static func remedy(forPath path: String) -> String? {
    let folders = path.split(separator: "/").dropLast().map { $0.lowercased() }
    if folders.contains("bazel-out"),
      folders.contains(where: { $0.hasSuffix("-fastbuild") || $0.hasSuffix("-dbg") })
    {
      return "`bazel build -c opt`"
    }
    if folders.contains(where: { $0.hasPrefix("cmake-build-debug") }) {
      return "configure with `-DCMAKE_BUILD_TYPE=Release`"
    }
    guard folders.contains("debug") else { return nil }
    if folders.contains(".build") { return "`swift build -c release`" }
    return folders.contains("target") ? "`cargo build --release`" : "measure a release build"
  }
}

/// A tool that builds a program and runs it at once, for debugging unless told otherwise.
private struct Runner {
  let program: String
  let verbs: [String]
  let remedy: String
  /// Returns true if a word asks for a release.
  let isRelease: @Sendable (String) -> Bool

  var name: String { "\(program) \(verbs[0])" }

  static let all = [
    Runner(
      program: "swift", verbs: ["run"], remedy: "`swift build -c release`, and run what it built"
    ) { $0.hasSuffix("release") },
    Runner(
      program: "cargo", verbs: ["run", "r"],
      remedy: "`cargo build --release`, and run what it built"
    ) { $0 == "--release" || $0 == "-r" || $0.hasPrefix("--profile") },
    Runner(
      program: "dotnet", verbs: ["run"], remedy: "`dotnet build -c Release`, and run what it built"
    ) { $0.lowercased().hasSuffix("release") },
  ]

  func runsDebugBuild(_ command: Command) -> Bool {
    let name = command.program.split(separator: "/").last.map(String.init)
    // Arguments after `--` are for the program that is run; `+nightly` chooses a version of cargo.
    let own = command.arguments.prefix { $0 != "--" }
    let verb = own.first { !$0.hasPrefix("-") && !$0.hasPrefix("+") }
    return name == program && verb.map(verbs.contains) ?? false && !own.contains(where: isRelease)
  }
}
