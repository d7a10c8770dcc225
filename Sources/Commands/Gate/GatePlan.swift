import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports

/// `perf-gate --plan`: prints what would be compared and by which rules, and judges nothing.
struct GatePlan {
  let gate: Gate

  func run() throws -> ExitStatus {
    let workspace = try Workspace.judging(gate.call)
    let ruling = try gate.ruling(on: gate.subject(in: workspace), in: workspace)
    let store = try ruling.workspace.store()
    let candidate = try ruling.subject.commit.map { try ruling.runs(of: $0, store) } ?? []
    let measured = try ruling.measured(store)
    let lines =
      [base(ruling)] + (try ruling.rules.plan(measured)) + Self.suites(ruling, candidate)
      + Self.machines(ruling, candidate)
    lines.forEach { gate.call.out($0.visible(limit: 500) + "\n") }
    return .success
  }

  private func base(_ ruling: Ruling) -> String {
    if let against = gate.call.settings.against { return "base: \(against), as asked" }
    switch ruling.base {
    case .success(let base)?: return "base: \(base.name) (\(base.commit.id.short))"
    case .failure(let error)?: return "base: none: \(Diagnostic(error).message)"
    case nil: return "base: none"
    }
  }

  private static func suites(_ ruling: Ruling, _ runs: [Run]) -> [String] {
    let recorded = Dictionary(grouping: runs, by: \.suite).mapValues(\.count)
    let names = Set(recorded.keys).union(ruling.workspace.configuration.suites.keys).sorted()
    guard !names.isEmpty else { return ["suites: none"] }
    return names.map { name in
      let count = recorded[name] ?? 0
      let isDefined = ruling.workspace.configuration.suites[name] != nil
      return "suite: \(name), \(count == 0 ? "not recorded" : "recorded \(count)×")"
        + (isDefined ? "" : ", not in \(ProjectConfiguration.fileName)")
    }
  }

  private static func machines(_ ruling: Ruling, _ runs: [Run]) -> [String] {
    let own = ruling.workspace.machine.key
    let keys = Set(runs.compactMap(\.environment?.key)).sorted()
    guard !keys.isEmpty else { return ["machine: \(own), this one, with nothing recorded"] }
    return keys.map { "machine: \($0)\($0 == own ? ", this one" : "")" }
  }
}
