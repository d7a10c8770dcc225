package import System

/// A program that was built for debugging, by all that can be seen of it from outside: where it is,
/// or by what it is run.
///
/// Whether code was optimised is not written into it; symbols for a debugger are no sign, releases
/// have them too.
package struct DebugBuild: Hashable, Sendable {
  /// What gave it away: `'.build/debug/tool'` or `'cargo run'`.
  let sign: String
  /// What would be a release.
  let remedy: String

  package var concern: PreflightWarning {
    PreflightWarning(
      .warning, "\(sign) looks like a debug build",
      because: "what is slow there need not be slow in a release", advice: remedy)
  }
}

extension DebugBuild {
  /// Looks at a command that is about to be launched; one that does not exist looks like nothing.
  package init?(_ command: Command, in surroundings: Surroundings) {
    self.init(command) { word in
      guard let path = try? Command(word).path(in: surroundings) else { return nil }
      return Platform.realPath(path.hasPrefix("/") ? path : "\(surroundings.directory)/\(path)")
    }
  }

  /// - Parameter path: Where the program of a name is, links resolved; nil where there is none.
  package init?(_ command: Command, path: (String) -> String?) {
    if let runner = Runner.all.first(where: { $0.runsDebugBuild(command) }) {
      self.init(sign: "'\(runner.name)'", remedy: runner.remedy)
      return
    }
    // Behind `env` or `taskset`, the program that matters is an argument.
    let programs = [command.program] + command.arguments.filter { $0.contains("/") }
    for program in programs {
      guard let path = path(program), let remedy = Self.remedy(forPath: path) else { continue }
      self.init(sign: "'\(program)'", remedy: remedy)
      return
    }
    return nil
  }

  /// By the folders that build tools use; nil where the path goes through none of them.
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

/// A tool that builds a program and runs it at once, for debugging if nothing else is said.
private struct Runner {
  let program: String
  let verbs: [String]
  let remedy: String
  /// Whether a word asks for a release.
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
    // What follows `--` is for the program that is run; `+nightly` chooses a cargo.
    let own = command.arguments.prefix { $0 != "--" }
    let verb = own.first { !$0.hasPrefix("-") && !$0.hasPrefix("+") }
    return name == program && verb.map(verbs.contains) ?? false && !own.contains(where: isRelease)
  }
}
