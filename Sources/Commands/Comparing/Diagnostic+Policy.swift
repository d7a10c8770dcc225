import CommandLine
import Measurements
import Verdicts

extension Diagnostic {
  /// Describes a mistake in the policy to the user.
  init(_ problem: PolicyProblem, known series: [Series]) {
    switch problem {
    case .unmatched(let pattern): self.init(pattern, known: series)
    case .unit(let quantity, let metrics, let section, let place):
      let units = metrics.prefix(20).map { "\($0.name) in \($0.unit.symbol)" }
      self.init(
        .usage, "\(section) in \(place): '\(quantity)' has a unit that no metric there has",
        hint: "measured are \(units.joined(separator: ", "))")
    case .twoBenchmarks(let alias, let other):
      self.init(
        .usage,
        "[benchmark \"\(alias.new)\"] in \(alias.place): the baseline has both '\(other)' and "
          + "'\(alias.old)', so one is not the other's old name", hint: "take the alias out")
    case .oldNameMeasured(let alias):
      self.init(
        .usage,
        "[benchmark \"\(alias.new)\"] in \(alias.place): '\(alias.old)' is still measured, so it "
          + "goes on under no other name", hint: "take the alias out, or measure one of the two")
    }
  }

  private init(_ unmatched: PolicyProblem.Unmatched, known series: [Series]) {
    let (subject, pattern) = (unmatched.subject, unmatched.pattern.text)
    let place = "\(unmatched.section) in \(unmatched.place)"
    if let commit = unmatched.goneSince {
      self.init(
        .usage, "\(place): '\(pattern)' is gone since \(commit): take this out",
        hint: "it does nothing any more")
    } else {
      let known = subject == .benchmark ? series.map(\.benchmark.name) : series.map(\.metric.name)
      self.init(
        .usage, "\(place): '\(pattern)' fits no \(subject.rawValue)",
        hint: unmatched.nearest.map { "did you mean '\($0)'?" }
          ?? Self.hint(subject, among: Set(known).sorted()))
    }
  }

  private static func hint(
    _ subject: PolicyProblem.Subject, among known: [String]
  ) -> String {
    let names = known.prefix(5).joined(separator: ", ")
    let measured = known.isEmpty ? "nothing was measured" : "measured are \(names)"
    return subject == .benchmark
      ? "\(measured); for another suite, say so below it with `suite = <name>`" : measured
  }
}

extension PartComparison {
  /// Errors in a policy, found by comparing it with the measured series.
  ///
  /// - Parameter most: The largest number of errors to return.
  func problems(of policy: Policy, first most: Int) -> [Diagnostic] {
    diagnostics(about: policy, .error).prefix(most).map { $0 }
  }

  /// Warnings, as sentences, about parts of a policy that fit nothing that was measured.
  func warnings(on policy: Policy) -> [String] {
    diagnostics(about: policy, .warning).map(\.message)
  }

  private func diagnostics(
    about policy: Policy, _ severity: PolicyProblem.Severity
  ) -> [Diagnostic] {
    let lore = NameLore(
      knownBefore: knownBefore, nearest: { Suggestion.nearest(to: $0, among: $1) })
    return policy.problems(
      old: old, new: new, failures: failures, lore: lore
    ).filter { $0.severity == severity }
      .map { Diagnostic($0, known: old + new) }
  }
}
