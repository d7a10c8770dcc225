import Git
import History
import Measurements
import Reports
import Verdicts

/// Finds the runs of what is to be compared.
struct Finder<Settings: ComparingSettings> {
  let call: Call<Settings>
  /// nil outside a repository, where only files are compared.
  let workspace: Workspace?
  private var search: BaselineSearch?
  private let machine: Environment?
  /// Whether anything was ever recorded, or fetched, here.
  private var hasNotes = false

  init(_ call: Call<Settings>, _ workspace: Workspace?, maxDistance: Int? = nil) throws {
    self.call = call
    self.workspace = workspace
    machine = workspace?.machine
    guard let workspace else { return }
    let store = try workspace.store()
    hasNotes = !store.isEmpty
    search = BaselineSearch(
      store, suite: call.suite(workspace.configuration),
      anyEnvironment: call.allowsAnyEnvironment(workspace.configuration),
      maxDistance: maxDistance ?? workspace.configuration.maxDistance)
  }

  var configuration: Configuration { workspace?.configuration ?? Configuration() }

  /// Sentences about lines of notes that were passed over.
  var warnings: [String] { search?.warnings ?? [] }

  /// Two sides that the user named.
  mutating func match(_ old: Subject, _ new: Subject) throws -> Match {
    guard case .commit(let commit, let name) = old, search != nil else {
      let candidate = try contender(new, machine: machine?.key)
      let baseline = try contender(old, machine: candidate.party.environment?.key)
      return try match(baseline, candidate, .named)
    }
    let candidate = try candidate(new)
    let found = try searching { search throws(HistoryError) in
      try search.baseline(against: commit, for: candidate)
    }
    return try match(found, new, .named, oldName: name)
  }

  /// What is judged, and the baseline that the rules choose for it.
  mutating func match(_ new: Subject, base: Base) throws -> Match {
    let candidate = try candidate(new)
    let found = try searching { search throws(HistoryError) in
      try search.baseline(for: candidate, base: base.commit)
    }
    return try match(
      found, new, Origin(found.baseline, base: base.name),
      oldName: found.baseline.selection.commit.id.short)
  }
}

extension Finder {
  /// What is judged, for when nothing is compared with it.
  mutating func alone(_ subject: Subject) throws -> Contender {
    let candidate = try candidate(subject)
    return try contender(candidate, subject)
  }

  /// What is judged, and each of its runs for itself, newest first.
  mutating func apart(_ subject: Subject) throws -> (all: Contender, runs: [[Series]]) {
    let candidate = try candidate(subject)
    return (
      try contender(candidate, subject), candidate.runs.map { $0.run.series.pooled() }
    )
  }

  private func match(
    _ found: BaselineSearch.Found, _ new: Subject, _ origin: Origin, oldName: String
  ) throws -> Match {
    try match(
      Contender(found.baseline.selection, name: oldName),
      contender(found.candidate, new),
      origin, found.remarks)
  }

  private func match(
    _ baseline: Contender, _ candidate: Contender, _ origin: Origin, _ searched: [String] = []
  ) throws -> Match {
    try Match(
      baseline: baseline, candidate: candidate, origin: origin, searched: searched,
      anyEnvironment: call.allowsAnyEnvironment(configuration))
  }

  private func contender(_ candidate: Candidate, _ subject: Subject) throws -> Contender {
    Contender(
      candidate, name: subject.name, home: try workspace?.home(of: candidate.commit),
      warnings: subject.warnings(candidate.runs.count))
  }

  private mutating func contender(_ subject: Subject, machine: String?) throws -> Contender {
    switch subject {
    case .commit: try contender(candidate(subject), subject)
    case .file(let file): try Contender(file, suite: call.suite(configuration), machine: machine)
    }
  }

  /// The runs of a commit, or those of a file on top of the commit that they name, else of HEAD.
  private mutating func candidate(_ subject: Subject) throws -> Candidate {
    let machine = machine
    switch subject {
    case .commit(let commit, _):
      return try searching { search throws(HistoryError) in
        try search.candidate(commit, machine: machine?.key)
      }
    case .file(let file):
      guard let workspace else { preconditionFailure("a search is in a repository") }
      let runs = try machine.map { try file.runs.measured(on: $0) } ?? file.runs
      let named = Set(runs.map(\.run.commit))
      let commit =
        named.count == 1
        ? try workspace.commitIfPresent(id: runs[0].run.commit) : nil
      // What was measured on the merge of a pull request is judged there.
      let head = try workspace.repository.commitIfPresent("HEAD")
      let isHere = try head.map { try named == [workspace.home(of: $0).id.description] } ?? false
      let stand = try (isHere ? head : commit) ?? workspace.commit("HEAD")
      let home = try workspace.home(of: stand)
      return try searching { search throws(HistoryError) in
        try search.candidate(runs, on: stand, of: home, machine: machine?.key)
      }
    }
  }

  private mutating func searching<Value>(
    _ body: (inout BaselineSearch) throws(HistoryError) -> Value
  ) throws -> Value {
    guard var search else { preconditionFailure("a search is in a repository") }
    defer { self.search = search }
    do {
      return try body(&search)
    } catch {
      var complaint = Complaint(error)
      if case .noRuns = error { complaint = complaint.detailed(by: search.warnings) }
      guard !hasNotes, complaint.isWithoutResult || complaint.status == .nothingToCompare,
        let remotes = try workspace?.repository.remotes(), !remotes.isEmpty
      else { throw complaint }
      // A clone brings no notes along.
      throw complaint.hinting(
        "there are no perf notes here: record one with `perf-record -- <command>`, or bring those of "
          + "the remote with `perf-sync fetch`")
    }
  }
}

extension BaselineSearch.Found {
  /// What a reader should know who would take "unchanged" for more than it is.
  fileprivate var remarks: [String] {
    if hasSameRuns { return ["the same runs stand on both sides: measure the candidate itself"] }
    return hasSameContent ? ["both sides have the same content, so what differs is noise"] : []
  }
}

extension Subject {
  fileprivate var name: String {
    switch self {
    case .commit(_, let name): name
    case .file(let file): file.name
    }
  }

  /// - Parameter chosen: How many of its runs are compared.
  fileprivate func warnings(_ chosen: Int) -> [String] {
    switch self {
    case .commit: []
    case .file(let file): file.warnings + file.leftOut(besides: chosen)
    }
  }
}

extension [StoredRun] {
  /// The same, those that name no machine as of this one: a file is judged where it was measured.
  fileprivate func measured(on machine: Environment) throws -> [StoredRun] {
    try map { stored in
      guard stored.run.environment == nil else { return stored }
      return try StoredRun(stored.run.measured(on: machine))
    }
  }
}
