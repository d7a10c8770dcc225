import CommandLine
import Configuration
import Git
import History
import System

extension Workspace {
  /// The differences that cannot change a measurement: those that the judged rules and the base
  /// branch's rules both call irrelevant.
  func contentRules(tip base: Base?) throws -> ContentRules {
    let own = PathRules(configuration)
    let other = base.map { PathRules(configurationOfPaths(at: $0.commit)) }
    let files = files
    return ContentRules(
      isIrrelevant: { path, suite in
        own.isIrrelevant(path, to: suite) && other?.isIrrelevant(path, to: suite) ?? true
      },
      measureAlike: { old, new, suite in
        try files.file(of: old).measuring(suite) == files.file(of: new).measuring(suite)
      })
  }

  /// The keys of a commit's own file about paths and suites; none if the file cannot be read or has
  /// a bad value.
  private func configurationOfPaths(at commit: Commit) -> ProjectConfiguration {
    let file = try? files.file(of: commit.tree)
    let settings = file?.settings.filter {
      ["suite", "task"].contains($0.section) || $0.section == "gate" && $0.key == "irrelevant"
    }
    return (try? ProjectConfiguration.saying(settings ?? [])) ?? ProjectConfiguration()
  }

  /// The remote with runs that are not in this repository; nil if there is none, or no remote.
  ///
  /// The remote is asked, because nothing here says what it has got since the last fetch.
  func remoteWithOtherRuns(_ call: CommandContext<some CommonSettings>) throws -> String? {
    let remotes = try repository.remotes()
    guard !remotes.isEmpty else { return nil }
    let followed = try repository.followedRemote()
    let name = [followed, "origin", remotes[0]].compactMap { $0 }.first(where: remotes.contains)
    let remote = try Remote(name, self, call)
    guard let there = try remote.notesCommit() else { return nil }
    guard let here = try repository.notes(notesRef).commit,
      let known = try repository.commitIfPresent(there.description)
    else { return remote.label }
    return try repository.mergeBase(here, known.id) == known ? nil : remote.label
  }
}

extension ConfigurationFile {
  /// The settings of the file that affect how a suite is measured.
  fileprivate func measuring(_ suite: String) -> [Setting.Said] {
    settings.filter { setting in
      ["measure", "metric", "price", "environment", "task"].contains(setting.section)
        || setting.section == "suite" && setting.subsection == suite
    }.map(\.said)
  }
}

extension Remote {
  /// The commit of the remote's notes now; nil if it has none.
  fileprivate func notesCommit() throws -> ObjectID? {
    let result = try git.launch(["ls-remote", "--quiet", "--", name, notesReference])
    guard result.ending == .exited(0) else {
      throw Diagnostic(
        .nothingToCompare, "no baseline, and '\(label)' cannot be asked for its runs",
        hint: "see that it can be reached, then `perf-sync fetch`", details: result.lastWords)
    }
    return result.text.split(separator: "\t").first.flatMap { ObjectID(String($0)) }
  }
}
