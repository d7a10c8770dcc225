import CommandLine
import Git
import History
import Measurements
import Reports
import Verdicts

/// Marks what the gate has refused, so that it does not become a baseline.
///
/// A mark names the content, the series and the baseline that they were refused against. It is a
/// line beside the numbers, so it travels with them.
struct Marking {
  let call: CommandContext<GateSettings>

  /// Marks the series that regressed, if the report fails.
  func write(for report: Report) throws {
    let refused = report.parts.filter { $0.outcome.map(ExitStatus.init) == .regression }
    guard !refused.isEmpty else { return }
    let (gate, judging) = (Gate(call: call), try Workspace.judging(call))
    let ruling = try gate.ruling(on: gate.subject(in: judging), in: judging)
    let workspace = ruling.workspace
    var resolver = try SideResolver(
      call, workspace, rules: workspace.contentRules(tip: try? ruling.base?.get()))
    let candidate = try resolver.candidate(ruling.subject)
    guard candidate.isCommitted, let stand = candidate.stand else { return tellUnmarked() }
    let homes = [Commit(id: candidate.home?.id ?? stand.id, tree: stand.tree)] + candidate.lenders
    var lines: [Commit: [RunLine]] = [:]
    var isStored = false
    for part in refused {
      isStored = isStored || candidate.parts.contains { $0.suite == part.suite }
      for home in homes {
        let marks = try marks(of: part, on: home, &resolver)
        guard !marks.isEmpty else { continue }
        lines[home, default: []].append(
          RunLine(mark(part.suite, at: home, marks: marks, part.candidate.environment)))
      }
    }
    guard isStored else { return tellUnmarked() }
    guard !lines.isEmpty else { return }
    try workspace.store().add(lines, pause: Pause.afterLostRace)
    guard call.settings.common.verbosity != .quiet else { return }
    call.err.line(
      "perf-gate: marked: what regressed on \(stand.id.short) will be no baseline until "
        + "`perf-gate --unmark '*' \(stand.id.short)` lifts that")
  }

  /// Returns a mark for each baseline, with the series that are not marked yet.
  private func marks(
    of part: SuiteReport, on home: Commit, _ resolver: inout SideResolver<GateSettings>
  ) throws -> [Mark] {
    let known = try resolver.searching { search throws(HistoryError) in
      try search.index.marked(at: home, suite: part.suite)
    }
    let regressed = part.familyResult.seriesResults.filter { $0.verdict.kind == .regression }
    return Dictionary(grouping: regressed) { part.baseline(of: $0).party.commit }
      .compactMap { against, seriesResults in
        let ids = Set(seriesResults.flatMap(\.marked)).filter { known[$0] == nil }
        return ids.isEmpty
          ? nil
          : Mark(
            tree: home.tree.description, suite: part.suite, series: ids.sorted(), against: against)
      }.sorted { ($0.against ?? "") < ($1.against ?? "") }
  }

  private func mark(
    _ suite: String, at home: Commit, marks: [Mark], _ environment: Environment?
  ) -> Run {
    Run(
      commit: home.id.description, tree: home.tree.description, recordedAt: .now, session: nil,
      suite: suite, tool: call.tool, environment: environment, series: [], marks: marks)
  }

  private func tellUnmarked() {
    call.warn(
      "nothing is marked: the runs are in no note of this repository",
      hint: "record them with perf-record, then judge with --mark")
  }
}

extension SeriesResult {
  /// The series that a mark names: for a row over several tasks these too, as they are what the next
  /// commit would be compared with.
  fileprivate var marked: [Series.ID] { [id] + (comparison?.tasks?.members ?? []) }
}

/// `perf-gate --unmark`: lets refused series be a baseline again.
struct Unmarking {
  let call: CommandContext<GateSettings>

  func run() throws -> ExitStatus {
    let workspace = try Workspace(call)
    let pattern = Pattern(call.settings.unmark ?? "*")
    let commit = try workspace.commit(call.revision)
    let lifted = try Self.lift(at: commit, in: workspace, call) { _, id in
      pattern.matches(id.benchmark.name)
    }
    guard !lifted.isEmpty else {
      throw Diagnostic(
        .usage, "no benchmark like '\(pattern.text)' is marked on \(commit.id.short)",
        hint: "`perf-gate --marks` lists them")
    }
    guard call.settings.common.verbosity != .quiet else { return .success }
    call.err.line(
      "perf-gate: no longer marked on \(commit.id.short): "
        + lifted.map { "\($0.benchmark) \($0.metric)".visible() }.joined(separator: ", "))
    return .success
  }

  /// Lifts the marks on some series of a commit.
  ///
  /// - Returns: The series that were marked.
  @discardableResult
  static func lift(
    at commit: Commit, in workspace: Workspace, _ call: CommandContext<GateSettings>,
    where isMeant: (_ suite: String, Series.ID) -> Bool
  ) throws -> [Series.ID] {
    var index = RunIndex(try workspace.store(), latest: .tomorrow)
    var lines: [RunLine] = []
    var lifted: [Series.ID] = []
    let home = Commit(id: try workspace.home(of: commit).id, tree: commit.tree)
    for suite in try index.markedSuites(at: home) {
      let known = try index.marked(at: home, suite: suite).filter { isMeant(suite, $0.key) }
      guard !known.isEmpty else { continue }
      // The time is later than that of the mark: of two lines of the same second, the mark
      // would count.
      let time = max(.now, known.values.compactMap(\.time).max()?.next ?? .now)
      let ids = known.keys.sorted()
      lifted += ids
      lines.append(
        RunLine(
          Run(
            commit: home.id.description, tree: home.tree.description, recordedAt: time,
            session: nil, suite: suite, tool: call.tool, environment: nil, series: [],
            unmarks: [
              Mark(tree: home.tree.description, suite: suite, series: ids, against: nil)
            ])))
    }
    if !lines.isEmpty { try workspace.store().add([home: lines], pause: Pause.afterLostRace) }
    return lifted
  }
}

/// `perf-gate --marks`: lists all marks.
struct MarkList {
  let call: CommandContext<GateSettings>

  func run() throws -> ExitStatus {
    let workspace = try Workspace(call)
    let marks = try RunIndex(try workspace.store(), latest: .tomorrow).allMarks()
    for mark in marks {
      let against = mark.against.map { ", refused against \($0.short)" } ?? ""
      call.out.line(
        "\(mark.commit?.short ?? "tree \(mark.tree.prefix(10))")  "
          + "\(mark.id.benchmark.description) \(mark.id.metric) (\(mark.suite))".visible()
          + against)
    }
    if marks.isEmpty, call.settings.common.verbosity != .quiet {
      call.err.line("perf-gate: nothing is marked")
    }
    return .success
  }
}
