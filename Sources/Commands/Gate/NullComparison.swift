import Measurements
import Reports
import Statistics
import Verdicts

/// `perf-gate --null-check`: what the gate says where nothing changed.
struct NullComparison {
  let gate: Gate

  /// The same splits each time, so that two people see the same numbers.
  private static let seed: UInt64 = 1

  func run() throws -> ExitStatus {
    let call = gate.call
    let workspace = try Workspace(call)
    var finder = try Finder(call, workspace)
    let (candidate, runs) = try finder.apart(gate.subject(in: workspace))
    let policy = try call.policy(workspace.configuration)
    var generator = SeededGenerator(seed: Self.seed)
    let check = NullCheck(
      pooled: candidate.series, runs: runs, policy: policy, generator: &generator)
    let lore = NameLore(nearest: { Suggestion.nearest(to: $0, among: $1) })
    let problems = policy.problems(old: [], new: candidate.series, lore: lore)
    if let problem = problems.first(where: { $0.severity == .error }) {
      throw Complaint(problem, known: candidate.series)
    }
    guard !check.rows.isEmpty else {
      throw Complaint(
        .nothingToCompare, "'\(candidate.party.name)' has exact metrics only",
        hint: "nothing about them is left to chance")
    }
    guard check.splits > 0 || check.pairs > 0 else {
      throw Complaint(
        .nothingToCompare, "'\(candidate.party.name)' has one run, and too few rounds to split it",
        hint: "record \(NullCheck.fewestRounds) rounds or more, or record it again")
    }
    finder.warnings.forEach(call.warn)
    call.out(NullReport(check, of: candidate.party, policy: policy, seed: Self.seed).text)
    return .success
  }
}
