import CommandLine
import Git
import History
import Measurements
import Reports

/// A question about the history, as the command line asks it.
struct Log {
  let call: CommandContext<LogSettings>

  func run() throws -> ExitStatus {
    try call.checkReports()
    let question = try LogQuestion(call)
    try question.checkOptions(call.settings)
    try call.settings.checkChanges(question.verb)
    let workspace = try Workspace(call)
    if call.settings.fetches { _ = try Exchange(nil, workspace, call).fetch() }
    let store = try workspace.store()
    guard !store.isEmpty else { throw nothing(workspace) }
    let range = try self.range(of: question, workspace)
    let index = try HistoryIndex.open(
      store, branch: range.tip, usesFile: !call.settings.noIndex, warn: call.warn)
    let branch = try LogBranch(range, index, workspace)
    let scope = try LogScope(index, branch, call, workspace, verb: question.verb)
    let remarks = try store.remarks()
    remarks.damage.forEach(call.warn)
    let session = LogSession(
      call: call, question: question, workspace: workspace, store: store, range: range,
      scope: scope,
      remarks: remarks.byRun)
    guard question.verb != .export else { return try session.export() }
    if let answered = call.settings.changeAnswer {
      try session.answer(for: answered)
      return .success
    }
    if let id = call.settings.bisects { return try session.printBisection(of: id) }
    let answer = try session.answer()
    try call.publish(answer)
    return finish(answer, scope)
  }

  /// The range that was typed. A word that is no revision may be a verb with a typing error.
  private func range(of question: LogQuestion, _ workspace: Workspace) throws -> LogRange {
    do {
      return try LogRange(question.range, branch: call.settings.branch, workspace)
    } catch let error as Diagnostic {
      let verbs = LogVerb.allCases.map(\.rawValue)
      guard error.status == .usage, let word = call.operands.first, word == question.range,
        let hint = Suggestion.hint(for: word, among: verbs)
      else { throw error }
      throw error.hinting(hint)
    }
  }

  private func finish(_ answer: Answer, _ scope: LogScope) -> ExitStatus {
    if answer.isEmpty, answer.isComplete, call.settings.common.verbosity != .quiet {
      call.err.line(
        "nothing fits: \(scope.runs.count == 1 ? "1 run was" : "\(scope.runs.count) runs were") looked at"
      )
    }
    if !answer.isComplete { call.err.line("perf-log: a part could not be read") }
    guard !call.settings.exitCode || answer.concerns == 0 else {
      call.err.line(
        "perf-log: \(answer.concerns == 1 ? "a regression" : "\(answer.concerns) regressions") "
          + "that nobody accepted")
      return .regression
    }
    return answer.isComplete ? .success : .unusable
  }

  /// The diagnostic for a repository without any run.
  private func nothing(_ workspace: Workspace) -> Diagnostic {
    let hasRemote = !((try? workspace.repository.remotes()) ?? []).isEmpty
    return Diagnostic(
      .nothingToCompare, "no run is recorded in \(workspace.notesRef.visible())",
      hint: hasRemote
        ? "`perf-log --fetch` brings those of others, `perf-record -- <command>` records one"
        : "record one with `perf-record -- <command>`")
  }
}

/// The verb and the operands of the command line.
struct LogQuestion {
  let verb: LogVerb
  /// The range of commits; nil for the branch.
  let range: String?
  /// Patterns of benchmarks.
  let patterns: [String]
  /// The run or commit that `show` prints.
  let subject: String?
  /// The format that `export` writes.
  let format: String?

  init(_ call: CommandContext<LogSettings>) throws(UsageError) {
    var operands = call.operands[...]
    verb = operands.first.flatMap(LogVerb.init) ?? .runs
    if LogVerb(rawValue: operands.first ?? "") != nil { operands = operands.dropFirst() }
    var patterns = call.command ?? []
    var subject: String?
    var format: String?
    switch verb {
    case .show: subject = operands.popFirst() ?? "HEAD"
    case .trend:
      if let pattern = operands.popFirst() { patterns.insert(pattern, at: 0) }
      guard !patterns.isEmpty || !call.settings.benchmarks.isEmpty else {
        throw UsageError(
          "trend needs a benchmark", hint: "name one, or a pattern: `perf-log trend 'parse/*'`")
      }
    case .export: if call.settings.destination == nil { format = operands.popFirst() }
    case .runs, .changes, .stats, .rank: break
    }
    let fields = verb.fields
    for term in call.settings.conditions.flatMap(\.terms) where !fields.contains(term.field) {
      throw UsageError(
        "\(verb.rawValue) has no '\(term.field.rawValue)' for --where",
        hint: fields.isEmpty
          ? "leave --where out" : "it has \(fields.map(\.rawValue).joined(separator: ", "))")
    }
    if [.runs, .show].contains(verb), let grouping = call.settings.groupings.first {
      throw UsageError(
        "\(verb.rawValue) groups nothing by \(grouping)", hint: "--by is for trend, stats and rank")
    }
    range = operands.popFirst()
    if let more = operands.first {
      throw UsageError(
        "unexpected '\(more)'", hint: "patterns of benchmarks stand behind `--`")
    }
    self.patterns = patterns
    self.subject = subject
    self.format = format
  }
}

/// A question, and the runs that it is about.
struct LogSession {
  let call: CommandContext<LogSettings>
  let question: LogQuestion
  let workspace: Workspace
  let store: RunStore
  let range: LogRange
  let scope: LogScope
  private let remarks: [ObjectID: [RunRemark]]

  init(
    call: CommandContext<LogSettings>, question: LogQuestion, workspace: Workspace, store: RunStore,
    range: LogRange, scope: LogScope, remarks: [ObjectID: [RunRemark]]
  ) {
    self.call = call
    self.question = question
    self.workspace = workspace
    self.store = store
    self.range = range
    self.scope = scope
    self.remarks = remarks
  }

  /// The notes of people about a run, the latest last.
  func notes(of run: RecordedRun) -> [RunRemark] {
    ObjectID(run.id.description).flatMap { remarks[$0] } ?? []
  }

  var settings: LogSettings { call.settings }
  var runs: [RecordedRun] { scope.index.runs }

  func answer() throws -> Answer {
    switch question.verb {
    case .runs: try runsAnswer()
    case .show: try showAnswer()
    case .trend: try trendAnswer()
    case .changes: try changesAnswer()
    case .stats: try statsAnswer()
    case .rank: try rankAnswer()
    case .export: preconditionFailure("an export is no answer")
    }
  }

  /// Creates an answer with what is common to all verbs.
  func answer(
    tables: [AnswerTable], rows: [JSONValue], others: [String: JSONValue] = [:],
    notices: [String] = [], skipping lines: [SkippedLine]? = nil, concerns: Int = 0
  ) throws -> Answer {
    Answer(
      tool: call.tool, query: query, topic: topic, tables: tables, rows: rows, others: others,
      skipped: try skippedRuns(lines ?? scope.skipped),
      notices: notices + scope.notices + (try removals()), concerns: concerns)
  }

  /// The lines that could not be read, and the commits that are not here.
  func skippedRuns(_ lines: [SkippedLine]) throws -> [Answer.Skipped] {
    lines.map { .init(run: $0.id.description, reason: $0.reason) } + (try cutOff())
  }

  /// Fails where there is no run at all of what was asked for.
  func checkRuns() throws {
    guard scope.isWithoutAnyRun, scope.skipped.isEmpty else { return }
    let known = Set(runs.map(\.suite)).sorted()
    let suites = settings.suites.filter { !known.contains($0) }
    guard suites.isEmpty else {
      throw Diagnostic(
        .nothingToCompare, "no run of suite '\(suites[0])' is recorded",
        hint: Suggestion.hint(for: suites[0], among: known)
          ?? "there is \(known.joined(separator: ", "))")
    }
    throw Diagnostic(
      .nothingToCompare,
      "no commit of \(scope.branch.name.visible()) has a run; \(LogScope.runs(runs.count)) are of others",
      hint: "`--all` shows them; `perf-log --fetch` brings those of others")
  }

  private var topic: [String] {
    let suites =
      settings.suites.isEmpty ? "" : ", suite \(settings.suites.joined(separator: ", ").visible())"
    let from = scope.since.flatMap { Timestamp(secondsSince1970: $0) }.map { ", since \($0)" } ?? ""
    let to = scope.until.flatMap { Timestamp(secondsSince1970: $0) }.map { ", until \($0)" } ?? ""
    return [
      "\(settings.all ? "all commits" : scope.branch.name.visible()), \(scope.machine.words)\(suites)\(from)\(to)"
    ]
  }

  var query: JSONValue {
    let filters: [String: JSONValue] = [
      "benchmark": .array((settings.benchmarks + question.patterns).map(JSONValue.string)),
      "label": .array(settings.labels.map { .string($0.description) }),
      "metric": .array(settings.metrics.map(JSONValue.string)),
      "suite": .array(settings.suites.map(JSONValue.string)),
      "where": .array(settings.conditions.map { .string($0.description) }),
    ]
    let machine: JSONValue =
      switch scope.machine {
      case .any: .string("any")
      case .only(let keys, _): .string(keys.sorted().joined(separator: ","))
      }
    return .object([
      "verb": .string(question.verb.rawValue), "branch": .string(scope.branch.name),
      "machine": machine,
      "since": .time(question.verb == .changes ? sinceOfChanges : scope.since),
      "until": .time(scope.until),
      "by": .array(settings.groupings.map { .string($0.description) }),
      "filters": .object(filters),
    ])
  }

  /// A line where a shallow clone hides commits that runs belong to.
  private func cutOff() throws -> [Answer.Skipped] {
    guard let cut = scope.branch.cut, !settings.all else { return [] }
    let hidden = try runs.indices.filter { place in
      guard scope.places[place] == nil, let commit = runs[place].commit else { return false }
      return try workspace.commitIfPresent(id: commit.description) == nil
    }
    guard !hidden.isEmpty else { return [] }
    return [
      Answer.Skipped(
        run: cut.description,
        reason:
          "is where this shallow clone ends: \(LogScope.runs(hidden.count)) may be of commits before it; "
          + "`git fetch --unshallow` brings them")
    ]
  }

  /// Lines about runs of these commits that somebody has removed, the latest three one by one.
  private func removals() throws -> [String] {
    let removed = try store.removals().runs.filter { run in
      settings.all || run.objects.contains(where: scope.branch.has)
    }
    let lines = removed.suffix(3).reversed().map {
      "removed: \($0.id.short) on \($0.day): \($0.reason.visible(limit: 200))"
    }
    return removed.count > 3 ? lines + ["removed: \(removed.count - 3) more"] : lines
  }
}

extension JSONValue {
  /// A time in RFC 3339, or null.
  static func time(_ seconds: Int64?) -> JSONValue {
    seconds.flatMap { Timestamp(secondsSince1970: $0) }.map { .string($0.description) } ?? .null
  }

  static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  static func optional(_ number: Double?) -> JSONValue { number.map(JSONValue.number) ?? .null }

  static func interval(_ interval: ClosedRange<Double>?) -> JSONValue {
    interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }
}
