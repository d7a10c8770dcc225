import CommandLine
import Git
import History
import Measurements

extension Sync {
  func export(_ name: String, _ revision: String, _ workspace: Workspace) throws {
    let baseline = try NamedBaseline(name, in: workspace)
    let commit = try workspace.commit(revision)
    let store = try workspace.store()
    let foreign = try Set(store.lines(of: commit)).count { $0.understood == nil }
    if foreign > 0 { warn(of: foreign, at: commit) }
    let lines = try store.runs(of: commit).filter { $0.understood != nil }
    // The other lines are marks, which are exported with the runs that they reject.
    let count = lines.count { $0.understood.map { !$0.isMarking } ?? false }
    guard count > 0 else { throw HistoryError.noRuns(of: commit, suites: []) }
    try baseline.add(lines)
    say("\(Words.runs(count)) of \(commit.id.short) in \(baseline.path)")
  }

  private func warn(of foreign: Int, at commit: Commit) {
    call.warn(
      "\(foreign == 1 ? "1 line is" : "\(foreign) lines are") left out of those of "
        + "\(commit.id.short): not understood, or written by a newer version",
      hint: "they stay in the notes; a newer perf-sync may know them")
  }

  /// Imports a baseline in the same way as any file that perf-record has written.
  func `import`(_ name: String, _ workspace: Workspace) throws -> ExitStatus {
    var settings = RecordSettings()
    settings.common = call.settings.common
    settings.imports = [try NamedBaseline(name, in: workspace).wholePath]
    let record = CommandContext<RecordSettings>(
      settings: settings, operands: [], command: nil, process: call.process, tool: call.tool)
    return try Recording(call: record).run()
  }
}

extension RunLine {
  /// The run; nil if it cannot be read or has a newer version.
  fileprivate var understood: Run? {
    guard let header = try? RunHeader(bytes), header.version <= Run.version else { return nil }
    return try? Run(bytes)
  }
}
