import CommandLine
import History
import Measurements
import Reports
import Statistics
import Verdicts

/// `perf-gate --null-check`: shows what the gate says if nothing changed.
struct AAComparison {
  let gate: Gate

  /// The seed of the splits. It is fixed, so that two people see the same numbers.
  private static let seed: UInt64 = 1

  func run() throws -> ExitStatus {
    let call = gate.call
    let judging = try Workspace.judging(call)
    let ruling = try gate.ruling(on: gate.subject(in: judging), in: judging)
    let workspace = ruling.workspace
    var resolver = try SideResolver(call, workspace)
    let (candidate, part) = try resolver.part(of: ruling.subject)
    let party = candidate.party(part)
    let series = part.pool.series
    let policy = try call.policy(for: part.suite, workspace.configuration)
    var generator = SeededGenerator(seed: Self.seed)
    let check = AACheck(
      pooled: series, runs: part.pool.runs.map { $0.run.series.pooled() }, policy: policy,
      generator: &generator)
    let lore = NameLore(nearest: { Suggestion.nearest(to: $0, among: $1) })
    let problems = policy.problems(old: [], new: series, lore: lore)
    if let problem = problems.first(where: { $0.severity == .error }) {
      throw Diagnostic(problem, known: series)
    }
    guard !check.rows.isEmpty else {
      throw Diagnostic(
        .nothingToCompare, "'\(party.name)' has exact metrics only",
        hint: "nothing about them is left to chance")
    }
    guard check.splits > 0 || check.pairs > 0 else {
      throw Diagnostic(
        .nothingToCompare, "'\(party.name)' has one run, and too few rounds to split it",
        hint: "record \(AACheck.fewestRounds) rounds or more, or record it again")
    }
    resolver.warnings.forEach(call.warn)
    call.out(AAReport(check, of: party, policy: policy, seed: Self.seed).text)
    return .success
  }
}
