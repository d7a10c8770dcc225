import Git
import History
import Intake
import Measurements
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Keeps what the gate has refused from becoming the new normal.
///
/// The mark is a run of no numbers beside the ones that it rejects, so it travels with them.
struct Mark {
  let call: Call<GateSettings>

  /// Marks the candidate's runs where a report fails; measured again, the commit has others.
  func write(for report: Report) throws {
    guard ExitStatus(report) == .regression else { return }
    let (gate, candidate) = (Gate(call: call), report.candidate)
    let judging = try Workspace.judging(call)
    let workspace = try gate.ruling(on: gate.subject(in: judging), in: judging).workspace
    guard let commit = candidate.storedOn else { return unmarked() }
    let lines = try workspace.store().lines(of: commit)
    let stored = Set(try lines.map { try $0.id().description })
    let rejects = stored.intersection(candidate.runs).sorted()
    guard !rejects.isEmpty else { return unmarked() }
    let marks = lines.compactMap { try? Run($0.bytes).rejects }
    guard !marks.contains(rejects) else { return }
    let mark = Run(
      commit: commit.id.description, tree: commit.tree.description,
      recordedAt: Timestamp(Date.now.formatted(.iso8601)), session: nil, suite: report.suite,
      tool: call.tool, environment: candidate.environment, series: [], rejects: rejects)
    try workspace.store().add([commit: [RunLine(mark)]], pause: Pause.afterLostRace)
    guard call.settings.common.verbosity != .quiet else { return }
    call.err.line(
      "perf-gate: marked: \(commit.id.short) will be no baseline until it is measured again")
  }

  private func unmarked() {
    call.warn(
      "nothing is marked: the runs are in no note of this repository",
      hint: "record them with perf-record, then judge with --mark")
  }
}

extension Party {
  /// The commit and the content that its runs belong to; nil for runs of none.
  fileprivate var storedOn: Commit? {
    guard let id = commit.flatMap(ObjectID.init), let tree = tree.flatMap(ObjectID.init) else {
      return nil
    }
    return Commit(id: id, tree: tree)
  }
}
