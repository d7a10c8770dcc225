import Measurements

/// What is said at the moments at which a reader decides what to do; each is one line, made of values.
///
/// Names are data: they are made visible, and stand in a command only where no shell makes anything
/// else of them.
package enum Sentence {}

extension Sentence {
  /// Where numbers were looked for and there are none of this machine, on a base that has others'.
  package static func noBaselineYet(on base: String) -> String {
    let base = base.asName
    return "no baseline yet: \(base) has no number of this machine. The first recording of \(base) "
      + "becomes it; nothing was judged"
  }

  /// What is measured on the base and no more with the change.
  package static func takenOut(suites: [String], of base: String) -> String {
    let names = suites.map { $0.visible(limit: 60) }.joined(separator: ", ")
    return "not measured any more: suite \(names) of \(base.asName), which this change takes out"
  }

  /// The other side of pairs has nothing of what is measured.
  package static func nothingToLaunch(on base: String) -> String {
    "no baseline yet: nothing of this can be launched on \(base.asName); nothing was judged"
  }

  /// Where the remote is known to have what is not here.
  package static func runsElsewhere(_ remote: String) -> String {
    "no baseline: \(remote.asName) has runs that are not here. perf-sync fetch"
  }

  /// Of a push that nobody could judge on this machine.
  ///
  /// - Parameters:
  ///   - machines: The others, each with what somebody calls it: `EPYC 7763: ci`.
  ///   - commit: The newest of the base that this machine could be recorded at.
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

  /// What of a suite was recorded for the candidate, where that is a part.
  ///
  /// - Parameters:
  ///   - here: The benchmarks that have numbers of it.
  ///   - others: Those that the base has besides.
  package static func measuredHere(
    _ here: [String], of suite: String, others: [String]
  ) -> String {
    let all = here.count + others.count
    return "measured here: \(here.count) of \(count(all, "benchmark")) of suite \(suite.asName) "
      + "(\(here.names)); \(others.count) not measured again: \(others.names). All: perf-record"
  }

  /// A benchmark that the base has and the candidate has not.
  ///
  /// - Parameters:
  ///   - rounds: How many the base has.
  ///   - commit: Where it has them.
  ///   - measured: A pattern of what the candidate has.
  package static func noLongerMeasured(
    _ name: String, base: String, rounds: Int, on commit: String, measured: String
  ) -> String {
    "\(name.asName) is no longer measured (\(base.asName): \(count(rounds, "round")) on "
      + "\(commit.asName)). Meant so: perf-gate --accept \(name.asCommandWord) --reason <why>; "
      + "renamed: alias = \(name.asName) below [benchmark \"<new>\"]; "
      + "a part of the suite only: --only \(measured.asCommandWord)"
  }

  /// A benchmark that does other work than on the base.
  ///
  /// - Parameters:
  ///   - part: Of its definition, `command`.
  ///   - change: That of its numbers, as if it were one; nil where there is no ratio.
  package static func otherWork(
    _ name: String, base: String, part: String, old: String, new: String, change: Double?
  ) -> String {
    let change = change.map { "its \(wholePercent($0))" } ?? "its change"
    return "\(name.asName) is measured with other work than on \(base.asName) "
      + "(\(part.asName): \(old.asName) → \(new.asName)): \(change) is not a comparison. "
      + "Same work on both sides: perf-gate --measure. "
      + "Meant so: perf-gate --accept \(name.asCommandWord) --reason <why>"
  }

  /// What the configuration of the work tree would change, which does not count.
  ///
  /// - Parameters:
  ///   - revision: By whose configuration it was judged.
  ///   - change: What is different with the one here: `p waived`.
  ///   - needsMeasuring: Whether the one here changes what is measured.
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
  /// As a sentence has it.
  var asName: String { visible(limit: 60) }

  /// As a shell takes it; a placeholder where it would make something else of it.
  var asCommandWord: String {
    guard let quoted = quotedArgument else { return "'<benchmark>'" }
    return contains(" ") ? quoted : self
  }
}

extension [String] {
  /// The first three, and how many there are besides.
  func listed(separator: String = ", ", first most: Int = 3) -> String {
    let rest = count - most
    let shown = prefix(most).joined(separator: separator)
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }

  /// The same of names.
  var names: String { map(\.asName).listed() }
}
