import CommandLine
import History
import Measurements
import Reports
import Verdicts

extension SideResolver {
  /// Compares a part of a candidate with exactly the commit or file that the user named.
  ///
  /// - Throws: ``NothingToCompare`` if that has no run that the part can be compared with.
  mutating func comparison(
    of part: RecordedPart, _ candidate: SelectedRuns, against old: RevisionOrFile,
    _ names: NameHistory,
    only: Pattern? = nil
  ) throws -> PartComparison {
    if case .commit(let commit, let name) = old, search != nil {
      let found = try searching { search throws(HistoryError) in
        try search.baseline(for: part, at: commit, names: names)
      }
      // Failures are reported even if there is nothing to compare with.
      guard !found.baselines.isEmpty || !part.pool.failures.isEmpty else {
        throw NothingToCompare(found.skipped)
      }
      return PartComparison(
        part, of: candidate, found, base: name, only: only, isNamed: true)
    }
    let other = try self.candidate(old, isOfHere: false)
    guard let base = other.part(of: part.suite, on: part.environment) else {
      throw without(part.suite, in: other)
    }
    try checkMachines(other.party(base), candidate.party(part))
    return PartComparison(part, of: candidate, base, of: other)
  }

  /// The part that is compared if only one is: that of the chosen suite, of this machine if there
  /// is one.
  ///
  /// - Parameter isOfHere: True if a file that names no machine was measured on this one.
  mutating func part(
    of subject: RevisionOrFile, isOfHere: Bool = true
  ) throws -> (SelectedRuns, RecordedPart) {
    let candidate = try candidate(subject, isOfHere: isOfHere)
    let suite = call.suite(configuration)
    guard let part = candidate.part(of: suite, on: machine) else {
      if case .file = subject { throw without(suite, in: candidate) }
      throw withoutResult(candidate, suites: candidate.parts.isEmpty ? nil : [suite])
    }
    return (candidate, part)
  }

  private func without(_ suite: String, in candidate: SelectedRuns) -> NothingToCompare {
    .otherSuites(
      Set(candidate.parts.map(\.suite)).sorted(), wanted: suite, in: candidate.name)
  }

  private func checkMachines(
    _ old: SideDescription, _ new: SideDescription
  ) throws(NothingToCompare) {
    guard !call.allowsAnyEnvironment(configuration), let one = old.environment,
      let other = new.environment, one.key != other.key
    else { return }
    throw .differentMachines(old: old.name, new: new.name, other.differences(from: one))
  }
}

extension PartComparison {
  /// Compares two sides that the user named.
  init(
    _ part: RecordedPart, of candidate: SelectedRuns, _ base: RecordedPart, of other: SelectedRuns
  ) {
    self.candidate = candidate.party(part)
    baseline = other.party(base)
    origin = .named
    baselines = []
    old = base.pool.series
    new = part.pool.series
    evidence = new
    failures = part.pool.failures + part.pool.runs.map(\.run).shardFailures
    context = .init()
    told = []
    warnings =
      other.warnings + candidate.warnings
      + base.pool.runs.map(\.run).shardFailures.map { "'\(other.name)': \($0.reason)" }
  }
}
