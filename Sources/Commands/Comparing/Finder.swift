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

  init(_ call: Call<Settings>, _ workspace: Workspace?, maxDistance: Int? = nil) throws {
    self.call = call
    self.workspace = workspace
    guard let workspace else { return }
    search = BaselineSearch(
      try workspace.store(), suite: call.suite,
      anyEnvironment: call.allowsAnyEnvironment(workspace.configuration),
      maxDistance: maxDistance ?? workspace.configuration.maxDistance)
  }

  var configuration: Configuration { workspace?.configuration ?? Configuration() }

  /// Sentences about lines of notes that were passed over.
  var warnings: [String] { search?.warnings ?? [] }

  /// Two sides that the user named.
  mutating func match(_ old: Subject, _ new: Subject) throws -> Match {
    if case .commit(let old, let oldName) = old, case .commit(let new, let newName) = new,
      var search
    {
      defer { self.search = search }
      let candidate = try search.candidate(new, machine: machine)
      let found = try search.baseline(against: old, for: candidate)
      return try match(
        found, oldName: oldName, newName: newName, Origin(found.baseline, base: oldName))
    }
    let candidate = try contender(new, machine: machine)
    let baseline = try contender(old, machine: candidate.party.environment?.key)
    return try match(baseline, candidate, .named)
  }

  /// What is judged, and the baseline that the rules choose for it.
  mutating func match(_ subject: Subject, base: Base) throws -> Match {
    guard case .commit(let commit, let name) = subject, var search else {
      preconditionFailure("a commit is in a repository")
    }
    defer { self.search = search }
    let candidate = try search.candidate(commit, machine: machine)
    let found = try search.baseline(for: candidate, base: base.commit)
    let oldName = found.baseline.selection.commit.id.short
    return try match(
      found, oldName: oldName, newName: name, Origin(found.baseline, base: base.name))
  }
}

extension Finder {
  private var machine: String? { workspace?.machine.key }

  private func match(
    _ found: BaselineSearch.Found, oldName: String, newName: String, _ origin: Origin
  ) throws -> Match {
    try match(
      Contender(found.baseline.selection, name: oldName), Contender(found.candidate, name: newName),
      origin)
  }

  private func match(
    _ baseline: Contender, _ candidate: Contender, _ origin: Origin
  ) throws -> Match {
    try Match(
      baseline: baseline, candidate: candidate, origin: origin,
      anyEnvironment: call.allowsAnyEnvironment(configuration))
  }

  private mutating func contender(_ subject: Subject, machine: String?) throws -> Contender {
    switch subject {
    case .commit(let commit, let name):
      guard var search else { preconditionFailure("a commit is in a repository") }
      defer { self.search = search }
      return Contender(try search.candidate(commit, machine: machine), name: name)
    case .file(let file):
      return try Contender(
        file, suite: call.suite, machine: machine,
        anyEnvironment: call.allowsAnyEnvironment(configuration))
    }
  }
}
