import Measurements

/// The sentences at the moments at which a reader decides what to do; each is one line, made of
/// values.
///
/// Names are data: they are made visible, and stand in a command only if no shell gives them
/// another meaning.
package enum Sentence {}

extension Sentence {
  /// Returns the sentence for a base that has numbers of other machines, but none of this machine.
  package static func noBaselineYet(on base: String) -> String {
    let base = base.asName
    return "no baseline yet: \(base) has no number of this machine. The first recording of \(base) "
      + "becomes it; nothing was judged"
  }

  /// Returns the sentence about suites that are measured on the base and no longer with the change.
  package static func takenOut(suites: [String], of base: String) -> String {
    let names = suites.map { $0.visible(limit: 60) }.joined(separator: ", ")
    return "not measured any more: suite \(names) of \(base.asName), which this change takes out"
  }

  /// Returns the sentence that the other side of pairs has nothing of what is measured.
  package static func nothingToLaunch(on base: String) -> String {
    "no baseline yet: nothing of this can be launched on \(base.asName); nothing was judged"
  }

  /// Returns the sentence that a remote is known to have runs that are not here.
  package static func runsElsewhere(_ remote: String) -> String {
    "no baseline: \(remote.asName) has runs that are not here. perf-sync fetch"
  }

  /// Returns the sentence about a push that nobody could judge on this machine.
  ///
  /// - Parameters:
  ///   - machines: The other machines, each with its name: `EPYC 7763: ci`.
  ///   - commit: The newest commit of the base at which this machine could record.
  package static func otherMachines(
    _ reference: String, base: String, machines: [Machine], here: String, commit: String
  ) -> String {
    let others = machines.map(\.words).listed(separator: ", ")
    return "\(reference.asName): not judged: \(base.asName)'s numbers are from other machines "
      + "(\(others); this one: \(here.asName)). Pushed. To be judged here: perf-record at "
      + "\(commit.asName) once, or perf-gate --measure"
  }

  /// A machine that has numbers.
  package struct Machine: Hashable, Sendable {
    let cpu: String
    let label: String?

    package init(cpu: String, label: String?) {
      self.cpu = cpu
      self.label = label
    }

    fileprivate var words: String {
      label.map { "\(cpu.asName): \($0.asName)" } ?? cpu.asName
    }
  }

  /// Returns the sentence about the part of a suite that was recorded for the candidate.
  ///
  /// - Parameters:
  ///   - here: The benchmarks that the candidate has numbers of.
  ///   - others: The benchmarks that the base has besides.
  package static func measuredHere(
    _ here: [String], of suite: String, others: [String]
  ) -> String {
    let all = here.count + others.count
    return "measured here: \(here.count) of \(count(all, "benchmark")) of suite \(suite.asName) "
      + "(\(here.names)); \(others.count) not measured again: \(others.names). All: perf-record"
  }

  /// Returns the sentence about a benchmark that the base has and the candidate does not.
  ///
  /// - Parameters:
  ///   - rounds: The number of rounds that the base has.
  ///   - commit: The commit that has them.
  ///   - measured: A pattern for the benchmarks that the candidate has.
  package static func noLongerMeasured(
    _ name: String, base: String, rounds: Int, on commit: String, measured: String
  ) -> String {
    "\(name.asName) is no longer measured (\(base.asName): \(count(rounds, "round")) on "
      + "\(commit.asName)). Meant so: perf-gate --accept \(name.asCommandWord) --reason <why>; "
      + "renamed: alias = \(name.asName) below [benchmark \"<new>\"]; "
      + "a part of the suite only: --only \(measured.asCommandWord)"
  }

  /// Returns the sentence about a benchmark that does other work than on the base.
  ///
  /// - Parameters:
  ///   - part: The part of its definition, `command`.
  ///   - change: The change of its numbers, as if it were one; nil if there is no ratio.
  package static func otherWork(
    _ name: String, base: String, part: String, old: String, new: String, change: Double?
  ) -> String {
    let change = change.map { "its \(wholePercent($0))" } ?? "its change"
    return "\(name.asName) is measured with other work than on \(base.asName) "
      + "(\(part.asName): \(old.asName) → \(new.asName)): \(change) is not a comparison. "
      + "Same work on both sides: perf-gate --measure. "
      + "Meant so: perf-gate --accept \(name.asCommandWord) --reason <why>"
  }

  /// Returns the sentence about the configuration of the work tree, whose changes do not count.
  ///
  /// - Parameters:
  ///   - revision: The revision whose configuration judged it.
  ///   - change: The difference with the configuration here: `p waived`.
  ///   - needsMeasuring: True if the configuration here changes what is measured.
  package static func uncommittedRules(
    revision: String, change: String, status: Int32, needsMeasuring: Bool = false
  ) -> String {
    let measuring =
      needsMeasuring ? "and measure again" : "nothing needs measuring again"
    return ".perfconfig here is not committed: judged by \(revision.asName)'s. With yours: "
      + "\(change.visible(limit: 200)), status \(status) (try: --rules worktree; for good: "
      + "git commit .perfconfig, \(measuring))"
  }
}

extension String {
  /// The name as it stands in a sentence.
  var asName: String { visible(limit: 60) }

  /// The name as a shell takes it; a placeholder if a shell would give it another meaning.
  var asCommandWord: String {
    guard let quoted = quotedArgument else { return "'<benchmark>'" }
    return contains(" ") ? quoted : self
  }
}

extension [String] {
  /// Returns the first three elements, and the number of the others.
  func listed(separator: String = ", ", first most: Int = 3) -> String {
    let rest = count - most
    let shown = prefix(most).joined(separator: separator)
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }

  /// The first three names, and the number of the others.
  var names: String { map(\.asName).listed() }
}
