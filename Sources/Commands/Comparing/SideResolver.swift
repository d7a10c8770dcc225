import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

/// Finds the runs of the sides of a comparison.
struct SideResolver<Settings: ComparingSettings> {
  let call: CommandContext<Settings>
  /// The repository; nil outside one, where only files are compared.
  let workspace: Workspace?
  /// The search for baselines; nil outside a repository.
  var search: BaselineSearch?
  /// This machine.
  let machine: Environment?
  /// True if any run was ever recorded or fetched in this repository.
  let hasNotes: Bool

  init(
    _ call: CommandContext<Settings>, _ workspace: Workspace?, rules: ContentRules = .strict,
    maxDistance: Int? = nil
  ) throws {
    self.call = call
    self.workspace = workspace
    machine = workspace?.machine
    guard let workspace else {
      hasNotes = false
      return
    }
    let store = try workspace.store()
    hasNotes = !store.isEmpty
    var settings = BaselineSearch.Settings()
    settings.anyEnvironment = call.allowsAnyEnvironment(workspace.configuration)
    // The merge-base itself is always searched.
    settings.mostRecorded = max(1, maxDistance ?? workspace.configuration.maxDistance)
    search = BaselineSearch(RunIndex(store, latest: .tomorrow), settings, rules)
  }

  var configuration: ProjectConfiguration { workspace?.configuration ?? ProjectConfiguration() }

  /// Sentences about lines of notes that were skipped.
  var warnings: [String] { search?.index.warnings ?? [] }
}

extension SideResolver {
  /// All runs that were recorded for a commit, or that a file holds.
  ///
  /// - Parameter isOfHere: True if a file that names no machine was measured on this one.
  mutating func candidate(_ subject: RevisionOrFile, isOfHere: Bool = true) throws -> SelectedRuns {
    switch subject {
    case .commit(let commit, let name): try candidate(commit, name: name)
    case .file(let file): try candidate(file, isOfHere)
    }
  }

  private mutating func candidate(_ commit: Commit, name: String) throws -> SelectedRuns {
    let found = try searching { search throws(HistoryError) in try search.recordings(of: commit) }
    return SelectedRuns(
      name: name, parts: found.parts, stand: commit, home: try workspace?.home(of: commit),
      isCommitted: true, unreadable: found.unreadable, cut: found.cut, lenders: found.lenders,
      warnings: [])
  }

  /// The runs of a file. The candidate's commit is the one that they name, else HEAD.
  private func candidate(_ file: ReadFile, _ isOfHere: Bool) throws -> SelectedRuns {
    let here = isOfHere ? machine : nil
    let runs = try here.map { try file.runs.measured(on: $0) } ?? file.runs
    let parts = runs.parts
    try Self.checkSides(parts, of: file)
    let (stand, home) = try places(of: runs)
    let isCommitted =
      stand != nil && !runs.isEmpty
      && runs.allSatisfy { $0.run.commit == (home ?? stand)?.id.description }
    return SelectedRuns(
      name: file.name, parts: parts, stand: stand, home: home, isCommitted: isCommitted,
      unreadable: [], cut: nil, lenders: [], warnings: file.warnings)
  }

  private static func checkSides(_ parts: [RecordedPart], of file: ReadFile) throws {
    for part in parts {
      let commits = Set(part.pool.runs.compactMap(\.run.commit))
      guard commits.count > 1 else { continue }
      throw Diagnostic(
        .usage, "'\(file.name)' has runs of \(commits.count) commits, which are not one side",
        hint: "store them with `perf-record --import`, and name a revision")
    }
  }

  private func places(of runs: [StoredRun]) throws -> (stand: Commit?, home: Commit?) {
    guard let workspace else { return (nil, nil) }
    let named = Set(runs.map(\.run.commit))
    let commit =
      named.count == 1 ? try workspace.commitIfPresent(id: runs[0].run.commit) : nil
    // Runs that were measured on the merge of a pull request are judged at that merge.
    let head = try workspace.repository.commitIfPresent("HEAD")
    let isHere = try head.map { try named == [workspace.home(of: $0).id.description] } ?? false
    let stand = try (isHere ? head : commit) ?? workspace.commit("HEAD")
    return (stand, try workspace.home(of: stand))
  }

  /// Runs a part of the search. The caller must be in a repository.
  mutating func searching<Value>(
    _ body: (inout BaselineSearch) throws(HistoryError) -> Value
  ) throws -> Value {
    guard var search else { preconditionFailure("a search is in a repository") }
    defer { self.search = search }
    return try body(&search)
  }

  /// The reason why a candidate has no result: a ``NoResultError``. A clone, for example, has no
  /// notes until they are fetched.
  func withoutResult(_ candidate: SelectedRuns, suites: Set<String>? = nil) -> any Error {
    // If runs may lie beyond the end of a shallow clone, nobody can say that there are none.
    if let cut = candidate.cut { return HistoryError.shallow(at: cut) }
    let commit = candidate.stand.map { $0.id.short } ?? candidate.name
    let others = suites == nil ? [] : Set(candidate.parts.map(\.suite)).sorted()
    let where_ = others.isEmpty ? "" : " in this suite, only in \(others.joined(separator: ", "))"
    let remotes = (try? workspace?.repository.remotes()) ?? nil
    let record =
      workspace?.configuration.suites.isEmpty ?? true
      ? "record one with `perf-record -- <command>`" : "record one with `perf-record`"
    let hint =
      if !hasNotes, let remotes, !remotes.isEmpty {
        "there are no perf notes here: \(record), or bring those of the remote with `perf-sync fetch`"
      } else if others.isEmpty {
        record
      } else { "name the suite with `--suite <name>`" }
    return NoResultError(
      diagnostic: Diagnostic(
        .unusable, "no result for \(commit)\(where_)", hint: hint, details: warnings))
  }
}

extension [StoredRun] {
  /// The runs, each of which names a machine: one without counts as measured on the given one.
  fileprivate func measured(on machine: Environment) throws -> [StoredRun] {
    try map { stored in
      guard stored.run.environment == nil else { return stored }
      return try StoredRun(stored.run.measured(on: machine))
    }
  }

  /// The runs as parts: one for each suite and machine, in their order.
  fileprivate var parts: [RecordedPart] {
    let newest = sorted { Timestamp.isLater($0.run.recordedAt, than: $1.run.recordedAt) }
    return Dictionary(grouping: newest) {
      RunGroup(suite: $0.run.suite, machine: $0.run.environment?.key)
    }.values.map { RecordedPart($0) }.sorted {
      ($0.suite, $0.environment?.key ?? "") < ($1.suite, $1.environment?.key ?? "")
    }
  }
}
