import Measurements
import Verdicts

extension Complaint {
  /// A mistake in the policy in the words of a user.
  init(_ problem: PolicyProblem, known series: [Series]) {
    switch problem {
    case .unmatched(let subject, let pattern, let section, let place):
      let known = subject == .benchmark ? series.map(\.benchmark.name) : series.map(\.metric.name)
      self.init(
        .usage, "\(section) in \(place): '\(pattern.text)' fits no \(subject.rawValue)",
        hint: Self.hint(pattern, subject, among: Set(known).sorted()))
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
    }
  }

  private static func hint(
    _ pattern: Pattern, _ subject: PolicyProblem.Subject, among known: [String]
  ) -> String {
    if let hint = Suggestion.hint(for: pattern.text, among: known) { return hint }
    let names = known.prefix(5).joined(separator: ", ")
    let measured = known.isEmpty ? "nothing was measured" : "measured are \(names)"
    return subject == .benchmark
      ? "\(measured); for another suite, say so below it with `suite = <name>`" : measured
  }
}
