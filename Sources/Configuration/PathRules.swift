import Formats
import System

/// The rules that decide which paths of a repository cannot change a measurement.
package struct PathRules: Sendable {
  private let irrelevant: PathPatterns
  private let paths: [String: PathPatterns]
  /// The suites of which documentation may be what is measured: agents read it.
  private let readers: Set<String>

  /// Creates the rules of a configuration: `gate.irrelevant`, or documentation that no suite names,
  /// and `suite.paths`.
  package init(_ configuration: ProjectConfiguration) {
    let patterns =
      configuration.irrelevant.isEmpty
      ? Self.documentation + Self.named(in: configuration.suites.values).map { "!\($0)" }
      : configuration.irrelevant
    irrelevant = PathPatterns(patterns)
    readers =
      configuration.irrelevant.isEmpty
      ? Set(configuration.suites.filter { $0.value.mayReadDocumentation }.keys) : []
    paths = configuration.suites.compactMapValues { suite in
      suite.paths.isEmpty ? nil : PathPatterns(suite.paths)
    }
  }

  /// Returns true if a change of the file's text leaves the measurements of a suite as they are.
  package func isIrrelevant(_ path: String, to suite: String) -> Bool {
    if let paths = paths[suite] {
      switch paths.decision(on: path) {
      case true?: return false
      case false?: return true
      case nil: return !Self.always.matches(path)
      }
    }
    return irrelevant.matches(path) && !Self.always.matches(path) && !readers.contains(suite)
  }

  private static let documentation = ["*.md", "*.rst", "*.adoc", "LICENSE*", "CODEOWNERS"]

  /// The files that decide what is built, in any folder.
  private static let always = PathPatterns([
    "*.lock", "*.lockfile", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "go.sum",
    "go.mod", "Package.resolved", "rust-toolchain*", ".tool-versions", ".*-version", ".nvmrc",
    "global.json", "mise.toml", "requirements*.txt", ".gitmodules", ".gitattributes",
  ])

  /// Returns the files of documentation that a suite names, such as the input of its commands.
  private static func named(in suites: some Sequence<SuiteDefinition>) -> [String] {
    let patterns = PathPatterns(documentation)
    return suites.flatMap(\.words).compactMap { word in
      let name = word.split(separator: "/").last.map(String.init) ?? ""
      return patterns.matches(name) ? name : nil
    }
  }
}

extension SuiteDefinition {
  /// True if the suite is of tasks of agents, whose prompts are written as documentation is.
  fileprivate var mayReadDocumentation: Bool { isOfTasks || format?.subject == .modelCalls }

  /// The words of all commands and scripts of the suite.
  fileprivate var words: [String] {
    let texts =
      commands.flatMap { [$0.command.program] + $0.command.arguments + [$0.input ?? ""] }
      + (taskSource.map { [$0.program] + $0.arguments } ?? [])
      + [prepare, setup, cleanup, output].compactMap { $0 } + environment.values
    return texts.flatMap { text in
      text.split { $0.isWhitespace || "'\"`=,;:()<>|&@".contains($0) }.map(String.init)
    }
  }
}
