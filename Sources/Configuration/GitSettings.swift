import CommandLine
package import Git
import System

/// The settings under `perf.` in git's configuration, read by git's own rules.
package enum GitSettings {
  /// Reads the settings.
  ///
  /// libgit2 reads the usual files. The git program reads settings from the environment, settings
  /// of a single work tree, files in other places, and included files.
  package static func read(
    _ repository: Repository, _ git: GitProgram
  ) throws -> [Setting] {
    let own = try repository.perfConfiguration()
    let isSystemLeftOut = git.environment["GIT_CONFIG_NOSYSTEM"] != nil
    let isAsked =
      variables.contains { git.environment[$0] != nil } || own.isForGitToRead
      || isSystemLeftOut && own.hasSystemEntries
    return try (isAsked ? entries(git) : own.entries).map(Setting.init(gitConfig:))
  }

  private static let variables = [
    "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
  ]

  private static func entries(_ git: GitProgram) throws -> [ConfigurationEntry] {
    let listing = try git.untranslated.launch(["config", "--list", "--null"])
    guard listing.ending == .exited(0) else { throw refusal(listing.lastWords, git) }
    // Each entry is the key, a line break and the value, and ends in a null byte.
    return listing.text.split(separator: "\0").compactMap { entry in
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts[0].hasPrefix("perf.") else { return nil }
      return ConfigurationEntry(
        key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "true")
    }
  }

  /// Returns the error for a configuration that git cannot read. Git names the file and the line,
  /// or the variable.
  private static func refusal(_ words: [String], _ git: GitProgram) -> Diagnostic {
    guard let why = words.first(where: { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") })
    else {
      return Diagnostic(
        .failure, "`git config --list` failed",
        hint:
          "try it by hand; its output goes through a file in \(git.surroundings().temporaryDirectory), "
          + "where there may be no room",
        details: words)
    }
    return Diagnostic(
      .usage, "git cannot read its configuration: \(why.dropFirst("fatal: ".count))",
      hint: "`git config --list --show-origin` reads it, file by file", details: words)
  }
}
