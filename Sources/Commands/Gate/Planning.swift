import Git
import History
import Measurements
import Reports

/// `perf-gate --plan`: what would be judged, by whose rules and against what; nothing is judged.
struct Planning {
  let gate: Gate

  private var call: Call<GateSettings> { gate.call }

  func run() throws -> ExitStatus {
    let judging = try Workspace.judging(call)
    let ruling = try gate.ruling(on: gate.subject(in: judging), in: judging)
    let workspace = ruling.workspace
    let base = try ruling.base?.get()
    var resolver = try SideResolver(
      call, workspace, rules: workspace.contentRules(tip: base),
      maxDistance: call.settings.maxDistance)
    let candidate = try resolver.candidate(ruling.subject)
    let commit = candidate.stand.map { " (\($0.id.short))" } ?? ""
    call.out.line("judged: \(candidate.name.visible())\(commit)")
    try tellBase(base, candidate, workspace)
    var measured: [String: [Series]] = [:]
    if let base, let stand = candidate.stand {
      let start = try WalkStart(
        of: stand, isCommitted: candidate.isCommitted, base: base.commit, in: workspace.repository)
      for part in candidate.parts {
        let found = try resolver.searching { search throws(HistoryError) in
          try search.baseline(for: part, from: start)
        }
        measured[part.suite, default: []] += found.old
      }
    }
    try ruling.rules.plan(measured).forEach { call.out.line($0.visible(limit: 500)) }
    for part in candidate.parts {
      let machine = part.environment.map { "\($0.key) (\($0.cpu))" } ?? "one that is not named"
      let extent = part.isWhole ? "" : ", a part"
      let line =
        "suite \(part.suite), machine \(machine): \(part.pool.runs.count) runs, "
        + "\(part.pool.series.count) series\(extent)"
      call.out.line(line.visible(limit: 500))
    }
    if candidate.parts.isEmpty { call.out.line("suites: nothing was recorded") }
    return .success
  }

  private func tellBase(_ base: Base?, _ candidate: Candidate, _ workspace: Workspace) throws {
    guard let base, let stand = candidate.stand else {
      call.out.line("base: \(call.settings.against ?? "none")")
      return
    }
    let fork = try workspace.repository.fork(of: stand, from: base.commit)
    call.out.line(
      "base: \(base.name.visible()) (\(base.commit.id.short)), left at \(fork.id.short)")
  }
}
